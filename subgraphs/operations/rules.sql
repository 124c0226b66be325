-- The operations desk lists deliveries by the place of their fact in the log, and those about one subject.
CREATE INDEX IF NOT EXISTS delivery_by_position ON log.delivery (position, consumer);
CREATE INDEX IF NOT EXISTS delivery_by_subject ON log.delivery (subject_id, position, consumer);
