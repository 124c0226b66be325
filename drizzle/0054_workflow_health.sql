-- How each journey of facts fares: what it is to keep, and since when it does not. docs/sla.md, docs/adr/0063-observed.md
CREATE TABLE log.workflow (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  -- The consumer, or the sequencer.
  journey text NOT NULL UNIQUE,
  types text[] NOT NULL,
  -- Seconds that the oldest fact may wait.
  objective integer NOT NULL,
  breached_since timestamptz(3),
  reason text CHECK (reason IN ('LATE', 'FAILING')),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK ((breached_since IS NULL) = (reason IS NULL))
);
-- Looks at the journeys; `late_from`: since when, at that look, something had waited for too long. Kept as long as the longest window.
CREATE TABLE log.workflow_look (
  journey text NOT NULL,
  at timestamptz(3) NOT NULL,
  late_from timestamptz(3),
  handled bigint NOT NULL,
  failures bigint NOT NULL,
  PRIMARY KEY (journey, at)
);
CREATE INDEX workflow_look_by_age ON log.workflow_look (at);

CREATE POLICY reading ON log.workflow FOR SELECT USING ((SELECT log.whole_firm()));
ALTER TABLE log.workflow ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.workflow TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON log.workflow_look FOR SELECT USING ((SELECT log.whole_firm()));
ALTER TABLE log.workflow_look ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.workflow_look TO accord_command USING (true) WITH CHECK (true);

-- Facts that each partition has handled, and handlings that failed, since it is there.
ALTER TABLE log.consumer ADD COLUMN handled bigint NOT NULL DEFAULT 0, ADD COLUMN failures bigint NOT NULL DEFAULT 0;
