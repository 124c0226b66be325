-- Who called which mutation, and what came of it. A command notes its call in its own transaction; the sequencer's process seals what is committed: each
-- record holds the hash of the one before, so that nothing can be changed, taken out or put between without breaking all that follows.
CREATE TABLE log.audit_pending (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry text NOT NULL
);
CREATE TABLE log.audit (
  position bigint PRIMARY KEY,
  -- JSON as it was hashed.
  entry text NOT NULL,
  -- SHA-256 over the hash before, the position and the entry, a line each.
  hash text NOT NULL
);
-- One row: the last record, and what the first one that is kept builds on.
CREATE TABLE log.audit_head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  position bigint NOT NULL DEFAULT 0,
  hash text NOT NULL DEFAULT repeat('0', 64),
  oldest bigint NOT NULL DEFAULT 1,
  before text NOT NULL DEFAULT repeat('0', 64)
);
INSERT INTO log.audit_head DEFAULT VALUES;

CREATE FUNCTION log.refuse_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The functions below run as the owner.
  IF quote_ident(current_user)::regrole = (SELECT relowner FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'the audit stream is never changed' USING ERRCODE = 'AC002', CONSTRAINT = 'auditImmutable';
END $$;
CREATE TRIGGER audit_is_final BEFORE INSERT OR UPDATE OR DELETE ON log.audit FOR EACH ROW EXECUTE FUNCTION log.refuse_audit();
CREATE TRIGGER audit_head_is_final BEFORE INSERT OR UPDATE OR DELETE ON log.audit_head FOR EACH ROW EXECUTE FUNCTION log.refuse_audit();
CREATE TRIGGER audit_pending_is_final BEFORE UPDATE OR DELETE ON log.audit_pending FOR EACH ROW EXECUTE FUNCTION log.refuse_audit();

-- Seals up to `most` records in the order in which they were noted; how many. Whoever finds another at it leaves it to them.
CREATE FUNCTION log.seal_audit(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head log.audit_head;
  noted record;
  sealed bigint[] := '{}';
BEGIN
  SELECT * INTO head FROM log.audit_head FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  FOR noted IN SELECT sequence, entry FROM log.audit_pending ORDER BY sequence LIMIT most LOOP
    head.position := head.position + 1;
    head.hash := encode(sha256(convert_to(head.hash || E'\n' || head.position || E'\n' || noted.entry, 'UTF8')), 'hex');
    INSERT INTO log.audit VALUES (head.position, noted.entry, head.hash);
    sealed := sealed || noted.sequence;
  END LOOP;
  DELETE FROM log.audit_pending WHERE sequence = ANY (sealed);
  UPDATE log.audit_head SET position = head.position, hash = head.hash;
  RETURN cardinality(sealed);
END $$;

-- Forgets up to `most` of the oldest records when they are older than `before`; how many. The chain goes on from the last of them.
CREATE FUNCTION log.forget_audit(before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  past bigint;
  anchor text;
  gone integer;
BEGIN
  PERFORM 1 FROM log.audit_head FOR UPDATE;
  SELECT coalesce(min(first.position) FILTER (WHERE (first.entry::jsonb ->> 'at')::timestamptz >= forget_audit.before) - 1, max(first.position)) INTO past
    FROM (SELECT * FROM log.audit ORDER BY position LIMIT most) AS first;
  SELECT hash INTO anchor FROM log.audit WHERE position = past;
  IF anchor IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM log.audit WHERE position <= past;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE log.audit_head AS head SET oldest = past + 1, before = anchor;
  RETURN gone;
END $$;

-- Commands note and read, the functions above seal and forget; nobody who reads for a caller sees any of it.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit', 'audit_pending', 'audit_head'] LOOP
    EXECUTE format('ALTER TABLE log.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY commanding ON log.%I TO accord_command USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY sealing ON log.%1$I USING (quote_ident(current_user)::regrole = (SELECT relowner FROM pg_class WHERE oid = %2$L::regclass))',
      name, 'log.' || name);
  END LOOP;
END $$;
