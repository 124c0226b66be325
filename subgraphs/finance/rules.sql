-- What drizzle cannot say of the finance schema: triggers and rules over several rows.

-- == Billing: journal, invoices, payments, revenue ==

-- Refuses a change of any column that the trigger does not name as changeable, and every delete.
CREATE FUNCTION finance.only_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
    RAISE EXCEPTION '% % is final. Undo it by an opposite one.', TG_TABLE_NAME, OLD.id USING ERRCODE = 'AC002', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;

-- The period of a date in a legal entity's books must be OPEN, and stays so until the caller commits.
CREATE FUNCTION finance.demand_open_period(legal_entity uuid, day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  state text;
BEGIN
  SELECT status INTO state FROM finance.fiscal_period WHERE legal_entity_id = legal_entity AND day BETWEEN start_date AND end_date FOR SHARE;
  IF state IS DISTINCT FROM 'OPEN' THEN
    RAISE EXCEPTION '% lies in no open fiscal period of the legal entity%', day, coalesce(': it is ' || state, '')
      USING ERRCODE = 'AC001', CONSTRAINT = 'journalPeriodOpen';
  END IF;
END $$;

CREATE FUNCTION finance.journal_entry_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM finance.demand_open_period(books.id, NEW.posting_date)
    FROM (SELECT NEW.legal_entity_id AS id UNION SELECT legal_entity_id FROM finance.journal_line WHERE journal_entry_id = NEW.id ORDER BY id) AS books;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_period BEFORE INSERT ON finance.journal_entry FOR EACH ROW WHEN (NEW.status = 'POSTED') EXECUTE FUNCTION finance.journal_entry_post();
CREATE TRIGGER journal_entry_period_open BEFORE UPDATE ON finance.journal_entry FOR EACH ROW WHEN (NEW.status = 'POSTED' AND OLD.status <> 'POSTED') EXECUTE FUNCTION finance.journal_entry_post();
CREATE TRIGGER journal_posted_is_final BEFORE UPDATE OR DELETE ON finance.journal_entry FOR EACH ROW WHEN (OLD.status = 'POSTED')
  EXECUTE FUNCTION finance.only_changes('reversed_by_id', 'version', 'updated_at');

-- Debits equal credits, per currency and legal entity; judged at commit, when all lines are there.
CREATE FUNCTION finance.journal_entry_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  off record;
BEGIN
  SELECT currency, sum(debit_minor) AS debit, sum(credit_minor) AS credit INTO off FROM finance.journal_line
    WHERE journal_entry_id = NEW.id GROUP BY currency, legal_entity_id HAVING sum(debit_minor) <> sum(credit_minor) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % is off balance in %: debits %, credits %', NEW.id, off.currency, off.debit, off.credit
      USING ERRCODE = '23514', CONSTRAINT = 'journal_balanced';
  END IF;
  IF NOT EXISTS (SELECT FROM finance.journal_line WHERE journal_entry_id = NEW.id) THEN
    RAISE EXCEPTION 'journal entry % has no lines', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'journal_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_balanced AFTER INSERT OR UPDATE OF status ON finance.journal_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'POSTED') EXECUTE FUNCTION finance.journal_entry_balance();

-- A line belongs to a DRAFT entry while it changes. The entry's row is locked: nobody posts it meanwhile.
CREATE FUNCTION finance.journal_line_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  state text;
BEGIN
  FOR state IN SELECT status FROM finance.journal_entry
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.journal_entry_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.journal_entry_id END) ORDER BY id FOR SHARE
  LOOP
    IF state = 'POSTED' THEN
      RAISE EXCEPTION 'a posted journal entry never changes. Reverse it.' USING ERRCODE = 'AC002', CONSTRAINT = 'journal_posted_is_final';
    END IF;
  END LOOP;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER journal_line_is_final BEFORE INSERT OR UPDATE OR DELETE ON finance.journal_line FOR EACH ROW EXECUTE FUNCTION finance.journal_line_change();

CREATE TRIGGER invoice_posted_is_final BEFORE UPDATE OR DELETE ON finance.invoice FOR EACH ROW WHEN (OLD.status NOT IN ('DRAFT', 'VALIDATED'))
  EXECUTE FUNCTION finance.only_changes('status', 'paid_minor', 'credit_note_id', 'version', 'updated_at');

CREATE FUNCTION finance.invoice_line_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  state text;
BEGIN
  FOR state IN SELECT status FROM finance.invoice
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.invoice_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.invoice_id END) ORDER BY id FOR SHARE
  LOOP
    IF state NOT IN ('DRAFT', 'VALIDATED') THEN
      RAISE EXCEPTION 'a % invoice keeps its lines. Credit it.', state USING ERRCODE = 'AC002', CONSTRAINT = 'invoice_posted_is_final';
    END IF;
  END LOOP;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER invoice_line_is_final BEFORE INSERT OR UPDATE OR DELETE ON finance.invoice_line FOR EACH ROW EXECUTE FUNCTION finance.invoice_line_change();

-- An invoice is the sum of its lines and, once posted, what its journal entry says the customer owes; its number follows the one before.
CREATE FUNCTION finance.invoice_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  net bigint;
  tax bigint;
  owed bigint;
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
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_sums AFTER INSERT OR UPDATE OF status, subtotal_minor, tax_minor, total_minor ON finance.invoice DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION finance.invoice_sums();

CREATE FUNCTION finance.invoice_line_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  faulty uuid;
BEGIN
  SELECT id INTO faulty FROM finance.invoice WHERE id = coalesce(NEW.invoice_id, OLD.invoice_id)
    AND (subtotal_minor, tax_minor) IS DISTINCT FROM (SELECT sum(amount_minor)::bigint, sum(tax_minor)::bigint FROM finance.invoice_line WHERE invoice_id = invoice.id);
  IF FOUND THEN
    RAISE EXCEPTION 'the lines of invoice % do not add up to it', faulty USING ERRCODE = '23514', CONSTRAINT = 'invoice_is_sum_of_lines';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_line_sums AFTER INSERT OR UPDATE OF amount_minor, tax_minor OR DELETE ON finance.invoice_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION finance.invoice_line_sums();

CREATE TRIGGER payment_is_final BEFORE UPDATE OR DELETE ON finance.payment FOR EACH ROW
  EXECUTE FUNCTION finance.only_changes('status', 'applied_minor', 'reference', 'method', 'reversal_reason', 'version', 'updated_at');
CREATE TRIGGER payment_application_is_final BEFORE UPDATE OR DELETE ON finance.payment_application FOR EACH ROW
  EXECUTE FUNCTION finance.only_changes('reversed_at', 'version', 'updated_at');

-- What payments say they applied, and what invoices say was paid, is the sum of the applications that stand.
CREATE FUNCTION finance.payment_application_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT applied_minor FROM finance.payment WHERE id = NEW.payment_id)
      <> (SELECT coalesce(sum(amount_minor) FILTER (WHERE reversed_at IS NULL), 0) FROM finance.payment_application WHERE payment_id = NEW.payment_id)
    OR (SELECT paid_minor FROM finance.invoice WHERE id = NEW.invoice_id)
      <> (SELECT coalesce(sum(amount_minor) FILTER (WHERE reversed_at IS NULL), 0) FROM finance.payment_application WHERE invoice_id = NEW.invoice_id) THEN
    RAISE EXCEPTION 'applications of payment % do not add up', NEW.payment_id USING ERRCODE = '23514', CONSTRAINT = 'payment_is_sum_of_applications';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payment_application_sums AFTER INSERT OR UPDATE ON finance.payment_application DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION finance.payment_application_sums();

CREATE TRIGGER revenue_event_is_final BEFORE UPDATE OR DELETE ON finance.revenue_event FOR EACH ROW WHEN (OLD.status IN ('RECOGNIZED', 'REVERSED', 'CANCELLED'))
  EXECUTE FUNCTION finance.only_changes('status', 'version', 'updated_at');
