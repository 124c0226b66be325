CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One labor category per employee and day. Deferred: replacing a history passes through overlaps.
ALTER TABLE resources.employee_labor_category
  ADD CONSTRAINT employee_labor_category_days_apart
  EXCLUDE USING gist (employee_id WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
  DEFERRABLE INITIALLY DEFERRED;
