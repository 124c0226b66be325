-- What closes the cursors that people outside the firm get: positions would tell them how much happens in it.
ALTER TABLE log.head ADD COLUMN seal text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '');
