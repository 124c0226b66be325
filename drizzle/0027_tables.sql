ALTER TABLE "finance"."actual" DROP CONSTRAINT "actual_kind";
--> statement-breakpoint
ALTER TABLE "finance"."actual" DROP CONSTRAINT "actual_source_type";
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" DROP CONSTRAINT "revenue_event_method";
--> statement-breakpoint
DROP INDEX "finance"."actual_source_once";
--> statement-breakpoint
DROP INDEX "finance"."actual_revision_once";
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD COLUMN "instalments" jsonb;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD COLUMN "retainer" jsonb;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD COLUMN "expenses" jsonb;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_version" ADD COLUMN "not_to_exceed_minor" bigint;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "part" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "expense_category" text;
--> statement-breakpoint
CREATE INDEX "actual_drawn" ON "finance"."actual" USING btree ("contract_line_id","work_date") WHERE kind = 'DRAWN_SALES';
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_source_once" ON "finance"."actual" USING btree ("source_type","source_id","source_version","kind","part") WHERE reverses_id is null and reversed_by_id is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_revision_once" ON "finance"."actual" USING btree ("source_id","source_type","source_version","kind","pricing_revision","part") WHERE reverses_id is null;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD CONSTRAINT "contract_line_billing" CHECK (("engagements"."contract_line_terms"."instalments" is null or "engagements"."contract_line_terms"."method" = 'FIXED_FEE') and ("engagements"."contract_line_terms"."retainer" is null or "engagements"."contract_line_terms"."method" = 'RETAINER') and ("engagements"."contract_line_terms"."expenses" is null or 'EXPENSE' = any("engagements"."contract_line_terms"."kinds")));
--> statement-breakpoint
ALTER TABLE "engagements"."contract_version" ADD CONSTRAINT "contract_version_limit" CHECK ("engagements"."contract_version"."not_to_exceed_minor" > 0);
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_kind" CHECK ("finance"."actual"."kind" in ('COST', 'UNBILLED_SALES', 'DRAWN_SALES', 'BILLED_SALES'));
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_source_type" CHECK ("finance"."actual"."source_type" in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM', 'MILESTONE', 'CONTRACT_FEE', 'INVOICE_LINE', 'EXTERNAL'));
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ADD CONSTRAINT "revenue_event_method" CHECK ("finance"."revenue_event"."method" in ('AS_BILLED', 'STRAIGHT_LINE', 'MILESTONE', 'COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER'));
