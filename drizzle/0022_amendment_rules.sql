-- An amendment is one of its contract, whatever becomes of both.
ALTER TABLE engagements.amendment ADD CONSTRAINT amendment_contract FOREIGN KEY (contract_id, customer_id) REFERENCES engagements.contract (id, customer_id);
--> statement-breakpoint
ALTER TABLE engagements.amendment_receipt ADD CONSTRAINT amendment_receipt_amendment FOREIGN KEY (amendment_id) REFERENCES engagements.amendment (id);
--> statement-breakpoint
-- What was applied, rejected or withdrawn stays as it was said.
CREATE FUNCTION engagements.amendment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('APPLIED', 'REJECTED', 'WITHDRAWN') OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'An amendment never changes once it is %; draft another one.', OLD.status USING ERRCODE = 'AC002', CONSTRAINT = 'amendmentFrozen';
  END IF;
  IF OLD.status <> 'DRAFT' AND (OLD.contract_id, OLD.effective_from, OLD.adjustment_date, OLD.changes, OLD.author_id)
    IS DISTINCT FROM (NEW.contract_id, NEW.effective_from, NEW.adjustment_date, NEW.changes, NEW.author_id) THEN
    RAISE EXCEPTION 'What an amendment wants changes only while it is DRAFT.' USING ERRCODE = 'AC002', CONSTRAINT = 'amendmentFrozen';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER amendment_frozen BEFORE UPDATE OR DELETE ON engagements.amendment FOR EACH ROW EXECUTE FUNCTION engagements.amendment_frozen();
--> statement-breakpoint
-- A record of an assignment says what was known then: it never changes.
CREATE FUNCTION resources.record_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A record of an assignment never changes.' USING ERRCODE = 'AC002', CONSTRAINT = 'recordFrozen';
END $$;
--> statement-breakpoint
CREATE TRIGGER assignment_record_frozen BEFORE UPDATE OR DELETE ON resources.assignment_record FOR EACH ROW EXECUTE FUNCTION resources.record_frozen();
--> statement-breakpoint
-- What is known of assignments from before is how they stand: since they last changed, by nobody whose name was kept.
SET LOCAL accord.scope = 'command';
--> statement-breakpoint
ALTER TABLE resources.assignment_record NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE log.reference NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO resources.assignment_record (id, created_at, updated_at, assignment_id, assignment_version, employee_id, project_id, task_id, customer_id, legal_entity_id,
    status, from_date, to_date, weekly_seconds, recorded_by)
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from updated_at) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid, updated_at, updated_at, id, version, employee_id, project_id, task_id, customer_id, legal_entity_id, status, from_date, to_date, weekly_seconds, ''
  FROM resources.assignment;
--> statement-breakpoint
-- When each version was recorded, for who asks what was known before.
UPDATE log.reference SET data = data || jsonb_build_object('versions', (
    SELECT jsonb_agg(item || jsonb_build_object('recordedAt', to_char(version.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY place)
    FROM jsonb_array_elements(data -> 'versions') WITH ORDINALITY AS agreed(item, place)
    JOIN engagements.contract_version version ON version.id = (item ->> 'id')::uuid))
  WHERE entity_type = 'Contract' AND jsonb_array_length(data -> 'versions') > 0;
--> statement-breakpoint
ALTER TABLE resources.assignment_record FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE log.reference FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
RESET accord.scope;
