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
ALTER TABLE "resources"."assignment" ADD COLUMN "overbook_reason" text;
--> statement-breakpoint
CREATE UNIQUE INDEX "repair_of_fact" ON "operations"."repair" USING btree ("fact_id","code");
--> statement-breakpoint
CREATE INDEX "repair_by_due" ON "operations"."repair" USING btree ("due_at","id");
--> statement-breakpoint
CREATE INDEX "exception_open_by_code" ON "operations"."exception" USING btree ("code","id") WHERE status = 'OPEN';
--> statement-breakpoint
CREATE INDEX "exception_standing_by_first" ON "operations"."exception" USING btree ("first_seen_at","id") WHERE status in ('OPEN', 'RETRYING');
