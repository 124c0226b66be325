CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A day of a person belongs to one timesheet: so the limits per day and week are guarded by locking that one row.
ALTER TABLE time.timesheet ADD CONSTRAINT timesheet_periods_do_not_overlap
  EXCLUDE USING gist (employee_id WITH =, daterange(period_start, period_end, '[]') WITH &&);
