-- Tokens that are no longer believed, until they would have ended by themselves. Gateways hear of each at once. docs/operation/security.md
CREATE TABLE log.token_revocation (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  -- What `value` is: the id of one token (jti), the subject of all (sub), or the client that they were given to.
  kind text NOT NULL CHECK (kind IN ('TOKEN', 'SUBJECT', 'CLIENT')),
  value text NOT NULL,
  issued_before timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  revoked_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX token_revocation_by_end ON log.token_revocation (expires_at);
CREATE INDEX token_revocation_by_start ON log.token_revocation (created_at, id);

CREATE POLICY reading ON log.token_revocation FOR SELECT USING ((SELECT log.whole_firm()));
ALTER TABLE log.token_revocation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.token_revocation TO accord_command USING (true) WITH CHECK (true);

CREATE FUNCTION log.tell_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('accord_revocation', '');
  RETURN NULL;
END $$;
-- Also of what an operator writes by hand.
CREATE TRIGGER token_revocation_is_told AFTER INSERT OR UPDATE OR DELETE ON log.token_revocation FOR EACH STATEMENT EXECUTE FUNCTION log.tell_revocation();
