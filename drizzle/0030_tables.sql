CREATE TABLE "resources"."absence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"status" text DEFAULT 'APPROVED' NOT NULL,
	"kind" text NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"daily_seconds" bigint,
	CONSTRAINT "absence_status" CHECK ("resources"."absence"."status" in ('APPROVED', 'CANCELLED')),
	CONSTRAINT "absence_kind" CHECK ("resources"."absence"."kind" in ('VACATION', 'SICKNESS', 'PARENTAL', 'TRAINING', 'OTHER')),
	CONSTRAINT "absence_days" CHECK ("resources"."absence"."end_date" >= "resources"."absence"."start_date"),
	CONSTRAINT "absence_daily_seconds" CHECK ("resources"."absence"."daily_seconds" > 0 and "resources"."absence"."daily_seconds" <= 86400)
);

--> statement-breakpoint
CREATE TABLE "resources"."employee_skill" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"name" text NOT NULL,
	"level" integer NOT NULL,
	"valid_from" date NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "employee_skill_level" CHECK ("resources"."employee_skill"."level" between 1 and 5)
);

--> statement-breakpoint
CREATE TABLE "resources"."employee_work_week" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	"day_seconds" integer[] NOT NULL,
	CONSTRAINT "employee_work_week_days" CHECK (cardinality("resources"."employee_work_week"."day_seconds") = 7 and 0 <= all("resources"."employee_work_week"."day_seconds") and 86400 >= all("resources"."employee_work_week"."day_seconds"))
);

--> statement-breakpoint
CREATE TABLE "resources"."holiday" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"date" date NOT NULL,
	"name" text NOT NULL,
	"legal_entity_id" uuid,
	"active" boolean DEFAULT true NOT NULL
);

--> statement-breakpoint
CREATE TABLE "resources"."resource_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid,
	"legal_entity_id" uuid,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"name" text NOT NULL,
	"labor_category_id" uuid,
	"skills" jsonb NOT NULL,
	"weekly_seconds" bigint,
	"percent" integer,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"place" text,
	"employer_id" uuid,
	"proposals" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"decision_note" text,
	CONSTRAINT "resource_request_status" CHECK ("resources"."resource_request"."status" in ('DRAFT', 'SUBMITTED', 'PROPOSED', 'FULFILLED', 'CANCELLED')),
	CONSTRAINT "resource_request_days" CHECK ("resources"."resource_request"."end_date" >= "resources"."resource_request"."start_date"),
	CONSTRAINT "resource_request_amount" CHECK (num_nonnulls("resources"."resource_request"."weekly_seconds", "resources"."resource_request"."percent") = 1),
	CONSTRAINT "resource_request_weekly_seconds" CHECK ("resources"."resource_request"."weekly_seconds" > 0 and "resources"."resource_request"."weekly_seconds" <= 604800),
	CONSTRAINT "resource_request_percent" CHECK ("resources"."resource_request"."percent" between 1 and 100)
);

--> statement-breakpoint
ALTER TABLE "resources"."assignment" ADD COLUMN "planned_end_date" date;
--> statement-breakpoint
CREATE INDEX "absence_by_start" ON "resources"."absence" USING btree ("start_date","id");
--> statement-breakpoint
CREATE INDEX "absence_by_created" ON "resources"."absence" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "absence_by_updated" ON "resources"."absence" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "absence_of_employee" ON "resources"."absence" USING btree ("employee_id","start_date","id");
--> statement-breakpoint
CREATE INDEX "absence_standing" ON "resources"."absence" USING btree ("employee_id","end_date") WHERE "resources"."absence"."status" = 'APPROVED';
--> statement-breakpoint
CREATE UNIQUE INDEX "employee_skill_once" ON "resources"."employee_skill" USING btree ("employee_id",lower("name"));
--> statement-breakpoint
CREATE INDEX "employee_skill_by_name" ON "resources"."employee_skill" USING btree (lower("name"),"level","employee_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "employee_work_week_first_day" ON "resources"."employee_work_week" USING btree ("employee_id","effective_from");
--> statement-breakpoint
CREATE INDEX "holiday_by_date" ON "resources"."holiday" USING btree ("date","id");
--> statement-breakpoint
CREATE INDEX "holiday_by_updated" ON "resources"."holiday" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "resource_request_by_start" ON "resources"."resource_request" USING btree ("start_date","id");
--> statement-breakpoint
CREATE INDEX "resource_request_by_created" ON "resources"."resource_request" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "resource_request_by_updated" ON "resources"."resource_request" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "resource_request_by_status" ON "resources"."resource_request" USING btree ("status","start_date","id");
--> statement-breakpoint
CREATE INDEX "resource_request_of_project" ON "resources"."resource_request" USING btree ("project_id","start_date","id");
--> statement-breakpoint
CREATE INDEX "resource_request_of_customer" ON "resources"."resource_request" USING btree ("customer_id","start_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_cut_short" ON "resources"."assignment" USING btree ("project_id","from_date","id") WHERE "resources"."assignment"."planned_end_date" is not null;
--> statement-breakpoint
ALTER TABLE "resources"."absence" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."absence" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."absence" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."absence"."employee_id" and ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."employee_skill" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."employee_skill" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."employee_skill" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."employee_skill"."employee_id" and ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."employee_work_week" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."employee_work_week" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."employee_work_week" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."employee_work_week"."employee_id" and ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "resources"."external_ref";
CREATE POLICY reading ON "resources"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "resources"."external_ref"."entity_type" when 'LaborCategory' then exists (select from "resources"."labor_category" where "resources"."labor_category"."id" = "resources"."external_ref"."entity_id") when 'Employee' then exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."external_ref"."entity_id") when 'Assignment' then exists (select from "resources"."assignment" where "resources"."assignment"."id" = "resources"."external_ref"."entity_id") when 'Absence' then exists (select from "resources"."absence" where "resources"."absence"."id" = "resources"."external_ref"."entity_id") when 'Holiday' then exists (select from "resources"."holiday" where "resources"."holiday"."id" = "resources"."external_ref"."entity_id") when 'ResourceRequest' then exists (select from "resources"."resource_request" where "resources"."resource_request"."id" = "resources"."external_ref"."entity_id") else false end);
--> statement-breakpoint
ALTER TABLE "resources"."holiday" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."holiday" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."holiday" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or ("resources"."holiday"."legal_entity_id" is null or "resources"."holiday"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."resource_request" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."resource_request" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."resource_request" FOR SELECT USING (((select log.every_customer()) or "resources"."resource_request"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("resources"."resource_request"."legal_entity_id" is null or "resources"."resource_request"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
