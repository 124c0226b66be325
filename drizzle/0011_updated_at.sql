-- For readers of what changed: one index per list, in the order in which its pages go on.
CREATE INDEX customer_updated ON engagements.customer (updated_at, id);
--> statement-breakpoint
CREATE INDEX engagement_updated ON engagements.engagement (updated_at, id);
--> statement-breakpoint
CREATE INDEX contract_updated ON engagements.contract (updated_at, id);
--> statement-breakpoint
CREATE INDEX project_updated ON engagements.project (updated_at, id);
--> statement-breakpoint
CREATE INDEX task_updated ON engagements.task (updated_at, id);
--> statement-breakpoint
CREATE INDEX milestone_updated ON engagements.milestone (updated_at, id);
--> statement-breakpoint
CREATE INDEX labor_category_updated ON resources.labor_category (updated_at, id);
--> statement-breakpoint
CREATE INDEX employee_updated ON resources.employee (updated_at, id);
--> statement-breakpoint
CREATE INDEX assignment_updated ON resources.assignment (updated_at, id);
--> statement-breakpoint
CREATE INDEX timesheet_updated ON "time".timesheet (updated_at, id);
--> statement-breakpoint
CREATE INDEX timesheet_entry_updated ON "time".timesheet_entry (updated_at, id);
--> statement-breakpoint
CREATE INDEX expense_item_updated ON "time".expense_item (updated_at, id);
--> statement-breakpoint
CREATE INDEX legal_entity_updated ON finance.legal_entity (updated_at, id);
--> statement-breakpoint
CREATE INDEX tax_profile_updated ON finance.tax_profile (updated_at, id);
--> statement-breakpoint
CREATE INDEX cost_center_updated ON finance.cost_center (updated_at, id);
--> statement-breakpoint
CREATE INDEX fiscal_period_updated ON finance.fiscal_period (updated_at, id);
--> statement-breakpoint
CREATE INDEX rate_card_updated ON finance.rate_card (updated_at, id);
--> statement-breakpoint
CREATE INDEX rate_card_version_updated ON finance.rate_card_version (updated_at, id);
--> statement-breakpoint
CREATE INDEX actual_updated ON finance.actual (updated_at, id);
--> statement-breakpoint
CREATE INDEX invoice_updated ON finance.invoice (updated_at, id);
--> statement-breakpoint
CREATE INDEX payment_updated ON finance.payment (updated_at, id);
--> statement-breakpoint
CREATE INDEX journal_entry_updated ON finance.journal_entry (updated_at, id);
--> statement-breakpoint
CREATE INDEX revenue_event_updated ON finance.revenue_event (updated_at, id);
