-- Forecasts read revenue by project, and by project, customer, contract and manager what the siblings publish of projects and planned work.
CREATE INDEX "journal_line_of_project" ON "finance"."journal_line" USING btree ("project_id","account") WHERE project_id is not null;
--> statement-breakpoint
CREATE INDEX reference_assignment_of_project ON log.reference ((data->>'projectId')) WHERE entity_type = 'Assignment';
--> statement-breakpoint
CREATE INDEX reference_project_of_customer ON log.reference ((data->>'customerId'), entity_id) WHERE entity_type = 'Project';
--> statement-breakpoint
CREATE INDEX reference_project_of_contract ON log.reference ((data->>'contractId'), entity_id) WHERE entity_type = 'Project';
--> statement-breakpoint
CREATE INDEX reference_project_of_manager ON log.reference ((data->>'managerId'), entity_id) WHERE entity_type = 'Project';
--> statement-breakpoint
-- Assignments were not published one by one before. Of the references the owner is let in for the moment.
SET LOCAL accord.scope = 'command';
--> statement-breakpoint
ALTER TABLE log.reference NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO log.reference (entity_type, entity_id, version, data)
SELECT 'Assignment', id, version, jsonb_build_object('employeeId', employee_id, 'projectId', project_id, 'taskId', task_id, 'status', status,
    'startDate', from_date, 'endDate', to_date, 'weeklySeconds', weekly_seconds::text)
  FROM resources.assignment ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE log.reference FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
RESET accord.scope;
