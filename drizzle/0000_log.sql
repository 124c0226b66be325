CREATE SCHEMA IF NOT EXISTS log;

-- Facts as commands state them, in the command's transaction. The sequencer moves them on once they are committed.
CREATE TABLE log.pending (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL,
  type text NOT NULL,
  version integer NOT NULL,
  subgraph text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  subject_version integer NOT NULL,
  keys jsonb NOT NULL DEFAULT '{}',
  key_ids uuid[] NOT NULL DEFAULT '{}',
  payload jsonb NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  actor_id text NOT NULL,
  actor_kind text NOT NULL,
  correlation_id text NOT NULL,
  causation_id uuid,
  traceparent text
);

-- The log. Positions are contiguous from 1; partitions go by position, so that old ones can be dropped whole.
CREATE TABLE log.fact (
  position bigint NOT NULL PRIMARY KEY,
  id uuid NOT NULL,
  type text NOT NULL,
  version integer NOT NULL,
  subgraph text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  subject_version integer NOT NULL,
  -- 0 to 255, by the subject: consumers share their work by it.
  slot smallint NOT NULL,
  -- By name, the ids under which readers find the fact: {"customerId": ["..."]}. log.fact_key is their index.
  keys jsonb NOT NULL,
  payload jsonb NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  actor_id text NOT NULL,
  actor_kind text NOT NULL,
  correlation_id text NOT NULL,
  causation_id uuid,
  traceparent text
) PARTITION BY RANGE (position);
CREATE INDEX fact_by_id ON log.fact (id);
CREATE INDEX fact_by_type ON log.fact (type, position);
CREATE INDEX fact_by_subject ON log.fact (subject_id, position);
CREATE INDEX fact_by_correlation ON log.fact (correlation_id, position);

-- Where each id stands among the keys of facts: a row per id and batch of the sequencer, with the positions as offsets from the first.
-- A row per fact and id halved the sequencer. Ids are unique over all types, so that a new kind of key needs nothing here.
CREATE TABLE log.fact_key (
  id uuid NOT NULL,
  first bigint NOT NULL,
  offsets smallint[] NOT NULL,
  PRIMARY KEY (id, first)
) PARTITION BY RANGE (first);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a fact is never changed' USING ERRCODE = 'AC002', CONSTRAINT = 'factImmutable';
END $$;
CREATE TRIGGER fact_is_final BEFORE UPDATE OR DELETE ON log.fact FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- Rows that were written, one row here per write; and the stream of them, with contiguous positions of its own.
CREATE TABLE log.change_pending (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL,
  ids uuid[] NOT NULL,
  versions integer[] NOT NULL,
  at timestamptz(3) NOT NULL,
  CHECK (cardinality(ids) = cardinality(versions))
);
CREATE TABLE log.change (
  position bigint NOT NULL PRIMARY KEY,
  entity text NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  at timestamptz(3) NOT NULL
) PARTITION BY RANGE (position);

-- One row: the last position given and the oldest one kept, of facts and of changes.
CREATE TABLE log.head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  position bigint NOT NULL DEFAULT 0,
  oldest bigint NOT NULL DEFAULT 1,
  change_position bigint NOT NULL DEFAULT 0,
  change_oldest bigint NOT NULL DEFAULT 1
);
INSERT INTO log.head DEFAULT VALUES;

-- The partitions that are there: positions from `first` to before `past`.
CREATE TABLE log.partition (
  stream text NOT NULL CHECK (stream IN ('fact', 'change')),
  first bigint NOT NULL,
  past bigint NOT NULL,
  -- Since then nobody begins to read it.
  forgotten_at timestamptz(3),
  PRIMARY KEY (stream, first)
);

-- Opens partitions until `wanted` has its place, and gives where the last one ends. The caller leads the sequencer. Attached, not created in place: that would lock readers out.
CREATE FUNCTION log.open_partitions(stream text, wanted bigint, size bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parents text[] := CASE open_partitions.stream WHEN 'fact' THEN ARRAY['fact', 'fact_key', 'delivery'] ELSE ARRAY['change'] END;
  parent text;
  start bigint;
BEGIN
  LOOP
    SELECT coalesce(max(there.past), 0) INTO start FROM log.partition there WHERE there.stream = open_partitions.stream;
    EXIT WHEN start > wanted;
    FOREACH parent IN ARRAY parents LOOP
      EXECUTE format('CREATE TABLE log.%I (LIKE log.%I INCLUDING ALL)', parent || '_' || start, parent);
      EXECUTE format('ALTER TABLE log.%I ATTACH PARTITION log.%I FOR VALUES FROM (%s) TO (%s)', parent, parent || '_' || start, start, start + size);
    END LOOP;
    INSERT INTO log.partition VALUES (open_partitions.stream, start, start + size);
  END LOOP;
  RETURN start;
END $$;

-- Drops what nobody may have begun to read since `before`; how many partitions.
CREATE FUNCTION log.drop_partitions(stream text, before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parents text[] := CASE drop_partitions.stream WHEN 'fact' THEN ARRAY['fact', 'fact_key', 'delivery'] ELSE ARRAY['change'] END;
  parent text;
  gone bigint;
  dropped integer := 0;
BEGIN
  FOR gone IN SELECT there.first FROM log.partition there WHERE there.stream = drop_partitions.stream AND there.forgotten_at < before LOOP
    FOREACH parent IN ARRAY parents LOOP
      EXECUTE format('DROP TABLE log.%I', parent || '_' || gone);
    END LOOP;
    DELETE FROM log.partition there WHERE there.stream = drop_partitions.stream AND there.first = gone;
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- What an entity's owner lets its siblings know of it.
CREATE TABLE log.reference (
  entity_type text NOT NULL,
  entity_id uuid NOT NULL,
  version integer NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (entity_type, entity_id)
);

-- First answers, by caller, mutation and key.
CREATE TABLE log.idempotency (
  principal text NOT NULL,
  mutation text NOT NULL,
  key text NOT NULL,
  input_hash text NOT NULL,
  answer jsonb,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (principal, mutation, key)
);
CREATE INDEX idempotency_by_age ON log.idempotency (created_at);

-- How far each consumer has read, by partition: the facts whose slot, divided by `partitions`, leaves `partition`.
-- Whoever works on it holds the row's lock, so a dead worker never blocks the next.
CREATE TABLE log.consumer (
  name text NOT NULL,
  partition smallint NOT NULL DEFAULT 0,
  partitions smallint NOT NULL DEFAULT 1 CHECK (partition >= 0 AND partition < partitions AND partitions <= 256),
  position bigint NOT NULL DEFAULT 0,
  moved_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (name, partition)
);

-- What became of each fact at each consumer. Partitioned as the facts are, and dropped with them.
CREATE TABLE log.delivery (
  consumer text NOT NULL,
  fact_id uuid NOT NULL,
  position bigint NOT NULL,
  slot smallint NOT NULL DEFAULT 0,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED', 'PARKED', 'SKIPPED')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  acknowledged_at timestamptz(3),
  reason text,
  receipt jsonb,
  PRIMARY KEY (consumer, position)
) PARTITION BY RANGE (position);
-- What waits behind another fact of its subject has no due time.
CREATE INDEX delivery_due ON log.delivery (consumer, next_attempt_at, position) WHERE status IN ('PENDING', 'FAILED') AND next_attempt_at IS NOT NULL;
CREATE INDEX delivery_blocking ON log.delivery (consumer, subject_id, position) WHERE status IN ('PENDING', 'FAILED', 'PARKED');
CREATE INDEX delivery_by_fact ON log.delivery (fact_id);

-- Long processes: what a fact started. Its steps come one after the other, worked by anybody.
CREATE TABLE log.process_run (
  id uuid PRIMARY KEY,
  process text NOT NULL,
  state text NOT NULL CHECK (state IN ('RUNNING', 'COMPENSATING', 'DONE', 'FAILED', 'COMPENSATED')),
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  fact_id uuid NOT NULL,
  correlation_id text NOT NULL,
  traceparent text,
  data jsonb NOT NULL,
  reason text,
  version integer NOT NULL DEFAULT 1,
  started_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  UNIQUE (process, fact_id)
);
CREATE INDEX process_run_by_start ON log.process_run (started_at, id);
CREATE INDEX process_run_by_state ON log.process_run (state, started_at, id);
CREATE INDEX process_run_by_end ON log.process_run (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX process_run_by_subject ON log.process_run (subject_id, started_at, id);

-- `undoes`: the step that this one compensates. `outside`: it calls another system before its transaction. `fence` rises with each claim.
CREATE TABLE log.process_step (
  run_id uuid NOT NULL REFERENCES log.process_run ON DELETE CASCADE,
  number smallint NOT NULL,
  process text NOT NULL,
  name text NOT NULL,
  state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'FAILED', 'CANCELLED')),
  undoes smallint,
  undoable boolean NOT NULL,
  outside boolean NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz(3) NOT NULL,
  deadline timestamptz(3),
  lease_until timestamptz(3),
  fence integer NOT NULL DEFAULT 0,
  result jsonb,
  reason text,
  ended_at timestamptz(3),
  PRIMARY KEY (run_id, number)
);
CREATE INDEX process_step_due ON log.process_step (due_at) WHERE state = 'OPEN';

-- What happens because a time came. Whoever works on it holds the row's lock.
CREATE TABLE log.schedule (
  name text PRIMARY KEY,
  next_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  reason text
);
