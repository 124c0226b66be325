-- What a system wanted of what it does not own: refused, and kept for whoever owns it.
CREATE TABLE log.proposal (
  id uuid PRIMARY KEY,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  status text NOT NULL CONSTRAINT proposal_status CHECK (status IN ('OPEN', 'ACCEPTING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED')),
  entity_type text NOT NULL,
  entity_id uuid,
  -- The entity, or the reference by which something new was brought; with the fields, what a later proposal takes the place of.
  target text NOT NULL,
  fields text NOT NULL,
  changes jsonb NOT NULL,
  mutation text NOT NULL,
  item jsonb NOT NULL,
  input_hash text NOT NULL,
  system text NOT NULL,
  proposed_by text NOT NULL,
  source_version text,
  message text NOT NULL,
  correlation_id text NOT NULL,
  superseded_by uuid,
  decided_by text,
  decided_at timestamptz(3),
  reason text
);
CREATE UNIQUE INDEX proposal_standing ON log.proposal (target, system, entity_type, fields) WHERE status = 'OPEN';
CREATE INDEX proposal_open ON log.proposal (created_at, id) WHERE status = 'OPEN';
CREATE INDEX proposal_by_created ON log.proposal (created_at, id);
CREATE INDEX proposal_by_updated ON log.proposal (updated_at, id);
CREATE INDEX proposal_by_entity ON log.proposal (entity_id, created_at, id);
ALTER TABLE log.proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.proposal TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON log.proposal FOR SELECT USING ((SELECT log.whole_firm()));
