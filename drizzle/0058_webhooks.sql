-- What is sent to webhook endpoints, and what became of it. The endpoints themselves are entities: operations.webhook_endpoint. docs/adr/0056-webhooks.md
CREATE TABLE log.webhook_key (
  id uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('HMAC', 'ED25519')),
  -- Of ED25519: by it receivers verify.
  public_key text,
  created_at timestamptz(3) NOT NULL,
  -- From then on it signs nothing; null: until another takes its place.
  ends_at timestamptz(3)
);
CREATE INDEX webhook_key_of_endpoint ON log.webhook_key (endpoint_id, created_at);

-- What signs. Beside its key, so that no reader's role comes to it: there is no policy but that of commands.
CREATE TABLE log.webhook_secret (
  key_id uuid PRIMARY KEY REFERENCES log.webhook_key ON DELETE CASCADE,
  secret text NOT NULL
);

-- How an endpoint fares: written with every attempt.
CREATE TABLE log.webhook_state (
  endpoint_id uuid PRIMARY KEY,
  -- As its status says: nothing but pings goes to one that is not.
  active boolean NOT NULL,
  -- The first failure since the last success.
  failing_since timestamptz(3),
  -- Deliveries whose first attempt failed since then.
  failures integer NOT NULL DEFAULT 0,
  -- Nothing is sent before: it asked for that, or it fails again and again.
  not_before timestamptz(3),
  last_success_at timestamptz(3),
  last_attempt_at timestamptz(3),
  latency_ms integer
);

-- Deliveries are put into the queue again: they take a new place by themselves.
CREATE SEQUENCE log.webhook_queue;
GRANT USAGE ON SEQUENCE log.webhook_queue TO accord_command;
CREATE TABLE log.webhook_delivery (
  -- The webhook-id: from endpoint and fact, so that no replay changes it.
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  endpoint_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('EVENT', 'PING')),
  fact_id uuid,
  position bigint,
  type text NOT NULL,
  subject_id uuid,
  status text NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
  -- Since it was last put into the queue.
  attempts integer NOT NULL DEFAULT 0,
  queued bigint NOT NULL DEFAULT nextval('log.webhook_queue'),
  -- While it is being sent, the end of the lease: who died with it in hand is followed by another.
  due_at timestamptz(3),
  lease_until timestamptz(3),
  fence integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK ((kind = 'EVENT') = (fact_id IS NOT NULL AND position IS NOT NULL AND subject_id IS NOT NULL)),
  CHECK ((status = 'PENDING') = (due_at IS NOT NULL))
);
CREATE INDEX webhook_delivery_due ON log.webhook_delivery (endpoint_id, due_at, queued) WHERE status = 'PENDING';
CREATE INDEX webhook_delivery_in_order ON log.webhook_delivery (endpoint_id, subject_id, queued) WHERE status = 'PENDING';
CREATE INDEX webhook_delivery_leased ON log.webhook_delivery (endpoint_id, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_delivery_failed ON log.webhook_delivery (endpoint_id, queued) WHERE status = 'FAILED';
CREATE INDEX webhook_delivery_by_time ON log.webhook_delivery (created_at, id);
CREATE INDEX webhook_delivery_of_endpoint ON log.webhook_delivery (endpoint_id, created_at, id);
CREATE INDEX webhook_delivery_by_status ON log.webhook_delivery (endpoint_id, status, created_at, id);
CREATE INDEX webhook_delivery_of_fact ON log.webhook_delivery (fact_id, created_at, id);
CREATE INDEX webhook_delivery_done ON log.webhook_delivery (updated_at) WHERE status <> 'PENDING';

CREATE TABLE log.webhook_attempt (
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  delivery_id uuid NOT NULL REFERENCES log.webhook_delivery ON DELETE CASCADE,
  endpoint_id uuid NOT NULL,
  number integer NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('DELIVERED', 'REFUSED', 'REDIRECTED', 'GONE', 'THROTTLED', 'TIMED_OUT', 'UNREACHABLE', 'BLOCKED', 'LOST')),
  http_status integer,
  latency_ms integer NOT NULL,
  reason text,
  response text,
  started_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX webhook_attempt_of_delivery ON log.webhook_attempt (delivery_id, started_at, id);
CREATE INDEX webhook_attempt_by_start ON log.webhook_attempt (started_at);

-- What is put into the queue again, in bites.
CREATE TABLE log.webhook_replay (
  id uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL,
  -- RANGE: facts after `after` up to `up_to`, by position. FAILED: deliveries that failed, by their place in the queue.
  kind text NOT NULL CHECK (kind IN ('RANGE', 'FAILED')),
  after bigint NOT NULL,
  up_to bigint NOT NULL,
  requested_by text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX webhook_replay_in_order ON log.webhook_replay (created_at, id);
CREATE INDEX webhook_replay_of_endpoint ON log.webhook_replay (endpoint_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhook_key', 'webhook_state', 'webhook_delivery', 'webhook_attempt', 'webhook_replay'] LOOP
    EXECUTE format('CREATE POLICY reading ON log.%I FOR SELECT USING ((SELECT log.whole_firm()))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['webhook_key', 'webhook_secret', 'webhook_state', 'webhook_delivery', 'webhook_attempt', 'webhook_replay'] LOOP
    EXECUTE format('ALTER TABLE log.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY commanding ON log.%I TO accord_command USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
