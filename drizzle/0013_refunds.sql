DROP TRIGGER payment_is_final ON finance.payment;
--> statement-breakpoint
CREATE TRIGGER payment_is_final BEFORE UPDATE OR DELETE ON finance.payment FOR EACH ROW
  EXECUTE FUNCTION finance.only_changes('status', 'applied_minor', 'refunded_minor', 'reference', 'method', 'reversal_reason', 'version', 'updated_at');
--> statement-breakpoint
CREATE TRIGGER payment_refund_is_final BEFORE UPDATE OR DELETE ON finance.payment_refund FOR EACH ROW
  EXECUTE FUNCTION finance.only_changes('reversed_at', 'version', 'updated_at');
--> statement-breakpoint
-- What payments say was paid back is the sum of the refunds that stand.
CREATE FUNCTION finance.payment_refund_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT refunded_minor FROM finance.payment WHERE id = NEW.payment_id)
      <> (SELECT coalesce(sum(amount_minor) FILTER (WHERE reversed_at IS NULL), 0) FROM finance.payment_refund WHERE payment_id = NEW.payment_id) THEN
    RAISE EXCEPTION 'refunds of payment % do not add up', NEW.payment_id USING ERRCODE = '23514', CONSTRAINT = 'payment_is_sum_of_refunds';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER payment_refund_sums AFTER INSERT OR UPDATE ON finance.payment_refund DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION finance.payment_refund_sums();
