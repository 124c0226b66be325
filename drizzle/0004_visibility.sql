-- Who reads, as the transaction was told by set_config: kernel/visibility.ts has the same in TypeScript. Without settings nobody sees anything.
CREATE FUNCTION log.audience() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('accord.scope', true), '');
CREATE FUNCTION log.customers() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('accord.customers', true), '')::uuid[];
CREATE FUNCTION log.legal_entities() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('accord.legal_entities', true), '')::uuid[];
CREATE FUNCTION log.employees() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('accord.employees', true), '')::uuid[], '{}');

CREATE FUNCTION log.is_known() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(log.audience() IN ('command', 'firm', 'client', 'partner'), false);
CREATE FUNCTION log.every_customer() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(log.audience() = 'command' OR (log.audience() = 'firm' AND log.customers() IS NULL), false);
CREATE FUNCTION log.every_legal_entity() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN log.is_known() AND (log.audience() = 'command' OR log.legal_entities() IS NULL);
-- The firm as a whole: what belongs to no customer and no legal entity, and what is told between subgraphs.
CREATE FUNCTION log.whole_firm() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN log.every_customer() AND log.every_legal_entity();
-- Where these persons have confirmed work: projectId, contractId, engagementId or customerId, by what resources and engagements published.
-- It reads as a command does. A SET clause would say so more plainly, but only a superuser may create a function with one.
CREATE FUNCTION log.assigned(persons uuid[], what text) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  reader text := coalesce(current_setting('accord.scope', true), '');
  ids uuid[];
BEGIN
  PERFORM set_config('accord.scope', 'command', true);
  SELECT coalesce(array_agg(DISTINCT found.id), '{}') INTO ids FROM (
    SELECT CASE what WHEN 'projectId' THEN project.entity_id ELSE (project.data ->> what)::uuid END AS id
      FROM log.reference person CROSS JOIN LATERAL jsonb_array_elements(person.data -> 'assignments') AS assignment(item)
      JOIN log.reference project ON project.entity_type = 'Project' AND project.entity_id = (assignment.item ->> 'projectId')::uuid
      WHERE person.entity_type = 'EmployeeAssignments' AND person.entity_id = ANY (persons)
  ) AS found WHERE found.id IS NOT NULL;
  PERFORM set_config('accord.scope', reader, true);
  RETURN ids;
END $$;

-- What is of one fact is seen with the fact. What concerns others in its payload is left out above the database.
CREATE POLICY reading ON log.fact FOR SELECT USING (
  ((SELECT log.every_customer()) OR keys -> 'customerId' ?| (SELECT log.customers())::text[])
  AND ((SELECT log.every_legal_entity()) OR keys -> 'legalEntityId' IS NULL OR keys -> 'legalEntityId' ?| (SELECT log.legal_entities())::text[])
  AND ((SELECT log.audience()) <> 'partner' OR keys -> 'employeeId' ?| (SELECT log.employees())::text[])
);
CREATE POLICY reading ON log.fact_key FOR SELECT USING (
  (SELECT log.whole_firm()) OR EXISTS (SELECT FROM unnest(offsets) AS step JOIN log.fact ON fact.position = fact_key.first + step));
CREATE POLICY reading ON log.delivery FOR SELECT USING (
  (SELECT log.whole_firm()) OR EXISTS (SELECT FROM log.fact WHERE fact.position = delivery.position));
CREATE POLICY reading ON log.reference FOR SELECT USING ((SELECT log.whole_firm()));
CREATE POLICY reading ON log.change FOR SELECT USING ((SELECT log.whole_firm()));
CREATE POLICY reading ON log.process_run FOR SELECT USING ((SELECT log.whole_firm()));
CREATE POLICY reading ON log.process_step FOR SELECT USING ((SELECT log.whole_firm()));

-- The same for each table of the log: commands and processes see all rows, and they alone write.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['fact', 'fact_key', 'delivery', 'reference', 'change', 'change_pending', 'pending', 'idempotency', 'process_run',
    'process_step'] LOOP
    EXECUTE format('ALTER TABLE log.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY commanding ON log.%I TO accord_command USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

-- A view shows what its reader may see, not what its owner may.
DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT schemaname, viewname FROM pg_views WHERE schemaname IN ('engagements', 'resources', 'time', 'finance', 'operations', 'log') LOOP
    EXECUTE format('ALTER VIEW %I.%I SET (security_invoker = true)', each.schemaname, each.viewname);
  END LOOP;
END $$;
