-- What was given up of a posted invoice comes and goes; the rest of it stays.
DROP TRIGGER invoice_posted_is_final ON finance.invoice;
--> statement-breakpoint
CREATE TRIGGER invoice_posted_is_final BEFORE UPDATE OR DELETE ON finance.invoice FOR EACH ROW WHEN (OLD.status NOT IN ('DRAFT', 'VALIDATED'))
  EXECUTE FUNCTION finance.only_changes('status', 'paid_minor', 'credited_minor', 'credit_note_id', 'written_off_minor', 'written_off_on', 'write_off_reason',
    'write_off_entry_id', 'version', 'updated_at');
