-- What an invoice says was given back of it is the sum of its credit notes.
CREATE OR REPLACE FUNCTION finance.invoice_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  net bigint;
  tax bigint;
  owed bigint;
  credited bigint;
BEGIN
  SELECT coalesce(sum(amount_minor), 0), coalesce(sum(tax_minor), 0) INTO net, tax FROM finance.invoice_line WHERE invoice_id = NEW.id;
  IF net <> NEW.subtotal_minor OR tax <> NEW.tax_minor THEN
    RAISE EXCEPTION 'invoice % says % plus % tax; its lines say % plus %', NEW.id, NEW.subtotal_minor, NEW.tax_minor, net, tax
      USING ERRCODE = '23514', CONSTRAINT = 'invoice_is_sum_of_lines';
  END IF;
  IF NEW.number = '' THEN RETURN NULL; END IF;
  SELECT coalesce(sum(line.debit_minor - line.credit_minor), 0) INTO owed FROM finance.journal_line line JOIN finance.journal_entry entry ON entry.id = line.journal_entry_id
    WHERE entry.id = NEW.journal_entry_id AND entry.status = 'POSTED' AND entry.invoice_id = NEW.id
      AND line.account = 'RECEIVABLE' AND line.currency = NEW.currency AND line.legal_entity_id = NEW.legal_entity_id;
  IF owed <> NEW.total_minor THEN
    RAISE EXCEPTION 'invoice % asks for %; its journal entry says %', NEW.id, NEW.total_minor, owed USING ERRCODE = '23514', CONSTRAINT = 'invoice_is_in_the_books';
  END IF;
  IF NEW.number_sequence > 1 AND NOT EXISTS (SELECT FROM finance.invoice before WHERE before.legal_entity_id = NEW.legal_entity_id
    AND before.kind = NEW.kind AND before.number_year = NEW.number_year AND before.number_sequence = NEW.number_sequence - 1 AND before.number <> '') THEN
    RAISE EXCEPTION 'invoice number % leaves a gap before it', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'invoice_numbers_gapless';
  END IF;
  SELECT coalesce(-sum(total_minor), 0) INTO credited FROM finance.invoice WHERE credits_id = coalesce(NEW.credits_id, NEW.id);
  IF credited <> (SELECT credited_minor FROM finance.invoice WHERE id = coalesce(NEW.credits_id, NEW.id)) THEN
    RAISE EXCEPTION 'credit notes give back % of invoice %; it says otherwise', credited, coalesce(NEW.credits_id, NEW.id)
      USING ERRCODE = '23514', CONSTRAINT = 'invoice_is_credited_by_notes';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER invoice_sums ON finance.invoice;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER invoice_sums AFTER INSERT OR UPDATE OF status, subtotal_minor, tax_minor, total_minor, credited_minor ON finance.invoice DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION finance.invoice_sums();
