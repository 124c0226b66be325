-- What principals have spent of their budgets in the present minute, for all gateways together. It is nobody's property and may be lost. docs/limits.md
CREATE UNLOGGED TABLE log.budget (
  caller text NOT NULL,
  principal text NOT NULL,
  -- The end of its minute: then it begins anew.
  ends_at timestamptz NOT NULL,
  spent bigint NOT NULL,
  -- What the last gateway that asked was given of it.
  given bigint NOT NULL,
  PRIMARY KEY (caller, principal)
);
CREATE INDEX budget_by_end ON log.budget (ends_at);

ALTER TABLE log.budget ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.budget TO accord_command USING (true) WITH CHECK (true);
