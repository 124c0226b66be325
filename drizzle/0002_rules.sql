-- engagements
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Versions of one contract never hold on the same day; one that was replaced whole holds on none.
-- Deferred: a version is written before the one that it follows is cut short.
ALTER TABLE engagements.contract_version ADD CONSTRAINT contract_version_no_overlap EXCLUDE USING gist (
  contract_id WITH =,
  daterange(effective_from, effective_to + 1, '[)') WITH &&
) DEFERRABLE INITIALLY DEFERRED;

-- One rate for whom and when: within a version and a line (none counts as one), per employee, labor category or everybody.
ALTER TABLE engagements.contract_rate ADD CONSTRAINT contract_rate_no_overlap EXCLUDE USING gist (
  contract_version_id WITH =,
  coalesce(line_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
  coalesce(employee_id, labor_category_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
  daterange(effective_from, effective_to, '[]') WITH &&
);

-- Which transaction brought a version: its content comes with it, or never.
ALTER TABLE engagements.contract_version ADD COLUMN created_in xid8 NOT NULL DEFAULT pg_current_xact_id();

-- What was agreed is frozen once the contract leaves DRAFT; a later version brings its own lines and rates.
CREATE FUNCTION engagements.content_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.contract_version_id ELSE NEW.contract_version_id END;
BEGIN
  IF NOT EXISTS (
    SELECT FROM engagements.contract_version version JOIN engagements.contract ON contract.id = version.contract_id
    WHERE version.id = touched AND (contract.status = 'DRAFT' OR (TG_OP = 'INSERT' AND version.created_in = pg_current_xact_id()))
  ) OR (TG_OP = 'UPDATE' AND OLD.contract_version_id <> NEW.contract_version_id) THEN
    RAISE EXCEPTION 'The content of a contract changes only while it is DRAFT; afterwards by a new version.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER contract_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON engagements.contract_line_terms FOR EACH ROW EXECUTE FUNCTION engagements.content_in_draft();
CREATE TRIGGER contract_rate_frozen BEFORE INSERT OR UPDATE OR DELETE ON engagements.contract_rate FOR EACH ROW EXECUTE FUNCTION engagements.content_in_draft();

-- The name by which a line is known outlives every version of its contract.
CREATE FUNCTION engagements.line_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM engagements.contract WHERE id = OLD.contract_id AND status = 'DRAFT') THEN
    RAISE EXCEPTION 'The lines of a contract keep their names once it has left DRAFT.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER contract_line_name_frozen BEFORE UPDATE OR DELETE ON engagements.contract_line FOR EACH ROW EXECUTE FUNCTION engagements.line_in_draft();

-- A version of a contract in force changes in its end only: a later one cuts it short.
CREATE FUNCTION engagements.contract_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['version', 'updated_at', 'effective_to'];
BEGIN
  IF EXISTS (SELECT FROM engagements.contract WHERE id = OLD.contract_id AND status = 'DRAFT') THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
    OR coalesce(NEW.effective_to, 'infinity') > coalesce(OLD.effective_to, 'infinity') THEN
    RAISE EXCEPTION 'A version of a contract never changes once it is agreed; add a later one.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contract_version_frozen BEFORE UPDATE OR DELETE ON engagements.contract_version FOR EACH ROW EXECUTE FUNCTION engagements.contract_version_frozen();

CREATE FUNCTION engagements.terms_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'DRAFT' AND (OLD.currency, OLD.start_date, OLD.legal_entity_id, OLD.engagement_id, OLD.customer_id)
    IS DISTINCT FROM (NEW.currency, NEW.start_date, NEW.legal_entity_id, NEW.engagement_id, NEW.customer_id) THEN
    RAISE EXCEPTION 'The content of a contract changes only while it is DRAFT.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contract_terms_frozen BEFORE UPDATE ON engagements.contract FOR EACH ROW EXECUTE FUNCTION engagements.terms_in_draft();


-- resources
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One labor category per employee and day. Deferred: replacing a history passes through overlaps.
ALTER TABLE resources.employee_labor_category
  ADD CONSTRAINT employee_labor_category_days_apart
  EXCLUDE USING gist (employee_id WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
  DEFERRABLE INITIALLY DEFERRED;


-- time
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A day of a person belongs to one timesheet: so the limits per day and week are guarded by locking that one row.
ALTER TABLE time.timesheet ADD CONSTRAINT timesheet_periods_do_not_overlap
  EXCLUDE USING gist (employee_id WITH =, daterange(period_start, period_end, '[]') WITH &&);


-- finance
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A day of a legal entity lies in one fiscal period at most.
ALTER TABLE finance.fiscal_period ADD CONSTRAINT fiscal_period_no_overlap EXCLUDE USING gist (
  legal_entity_id WITH =,
  daterange(start_date, end_date, '[]') WITH &&
);

CREATE FUNCTION finance.period_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status = 'LOCKED' OR (OLD.legal_entity_id, OLD.start_date, OLD.end_date) IS DISTINCT FROM (NEW.legal_entity_id, NEW.start_date, NEW.end_date) THEN
    RAISE EXCEPTION 'The days of a fiscal period are for life, and a LOCKED one never changes.' USING ERRCODE = 'AC002', CONSTRAINT = 'periodFrozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER period_frozen BEFORE UPDATE OR DELETE ON finance.fiscal_period FOR EACH ROW EXECUTE FUNCTION finance.period_frozen();

-- Whoever posts holds the period FOR SHARE until commit; whoever closes it holds it FOR UPDATE: so none slips past the other.
CREATE FUNCTION finance.demand_open_period(entity uuid, day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  SELECT name, status INTO found FROM finance.fiscal_period
    WHERE legal_entity_id = entity AND daterange(start_date, end_date, '[]') @> day FOR SHARE;
  IF found IS NULL THEN
    RAISE EXCEPTION 'No fiscal period covers %. Create the periods of that year first.', day USING ERRCODE = 'AC001';
  END IF;
  IF found.status <> 'OPEN' THEN
    RAISE EXCEPTION 'The fiscal period % is %.', found.name, found.status USING ERRCODE = 'AC001';
  END IF;
END $$;

-- Published versions of a card never price the same day. Judged at the end of a statement: one that publishes cuts the former short.
ALTER TABLE finance.rate_card_version ADD CONSTRAINT rate_card_version_no_overlap EXCLUDE USING gist (
  rate_card_id WITH =,
  daterange(effective_from, effective_to, '[]') WITH &&
) WHERE (status <> 'DRAFT') DEFERRABLE INITIALLY IMMEDIATE;

-- What is published is final, but for its end: it is cut short when a later version is published.
CREATE FUNCTION finance.version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'DRAFT' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR NEW.status = 'DRAFT' OR coalesce(NEW.effective_to, 'infinity') > coalesce(OLD.effective_to, 'infinity')
    OR (OLD.rate_card_id, OLD.kind, OLD.customer_id, OLD.number, OLD.effective_from, OLD.published_at)
      IS DISTINCT FROM (NEW.rate_card_id, NEW.kind, NEW.customer_id, NEW.number, NEW.effective_from, NEW.published_at) THEN
    RAISE EXCEPTION 'A published version of a rate card never changes.' USING ERRCODE = 'AC002', CONSTRAINT = 'versionPublished';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON finance.rate_card_version FOR EACH ROW EXECUTE FUNCTION finance.version_frozen();

CREATE FUNCTION finance.line_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.rate_card_version_id ELSE NEW.rate_card_version_id END;
BEGIN
  -- FOR SHARE: a line does not slip into a version that is being published.
  PERFORM FROM finance.rate_card_version WHERE id = touched AND status = 'DRAFT' FOR SHARE;
  IF NOT FOUND OR (TG_OP = 'UPDATE' AND OLD.rate_card_version_id <> NEW.rate_card_version_id) THEN
    RAISE EXCEPTION 'A published version of a rate card never changes.' USING ERRCODE = 'AC002', CONSTRAINT = 'versionPublished';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER line_frozen BEFORE INSERT OR UPDATE OR DELETE ON finance.rate_card_line FOR EACH ROW EXECUTE FUNCTION finance.line_frozen();

-- The ledger: nothing changes but the way to the invoice and the mark of being reversed, once; nothing goes.
CREATE FUNCTION finance.actual_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['version', 'updated_at', 'status', 'hold_code', 'hold_reason', 'invoice_id', 'invoice_line_id', 'reversed_by_id'];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free OR (OLD.reversed_by_id IS NOT NULL AND OLD.reversed_by_id IS DISTINCT FROM NEW.reversed_by_id) THEN
    RAISE EXCEPTION 'An actual never changes; reverse it and post a new one.' USING ERRCODE = 'AC002', CONSTRAINT = 'actualImmutable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER actual_frozen BEFORE UPDATE OR DELETE ON finance.actual FOR EACH ROW EXECUTE FUNCTION finance.actual_frozen();

-- Once per statement, not per row: 1,000 actuals of a month ask for one period.
CREATE FUNCTION finance.actual_in_open_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM finance.demand_open_period(legal_entity_id, accounting_date)
    FROM (SELECT DISTINCT legal_entity_id, accounting_date FROM posted ORDER BY 1, 2) AS days;
  RETURN NULL;
END $$;
CREATE TRIGGER actual_in_open_period AFTER INSERT ON finance.actual REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION finance.actual_in_open_period();

-- == Billing: journal, invoices, payments, revenue ==

-- Refuses a change of any column that the trigger does not name as changeable, and every delete.
CREATE FUNCTION finance.only_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
    RAISE EXCEPTION '% % is final. Undo it by an opposite one.', TG_TABLE_NAME, OLD.id USING ERRCODE = 'AC002', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
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

-- A credit note is born posted, behind its lines: a line without an invoice is refused at commit.
ALTER TABLE finance.invoice_line ALTER CONSTRAINT invoice_line_invoice_id_invoice_id_fk DEFERRABLE INITIALLY DEFERRED;

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


-- operations
-- The operations desk lists deliveries by the place of their fact in the log, and those about one subject.
CREATE INDEX IF NOT EXISTS delivery_by_position ON log.delivery (position, consumer);
CREATE INDEX IF NOT EXISTS delivery_by_subject ON log.delivery (subject_id, position, consumer);
