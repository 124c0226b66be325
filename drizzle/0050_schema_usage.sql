-- Which client used which place of the graph, how often, first and last when: gateways count in memory and add up here. docs/adr/0053-usage.md
CREATE TABLE log.schema_usage (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  client text NOT NULL,
  -- Empty for the whole graph.
  contract text NOT NULL,
  coordinate text NOT NULL,
  type_name text NOT NULL,
  deprecated boolean NOT NULL,
  requests bigint NOT NULL,
  first_seen_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX schema_usage_of_client ON log.schema_usage (client, contract, coordinate);
CREATE INDEX schema_usage_by_last ON log.schema_usage (updated_at, id);
CREATE INDEX schema_usage_by_first ON log.schema_usage (first_seen_at);
CREATE INDEX schema_usage_by_type ON log.schema_usage (type_name, updated_at, id);
CREATE INDEX schema_usage_by_coordinate ON log.schema_usage (coordinate, updated_at, id);
CREATE INDEX schema_usage_by_client ON log.schema_usage (client, updated_at, id);
CREATE INDEX schema_usage_deprecated ON log.schema_usage (updated_at, id) WHERE deprecated;

CREATE POLICY reading ON log.schema_usage FOR SELECT USING ((SELECT log.whole_firm()));
ALTER TABLE log.schema_usage ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.schema_usage TO accord_command USING (true) WITH CHECK (true);
