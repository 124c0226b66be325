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

-- Published versions of a card never price the same day.
ALTER TABLE finance.rate_card_version ADD CONSTRAINT rate_card_version_no_overlap EXCLUDE USING gist (
  rate_card_id WITH =,
  daterange(effective_from, effective_to, '[]') WITH &&
) WHERE (status <> 'DRAFT');

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
