-- What one subgraph holds of another's entity, so that only one of both goes on with it: work that stands on an invoice, or that its owner asked back. A row
-- without a holder is nobody's, and stays: whoever wants it next has something to wait for.
CREATE TABLE log.claim (
  entity_type text NOT NULL,
  entity_id uuid NOT NULL,
  version integer NOT NULL,
  holder text,
  for_id uuid,
  PRIMARY KEY (entity_type, entity_id)
);
--> statement-breakpoint
-- What stands on invoices today, what is on its way back, what was taken back once, and the numbers by which invoices are named. Until the table has its
-- policies its owner may write it; of the references the owner is let in for the moment.
SET LOCAL accord.scope = 'command';
--> statement-breakpoint
INSERT INTO log.claim (entity_type, entity_id, version, holder, for_id)
SELECT DISTINCT ON (1, 2) CASE source_type WHEN 'TIMESHEET_ENTRY' THEN 'TimesheetEntry' ELSE 'ExpenseItem' END, source_id, source_version,
    CASE WHEN taken THEN 'finance' END, CASE WHEN taken THEN invoice_id END
  FROM (SELECT *, status IN ('ON_INVOICE', 'BILLED') AND reversed_by_id IS NULL AS taken FROM finance.actual
    WHERE source_type IN ('TIMESHEET_ENTRY', 'EXPENSE_ITEM') AND kind = 'UNBILLED_SALES' AND reverses_id IS NULL) AS sale
  WHERE taken OR reversed_by_id IS NOT NULL
  ORDER BY 1, 2, taken DESC, source_version DESC;
--> statement-breakpoint
INSERT INTO log.claim AS held (entity_type, entity_id, version, holder)
SELECT 'TimesheetEntry', id, coalesce(approved_version, version), 'time' FROM time.timesheet_entry WHERE status = 'RECALL_REQUESTED'
  ON CONFLICT (entity_type, entity_id) DO UPDATE SET holder = 'time', version = excluded.version WHERE held.holder IS NULL;
--> statement-breakpoint
ALTER TABLE log.reference NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO log.reference (entity_type, entity_id, version, data)
SELECT 'Invoice', id, version, jsonb_build_object('number', number) FROM finance.invoice WHERE number <> '' ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Who manages an employee may decide on their time: the published employee says so from now on.
UPDATE log.reference SET data = data || jsonb_build_object('managerId', employee.manager_id)
  FROM resources.employee WHERE entity_type = 'Employee' AND entity_id = employee.id;
--> statement-breakpoint
ALTER TABLE log.reference FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE INDEX claim_by_for ON log.claim (for_id) WHERE for_id IS NOT NULL;
ALTER TABLE log.claim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON log.claim TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON log.claim FOR SELECT USING ((SELECT log.whole_firm()));
--> statement-breakpoint
RESET accord.scope;
