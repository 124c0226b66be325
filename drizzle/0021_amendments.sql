CREATE TABLE "engagements"."amendment_receipt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"amendment_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"system" text NOT NULL,
	"kind" text NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" text,
	"note" text,
	CONSTRAINT "amendment_receipt_kind" CHECK ("engagements"."amendment_receipt"."kind" in ('PROCESS', 'SYSTEM')),
	CONSTRAINT "amendment_receipt_acknowledged" CHECK (("engagements"."amendment_receipt"."acknowledged_at" is null) = ("engagements"."amendment_receipt"."acknowledged_by" is null))
);

--> statement-breakpoint
CREATE TABLE "engagements"."amendment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"effective_from" date NOT NULL,
	"adjustment_date" date,
	"reason" text NOT NULL,
	"changes" jsonb NOT NULL,
	"notify" text[] NOT NULL,
	"author_id" text NOT NULL,
	"submitted_by" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text,
	"applied_by" text,
	"applied_at" timestamp (3) with time zone,
	"first_number" integer,
	"last_number" integer,
	"applied" jsonb,
	CONSTRAINT "amendment_status" CHECK ("engagements"."amendment"."status" in ('DRAFT', 'SUBMITTED', 'ACCEPTED', 'APPLIED', 'REJECTED', 'WITHDRAWN')),
	CONSTRAINT "amendment_decided" CHECK (("engagements"."amendment"."decided_at" is not null) = ("engagements"."amendment"."status" in ('ACCEPTED', 'APPLIED', 'REJECTED', 'WITHDRAWN'))),
	CONSTRAINT "amendment_applied" CHECK (("engagements"."amendment"."status" = 'APPLIED') = (num_nulls(applied_at, applied_by, first_number, last_number, applied) = 0))
);

--> statement-breakpoint
CREATE TABLE "resources"."assignment_record" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"assignment_id" uuid NOT NULL,
	"assignment_version" integer NOT NULL,
	"employee_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid,
	"status" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"weekly_seconds" bigint NOT NULL,
	"recorded_by" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."rerate_proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rerate_id" uuid NOT NULL,
	"amendment_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid,
	"invoice_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"entries" integer NOT NULL,
	"currency" text NOT NULL,
	"before_minor" bigint NOT NULL,
	"after_minor" bigint NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"credit_note_id" uuid,
	"rebilled_id" uuid,
	CONSTRAINT "rerate_proposal_status" CHECK ("finance"."rerate_proposal"."status" in ('PROPOSED', 'ACCEPTED', 'DISMISSED')),
	CONSTRAINT "rerate_proposal_kind" CHECK ("finance"."rerate_proposal"."kind" in ('CANCEL_AND_REDRAFT', 'CREDIT_AND_REBILL')),
	CONSTRAINT "rerate_proposal_decided" CHECK (("finance"."rerate_proposal"."status" = 'PROPOSED') = ("finance"."rerate_proposal"."decided_at" is null))
);

--> statement-breakpoint
CREATE TABLE "finance"."rerate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"amendment_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid,
	"name" text NOT NULL,
	"from_date" date NOT NULL,
	"adjustment_date" date,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"after_date" date,
	"after_id" uuid,
	"repriced" integer NOT NULL,
	"invoiced" integer NOT NULL,
	"refused" integer NOT NULL,
	"currency" text NOT NULL,
	"before_minor" bigint NOT NULL,
	"after_minor" bigint NOT NULL,
	"fact_id" uuid NOT NULL,
	"correlation_id" text NOT NULL,
	"traceparent" text,
	CONSTRAINT "rerate_place" CHECK (("finance"."rerate"."after_date" is null) = ("finance"."rerate"."after_id" is null))
);

--> statement-breakpoint
ALTER TABLE "finance"."rerate_proposal" ADD CONSTRAINT "rerate_proposal_rerate_id_rerate_id_fk" FOREIGN KEY ("rerate_id") REFERENCES "finance"."rerate"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "amendment_receipt_once" ON "engagements"."amendment_receipt" USING btree ("amendment_id","system");
--> statement-breakpoint
CREATE INDEX "amendment_of_contract" ON "engagements"."amendment" USING btree ("contract_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "amendment_of_customer" ON "engagements"."amendment" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "amendment_by_status" ON "engagements"."amendment" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "amendment_by_created" ON "engagements"."amendment" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "amendment_by_effective" ON "engagements"."amendment" USING btree ("effective_from","id");
--> statement-breakpoint
CREATE INDEX "amendment_updated" ON "engagements"."amendment" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "assignment_record_of_assignment" ON "resources"."assignment_record" USING btree ("assignment_id","created_at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rerate_proposal_once" ON "finance"."rerate_proposal" USING btree ("rerate_id","invoice_id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_by_created" ON "finance"."rerate_proposal" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_by_status" ON "finance"."rerate_proposal" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_of_contract" ON "finance"."rerate_proposal" USING btree ("contract_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_of_amendment" ON "finance"."rerate_proposal" USING btree ("amendment_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_of_invoice" ON "finance"."rerate_proposal" USING btree ("invoice_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "rerate_proposal_updated" ON "finance"."rerate_proposal" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rerate_of_amendment" ON "finance"."rerate" USING btree ("amendment_id");
--> statement-breakpoint
CREATE INDEX "rerate_running" ON "finance"."rerate" USING btree ("started_at","id") WHERE finished_at is null;
--> statement-breakpoint
ALTER TABLE "engagements"."amendment" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "engagements"."amendment" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "engagements"."amendment" FOR SELECT USING (((select log.every_customer()) or "engagements"."amendment"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."amendment"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then "engagements"."amendment"."status" in ('ACCEPTED', 'APPLIED') and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."amendment"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "engagements"."amendment_receipt" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "engagements"."amendment_receipt" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "engagements"."amendment_receipt" FOR SELECT USING (((select log.every_customer()) or "engagements"."amendment_receipt"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."amendment_receipt"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."amendment_receipt"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "engagements"."external_ref";
CREATE POLICY reading ON "engagements"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "engagements"."external_ref"."entity_type" when 'Customer' then exists (select from "engagements"."customer" where "engagements"."customer"."id" = "engagements"."external_ref"."entity_id") when 'Engagement' then exists (select from "engagements"."engagement" where "engagements"."engagement"."id" = "engagements"."external_ref"."entity_id") when 'Contract' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."external_ref"."entity_id") when 'Amendment' then exists (select from "engagements"."amendment" where "engagements"."amendment"."id" = "engagements"."external_ref"."entity_id") when 'Project' then exists (select from "engagements"."project" where "engagements"."project"."id" = "engagements"."external_ref"."entity_id") when 'Task' then exists (select from "engagements"."task" where "engagements"."task"."id" = "engagements"."external_ref"."entity_id") when 'Milestone' then exists (select from "engagements"."milestone" where "engagements"."milestone"."id" = "engagements"."external_ref"."entity_id") else false end);
--> statement-breakpoint
ALTER TABLE "finance"."rerate" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."rerate" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."rerate" FOR SELECT USING (((select log.every_customer()) or "finance"."rerate"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("finance"."rerate"."legal_entity_id" is null or "finance"."rerate"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."rerate_proposal" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."rerate_proposal" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."rerate_proposal" FOR SELECT USING (((select log.every_customer()) or "finance"."rerate_proposal"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("finance"."rerate_proposal"."legal_entity_id" is null or "finance"."rerate_proposal"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "resources"."assignment_record" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "resources"."assignment_record" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "resources"."assignment_record" FOR SELECT USING (((select log.every_customer()) or "resources"."assignment_record"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("resources"."assignment_record"."legal_entity_id" is null or "resources"."assignment_record"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then "resources"."assignment_record"."employee_id" = any((select log.employees())::uuid[]) else true end);
