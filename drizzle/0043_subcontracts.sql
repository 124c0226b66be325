-- Firms that work for ours, and orders to them.
CREATE TABLE "resources"."subcontract_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"subcontract_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"project_id" uuid NOT NULL,
	"employee_id" uuid,
	"labor_category_id" uuid,
	"unit_rate_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"limit_seconds" bigint,
	"limit_minor" bigint,
	CONSTRAINT "subcontract_line_whose" CHECK (num_nonnulls("resources"."subcontract_line"."employee_id", "resources"."subcontract_line"."labor_category_id") = 1),
	CONSTRAINT "subcontract_line_rate" CHECK ("resources"."subcontract_line"."unit_rate_minor" > 0),
	CONSTRAINT "subcontract_line_limits" CHECK ("resources"."subcontract_line"."limit_seconds" > 0 and "resources"."subcontract_line"."limit_minor" > 0),
	CONSTRAINT "subcontract_line_days" CHECK ("resources"."subcontract_line"."end_date" >= "resources"."subcontract_line"."start_date")
);

--> statement-breakpoint
CREATE TABLE "resources"."subcontractor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"tax_number" text,
	"email" text,
	"documents" jsonb NOT NULL,
	"submitted_by" text,
	"approved_by" text,
	"decision_note" text,
	CONSTRAINT "subcontractor_status" CHECK ("resources"."subcontractor"."status" in ('DRAFT', 'IN_REVIEW', 'APPROVED', 'SUSPENDED', 'ENDED'))
);

--> statement-breakpoint
CREATE TABLE "resources"."subcontract" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"subcontractor_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"currency" text NOT NULL,
	"tolerance_minor" bigint NOT NULL,
	"closed_on" date,
	CONSTRAINT "subcontract_status" CHECK ("resources"."subcontract"."status" in ('DRAFT', 'CONFIRMED', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "subcontract_tolerance" CHECK ("resources"."subcontract"."tolerance_minor" >= 0),
	CONSTRAINT "subcontract_closed" CHECK (("resources"."subcontract"."status" = 'CLOSED') = ("resources"."subcontract"."closed_on" is not null))
);

--> statement-breakpoint
ALTER TABLE "resources"."employee" ADD COLUMN "subcontractor_id" uuid;
--> statement-breakpoint
ALTER TABLE "resources"."subcontract_line" ADD CONSTRAINT "subcontract_line_subcontract_id_subcontract_id_fk" FOREIGN KEY ("subcontract_id") REFERENCES "resources"."subcontract"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources"."subcontract" ADD CONSTRAINT "subcontract_subcontractor_id_subcontractor_id_fk" FOREIGN KEY ("subcontractor_id") REFERENCES "resources"."subcontractor"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "subcontract_line_number" ON "resources"."subcontract_line" USING btree ("subcontract_id","number");
--> statement-breakpoint
CREATE INDEX "subcontract_line_of_project" ON "resources"."subcontract_line" USING btree ("project_id","subcontract_id");
--> statement-breakpoint
CREATE INDEX "subcontract_line_of_employee" ON "resources"."subcontract_line" USING btree ("employee_id","subcontract_id") WHERE employee_id is not null;
--> statement-breakpoint
CREATE INDEX "subcontractor_by_name" ON "resources"."subcontractor" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "subcontractor_by_created" ON "resources"."subcontractor" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "subcontractor_by_updated" ON "resources"."subcontractor" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "subcontractor_by_status" ON "resources"."subcontractor" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "subcontractor_of_legal_entity" ON "resources"."subcontractor" USING btree ("legal_entity_id","name","id");
--> statement-breakpoint
CREATE INDEX "subcontract_by_created" ON "resources"."subcontract" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "subcontract_by_updated" ON "resources"."subcontract" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "subcontract_by_status" ON "resources"."subcontract" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "subcontract_of_subcontractor" ON "resources"."subcontract" USING btree ("subcontractor_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "subcontract_of_legal_entity" ON "resources"."subcontract" USING btree ("legal_entity_id","created_at","id");
--> statement-breakpoint
ALTER TABLE "resources"."employee" ADD CONSTRAINT "employee_subcontractor_id_subcontractor_id_fk" FOREIGN KEY ("subcontractor_id") REFERENCES "resources"."subcontractor"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "employee_by_subcontractor" ON "resources"."employee" USING btree ("subcontractor_id","name","id") WHERE subcontractor_id is not null;
--> statement-breakpoint
ALTER TABLE "resources"."employee" ADD CONSTRAINT "employee_bought" CHECK ("resources"."employee"."subcontractor_id" is null or "resources"."employee"."worker_type" = 'CONTRACTOR');
--> statement-breakpoint
DROP POLICY reading ON "resources"."external_ref";
CREATE POLICY reading ON "resources"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "resources"."external_ref"."entity_type" when 'LaborCategory' then exists (select from "resources"."labor_category" where "resources"."labor_category"."id" = "resources"."external_ref"."entity_id") when 'Employee' then exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."external_ref"."entity_id") when 'Assignment' then exists (select from "resources"."assignment" where "resources"."assignment"."id" = "resources"."external_ref"."entity_id") when 'Absence' then exists (select from "resources"."absence" where "resources"."absence"."id" = "resources"."external_ref"."entity_id") when 'Holiday' then exists (select from "resources"."holiday" where "resources"."holiday"."id" = "resources"."external_ref"."entity_id") when 'ResourceRequest' then exists (select from "resources"."resource_request" where "resources"."resource_request"."id" = "resources"."external_ref"."entity_id") when 'Subcontractor' then exists (select from "resources"."subcontractor" where "resources"."subcontractor"."id" = "resources"."external_ref"."entity_id") when 'Subcontract' then exists (select from "resources"."subcontract" where "resources"."subcontract"."id" = "resources"."external_ref"."entity_id") else false end);
--> statement-breakpoint
ALTER TABLE "resources"."subcontract" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."subcontract" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."subcontract" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "resources"."subcontract"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."subcontract_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."subcontract_line" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."subcontract_line" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "resources"."subcontract_line"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."subcontractor" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."subcontractor" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."subcontractor" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "resources"."subcontractor"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
-- Finance prices time by the lines of the subcontractor whose person worked.
CREATE INDEX reference_subcontract_line_of_subcontractor ON log.reference ((data->>'subcontractorId')) WHERE entity_type = 'SubcontractLine';
--> statement-breakpoint
-- What was ordered stays as it was ordered, whoever writes.
CREATE FUNCTION resources.frozen_subcontract_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line resources.subcontract_line := coalesce(old, new);
BEGIN
  IF (SELECT status FROM resources.subcontract WHERE id = line.subcontract_id) <> 'DRAFT' THEN
    RAISE EXCEPTION 'The lines of an order are frozen once it has left DRAFT; make another order.' USING ERRCODE = 'AC002', CONSTRAINT = 'linesFrozen';
  END IF;
  RETURN coalesce(new, old);
END $$;
--> statement-breakpoint
CREATE TRIGGER subcontract_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON resources.subcontract_line FOR EACH ROW EXECUTE FUNCTION resources.frozen_subcontract_line();
