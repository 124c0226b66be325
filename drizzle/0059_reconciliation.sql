CREATE TABLE "operations"."reconciliation_break" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"pair" text NOT NULL,
	"cause" text NOT NULL,
	"code" text,
	"customer_id" uuid NOT NULL,
	"project_id" uuid,
	"legal_entity_id" uuid,
	"week" date NOT NULL,
	"currency" text,
	"left_count" integer NOT NULL,
	"left_seconds" bigint NOT NULL,
	"left_minor" bigint NOT NULL,
	"left_hash" text NOT NULL,
	"right_count" integer NOT NULL,
	"right_seconds" bigint NOT NULL,
	"right_minor" bigint NOT NULL,
	"right_hash" text NOT NULL,
	"count" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"example_ids" uuid[] NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reason" text,
	"accepted_by" text,
	CONSTRAINT "reconciliation_break_status" CHECK ("operations"."reconciliation_break"."status" in ('OPEN', 'EXPLAINED', 'ACCEPTED', 'RESOLVED')),
	CONSTRAINT "reconciliation_break_pair" CHECK ("operations"."reconciliation_break"."pair" in ('APPROVED_POSTED', 'POSTED_BILLED', 'BILLED_PAID', 'BILLED_RECOGNIZED')),
	CONSTRAINT "reconciliation_break_cause" CHECK ("operations"."reconciliation_break"."cause" in ('EXCEPTION', 'EXCEPTION_DISMISSED', 'PARKED_DELIVERY', 'UNDER_WAY', 'READY_TO_BILL', 'HELD', 'ON_DRAFT_INVOICE', 'NOT_YET_DUE', 'OVERDUE', 'DISPUTED', 'NOT_YET_RECOGNIZED', 'UNKNOWN')),
	CONSTRAINT "reconciliation_break_explained" CHECK (("operations"."reconciliation_break"."status" = 'EXPLAINED') = ("operations"."reconciliation_break"."cause" <> 'UNKNOWN')),
	CONSTRAINT "reconciliation_break_ended" CHECK (("operations"."reconciliation_break"."status" = 'RESOLVED') = ("operations"."reconciliation_break"."ended_at" is not null)),
	CONSTRAINT "reconciliation_break_accepted" CHECK ("operations"."reconciliation_break"."status" <> 'ACCEPTED' or num_nulls("operations"."reconciliation_break"."reason", "operations"."reconciliation_break"."accepted_by") = 0)
);

--> statement-breakpoint
CREATE TABLE "operations"."reconciliation_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"complete" boolean NOT NULL,
	"started_by" text NOT NULL,
	"from_position" bigint NOT NULL,
	"as_of_position" bigint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"after_customer_id" uuid,
	"customers" integer DEFAULT 0 NOT NULL,
	"compared" integer DEFAULT 0 NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"resolved" integer DEFAULT 0 NOT NULL,
	"explained" integer DEFAULT 0 NOT NULL,
	"worked" integer DEFAULT 0 NOT NULL
);

--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_break_standing" ON "operations"."reconciliation_break" USING btree ("customer_id","pair","week","cause",coalesce(project_id, '00000000-0000-0000-0000-000000000000'),coalesce(legal_entity_id, '00000000-0000-0000-0000-000000000000'),coalesce(code, ''),coalesce(currency, '')) WHERE status <> 'RESOLVED';
--> statement-breakpoint
CREATE INDEX "reconciliation_break_of_customer" ON "operations"."reconciliation_break" USING btree ("customer_id","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "reconciliation_break_of_project" ON "operations"."reconciliation_break" USING btree ("project_id","last_seen_at","id") WHERE project_id is not null;
--> statement-breakpoint
CREATE INDEX "reconciliation_break_of_legal_entity" ON "operations"."reconciliation_break" USING btree ("legal_entity_id","last_seen_at","id") WHERE legal_entity_id is not null;
--> statement-breakpoint
CREATE INDEX "reconciliation_break_by_status" ON "operations"."reconciliation_break" USING btree ("status","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "reconciliation_break_by_last" ON "operations"."reconciliation_break" USING btree ("last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "reconciliation_break_by_first" ON "operations"."reconciliation_break" USING btree ("first_seen_at","id");
--> statement-breakpoint
CREATE INDEX "reconciliation_break_by_week" ON "operations"."reconciliation_break" USING btree ("week","id");
--> statement-breakpoint
CREATE INDEX "reconciliation_break_by_amount" ON "operations"."reconciliation_break" USING btree ("amount_minor","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_run_standing" ON "operations"."reconciliation_run" USING btree ((finished_at is null)) WHERE finished_at is null;
--> statement-breakpoint
CREATE INDEX "reconciliation_run_by_started" ON "operations"."reconciliation_run" USING btree ("started_at","id");
--> statement-breakpoint
ALTER TABLE "operations"."reconciliation_break" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "operations"."reconciliation_break" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "operations"."reconciliation_break" FOR SELECT USING (((select log.every_customer()) or "operations"."reconciliation_break"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("operations"."reconciliation_break"."legal_entity_id" is null or "operations"."reconciliation_break"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "operations"."reconciliation_run" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "operations"."reconciliation_run" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "operations"."reconciliation_run" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
