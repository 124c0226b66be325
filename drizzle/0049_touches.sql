-- What a transaction wrote, for caches of answers: a row per statement, by triggers that no writer can forget. docs/adr/0047-cache.md
-- The triggers are there only where somebody keeps answers: log.note_writes makes them.
CREATE TABLE log.touch (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- schema.table; of references log.reference:Type.
  relation text NOT NULL,
  -- Whose rows they were and are; null where a column does not say it: anybody's.
  customers uuid[]
);
CREATE INDEX touch_by_xid ON log.touch (xid);

-- One row: what was visible in `erased` is no longer there; what is visible in `next` may go from some time after `next_at`.
CREATE TABLE log.touch_erased (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  erased pg_snapshot,
  next pg_snapshot,
  next_at timestamptz(3)
);
INSERT INTO log.touch_erased DEFAULT VALUES;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['touch', 'touch_erased'] LOOP
    EXECUTE format('ALTER TABLE log.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY commanding ON log.%I TO accord_command USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

CREATE FUNCTION log.touch_anybody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR EXISTS (SELECT FROM written) THEN
    INSERT INTO log.touch (relation) VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION log.touch_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO log.touch (relation) VALUES ('log.reference');
  ELSE
    INSERT INTO log.touch (relation) SELECT DISTINCT 'log.reference:' || entity_type FROM written;
  END IF;
  RETURN NULL;
END $$;

-- By the column that says whose a row is: a statement of its own for each, so that it is planned once.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['id', 'customer_id'] LOOP
    EXECUTE format($function$
      CREATE FUNCTION log.touch_%1$s() RETURNS trigger LANGUAGE plpgsql AS $body$
      DECLARE
        whose uuid[];
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          SELECT array_agg(DISTINCT %1$I) INTO whose FROM (SELECT %1$I FROM written UNION ALL SELECT %1$I FROM before) AS both_of;
        ELSIF TG_OP <> 'TRUNCATE' THEN
          SELECT array_agg(DISTINCT %1$I) INTO whose FROM written;
        END IF;
        IF TG_OP = 'TRUNCATE' OR whose IS NOT NULL THEN
          INSERT INTO log.touch (relation, customers)
            VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, CASE WHEN cardinality(whose) <= 50 THEN array_remove(whose, NULL) END);
        END IF;
        RETURN NULL;
      END $body$ $function$, name);
  END LOOP;
END $$;

-- Has the writes of a table noted from now on, or by the kind 'nobody' no more: true where that is new. It waits for those who write to it now.
CREATE FUNCTION log.note_writes(relation regclass, kind text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wanted regproc;
  made oid[] := ARRAY(SELECT tgfoid FROM pg_trigger WHERE tgrelid = relation AND tgname LIKE 'touching\_%');
  moment text;
BEGIN
  IF relation::text !~ '^(engagements|resources|"?time"?|finance|operations)\.|^log\.reference$' THEN
    RAISE EXCEPTION 'nobody keeps answers of %', relation;
  END IF;
  IF kind = 'nobody' THEN
    FOREACH moment IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
      EXECUTE format('DROP TRIGGER IF EXISTS touching_%s ON %s', moment, relation);
    END LOOP;
    RETURN cardinality(made) > 0;
  END IF;
  wanted := format('log.touch_%s', kind)::regproc;
  IF made = array_fill(wanted::oid, ARRAY[4]) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE OR REPLACE TRIGGER touching_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %s()', relation, wanted);
  EXECUTE format('CREATE OR REPLACE TRIGGER touching_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %s()', relation, wanted);
  EXECUTE format('CREATE OR REPLACE TRIGGER touching_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %s()', relation, wanted);
  EXECUTE format('CREATE OR REPLACE TRIGGER touching_truncate AFTER TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()', relation, wanted);
  RETURN true;
END $$;
