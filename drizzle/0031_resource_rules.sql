-- A skill, a work week and time off are of an employee.
ALTER TABLE resources.employee_skill ADD CONSTRAINT employee_skill_employee FOREIGN KEY (employee_id) REFERENCES resources.employee (id);
--> statement-breakpoint
ALTER TABLE resources.employee_work_week ADD CONSTRAINT employee_work_week_employee FOREIGN KEY (employee_id) REFERENCES resources.employee (id);
--> statement-breakpoint
ALTER TABLE resources.absence ADD CONSTRAINT absence_employee FOREIGN KEY (employee_id) REFERENCES resources.employee (id);
--> statement-breakpoint
-- One week holds at a time.
ALTER TABLE resources.employee_work_week
  ADD CONSTRAINT employee_work_week_days_apart
  EXCLUDE USING gist (employee_id WITH =, daterange(effective_from, effective_to, '[]') WITH &&)
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE resources.resource_request ADD CONSTRAINT resource_request_labor_category FOREIGN KEY (labor_category_id) REFERENCES resources.labor_category (id);
--> statement-breakpoint
-- Who is proposed, and what came of it, stays as it was agreed.
CREATE FUNCTION resources.request_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('FULFILLED', 'CANCELLED') OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A request never changes once it is %; draft another one.', OLD.status USING ERRCODE = 'AC002', CONSTRAINT = 'requestFrozen';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER resource_request_frozen BEFORE UPDATE OR DELETE ON resources.resource_request FOR EACH ROW EXECUTE FUNCTION resources.request_frozen();
