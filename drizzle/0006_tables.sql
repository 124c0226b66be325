CREATE TABLE "operations"."repair" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"code" text NOT NULL,
	"customer_id" uuid,
	"project_id" uuid,
	"legal_entity_id" uuid,
	"mended_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"last" boolean DEFAULT false NOT NULL,
	"after_id" uuid,
	"correlation_id" text NOT NULL,
	"fact_id" uuid NOT NULL,
	"traceparent" text
);

--> statement-breakpoint
ALTER TABLE "finance"."rate_card_version" DROP CONSTRAINT "rate_card_version_dates";
--> statement-breakpoint
DROP INDEX "finance"."rate_card_version_date";
--> statement-breakpoint
ALTER TABLE "resources"."assignment" ADD COLUMN "overbook_reason" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "tax_basis_points" integer;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "supplied_from" date;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "supplied_to" date;
--> statement-breakpoint
CREATE UNIQUE INDEX "repair_of_fact" ON "operations"."repair" USING btree ("fact_id","code");
--> statement-breakpoint
CREATE INDEX "repair_by_due" ON "operations"."repair" USING btree ("due_at","id");
--> statement-breakpoint
CREATE INDEX "exception_open_by_code" ON "operations"."exception" USING btree ("code","id") WHERE status = 'OPEN';
--> statement-breakpoint
CREATE INDEX "exception_standing_by_first" ON "operations"."exception" USING btree ("first_seen_at","id") WHERE status in ('OPEN', 'RETRYING');
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_supplied" CHECK ("finance"."invoice_line"."supplied_from" <= "finance"."invoice_line"."supplied_to");
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_version" ADD CONSTRAINT "rate_card_version_dates" CHECK ("finance"."rate_card_version"."effective_to" >= "finance"."rate_card_version"."effective_from" - 1);
--> statement-breakpoint
ALTER TABLE "operations"."repair" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "operations"."repair" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "operations"."repair" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
