-- Copies of the log outside, such as a NATS stream: how far each has come, and which worker writes it. docs/nats.md
CREATE TABLE log.sink (
  name text PRIMARY KEY,
  -- Facts up to here are out there.
  position bigint NOT NULL DEFAULT 0,
  -- The furthest that it ever came: what is behind it and written is written again.
  furthest bigint NOT NULL DEFAULT 0,
  -- Which copy it is (when it was made), and the number there of the last fact: both tell whether it has lost some.
  made text,
  sequence bigint,
  holder uuid NOT NULL,
  held_until timestamptz(3) NOT NULL,
  published bigint NOT NULL DEFAULT 0,
  republished bigint NOT NULL DEFAULT 0,
  connections bigint NOT NULL DEFAULT 0,
  moved_at timestamptz(3),
  -- Why it does not go on at present.
  fault text,
  CHECK ((made IS NULL) = (sequence IS NULL))
);

CREATE POLICY reading ON log.sink FOR SELECT USING ((SELECT log.whole_firm()));
ALTER TABLE log.sink ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.sink TO accord_command USING (true) WITH CHECK (true);
