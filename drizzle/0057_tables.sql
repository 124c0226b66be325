CREATE TABLE "operations"."webhook_endpoint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"contract" text,
	"permissions" jsonb NOT NULL,
	"customer_ids" jsonb,
	"legal_entity_ids" jsonb,
	"employee_ids" jsonb,
	"filter" jsonb NOT NULL,
	"start_position" bigint NOT NULL,
	"stopped_position" bigint,
	"stopped_at" timestamp (3) with time zone,
	"stop_reason" text,
	"created_by" text NOT NULL,
	CONSTRAINT "webhook_endpoint_status" CHECK ("operations"."webhook_endpoint"."status" in ('ACTIVE', 'DISABLED', 'RETIRED'))
);

--> statement-breakpoint
CREATE INDEX "webhook_endpoint_by_time" ON "operations"."webhook_endpoint" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "webhook_endpoint_by_status" ON "operations"."webhook_endpoint" USING btree ("status","created_at","id");
--> statement-breakpoint
ALTER TABLE "operations"."webhook_endpoint" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "operations"."webhook_endpoint" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "operations"."webhook_endpoint" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
