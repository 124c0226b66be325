-- A charge between legal entities marks what it asked for, once: the mark stays when the work is taken back.
CREATE OR REPLACE FUNCTION finance.actual_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['version', 'updated_at', 'status', 'hold_code', 'hold_reason', 'invoice_id', 'invoice_line_id', 'reversed_by_id', 'accrual_event_id',
    'intercompany_charge_id'];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
    OR (OLD.reversed_by_id IS NOT NULL AND OLD.reversed_by_id IS DISTINCT FROM NEW.reversed_by_id)
    OR (OLD.accrual_event_id IS NOT NULL AND OLD.accrual_event_id IS DISTINCT FROM NEW.accrual_event_id)
    OR (OLD.intercompany_charge_id IS NOT NULL AND OLD.intercompany_charge_id IS DISTINCT FROM NEW.intercompany_charge_id) THEN
    RAISE EXCEPTION 'An actual never changes; reverse it and post a new one.' USING ERRCODE = 'AC002', CONSTRAINT = 'actualImmutable';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What was asked for stays as it was asked: whatever is taken back since is a line of the next charge.
CREATE FUNCTION finance.intercompany_charge_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A charge between legal entities never changes; the next one gives back.' USING ERRCODE = 'AC002', CONSTRAINT = 'intercompanyChargeFinal';
END $$;
CREATE TRIGGER intercompany_charge_final BEFORE UPDATE OR DELETE ON finance.intercompany_charge FOR EACH ROW EXECUTE FUNCTION finance.intercompany_charge_final();
CREATE TRIGGER intercompany_charge_line_final BEFORE UPDATE OR DELETE ON finance.intercompany_charge_line FOR EACH ROW
  EXECUTE FUNCTION finance.intercompany_charge_final();
