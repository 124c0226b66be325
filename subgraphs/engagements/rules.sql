CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One rate for whom and when: within a contract and a line (none counts as one), per employee, labor category or everybody.
ALTER TABLE engagements.contract_rate ADD CONSTRAINT contract_rate_no_overlap EXCLUDE USING gist (
  contract_id WITH =,
  coalesce(line_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
  coalesce(employee_id, labor_category_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
  daterange(effective_from, effective_to, '[]') WITH &&
);

-- What was agreed is frozen once the contract leaves DRAFT.
CREATE FUNCTION engagements.content_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.contract_id ELSE NEW.contract_id END;
BEGIN
  IF NOT EXISTS (SELECT FROM engagements.contract WHERE id = touched AND status = 'DRAFT') THEN
    RAISE EXCEPTION 'The content of a contract changes only while it is DRAFT.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER contract_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON engagements.contract_line FOR EACH ROW EXECUTE FUNCTION engagements.content_in_draft();
CREATE TRIGGER contract_rate_frozen BEFORE INSERT OR UPDATE OR DELETE ON engagements.contract_rate FOR EACH ROW EXECUTE FUNCTION engagements.content_in_draft();

CREATE FUNCTION engagements.terms_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'DRAFT' AND (OLD.currency, OLD.rounding, OLD.rate_card_id, OLD.payment_term_days, OLD.start_date, OLD.end_date, OLD.legal_entity_id, OLD.engagement_id, OLD.customer_id)
    IS DISTINCT FROM (NEW.currency, NEW.rounding, NEW.rate_card_id, NEW.payment_term_days, NEW.start_date, NEW.end_date, NEW.legal_entity_id, NEW.engagement_id, NEW.customer_id) THEN
    RAISE EXCEPTION 'The content of a contract changes only while it is DRAFT.' USING ERRCODE = 'AC002', CONSTRAINT = 'contentFrozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contract_terms_frozen BEFORE UPDATE ON engagements.contract FOR EACH ROW EXECUTE FUNCTION engagements.terms_in_draft();
