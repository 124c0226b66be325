CREATE TABLE "engagements"."opportunity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"description" text,
	"value_minor" bigint,
	"currency" text,
	"legal_entity_id" uuid,
	"method" text,
	"expected_close_on" date,
	"start_date" date,
	"end_date" date,
	"manager_id" uuid,
	"rate_card_id" uuid,
	"lines" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"rates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"lost_reason" text,
	"onboarding" text,
	"run_id" uuid,
	"engagement_id" uuid,
	"contract_id" uuid,
	"project_id" uuid,
	CONSTRAINT "opportunity_status" CHECK ("engagements"."opportunity"."status" in ('OPEN', 'WON', 'LOST')),
	CONSTRAINT "opportunity_method" CHECK ("engagements"."opportunity"."method" in ('TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER')),
	CONSTRAINT "opportunity_onboarding" CHECK ("engagements"."opportunity"."onboarding" in ('STARTED', 'PROVISIONING', 'DONE', 'FAILED')),
	CONSTRAINT "opportunity_value" CHECK (("engagements"."opportunity"."value_minor" is null) = ("engagements"."opportunity"."currency" is null)),
	CONSTRAINT "opportunity_onboarded_is_won" CHECK ("engagements"."opportunity"."status" = 'WON' or num_nonnulls("engagements"."opportunity"."onboarding", "engagements"."opportunity"."engagement_id") = 0),
	CONSTRAINT "opportunity_dates" CHECK ("engagements"."opportunity"."start_date" <= "engagements"."opportunity"."end_date")
);

--> statement-breakpoint
CREATE TABLE "engagements"."provisioning" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"system" text NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "provisioning_once" UNIQUE("project_id","system"),
	CONSTRAINT "provisioning_status" CHECK ("engagements"."provisioning"."status" in ('PENDING', 'ACKNOWLEDGED', 'REFUSED')),
	CONSTRAINT "provisioning_answered" CHECK (("engagements"."provisioning"."status" = 'PENDING') = ("engagements"."provisioning"."answered_at" is null)),
	CONSTRAINT "provisioning_reason" CHECK (("engagements"."provisioning"."status" = 'REFUSED') = ("engagements"."provisioning"."reason" is not null))
);

--> statement-breakpoint
ALTER TABLE "engagements"."project" ADD COLUMN "opportunity_id" uuid;
--> statement-breakpoint
CREATE INDEX "opportunity_by_name" ON "engagements"."opportunity" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_customer_name" ON "engagements"."opportunity" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_status_name" ON "engagements"."opportunity" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_manager_name" ON "engagements"."opportunity" USING btree ("manager_id","name","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_created" ON "engagements"."opportunity" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_customer_created" ON "engagements"."opportunity" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_status_created" ON "engagements"."opportunity" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_manager_created" ON "engagements"."opportunity" USING btree ("manager_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_close" ON "engagements"."opportunity" USING btree ("expected_close_on","id");
--> statement-breakpoint
CREATE INDEX "opportunity_updated" ON "engagements"."opportunity" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_engagement" ON "engagements"."opportunity" USING btree ("engagement_id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_contract" ON "engagements"."opportunity" USING btree ("contract_id");
--> statement-breakpoint
CREATE INDEX "opportunity_by_project" ON "engagements"."opportunity" USING btree ("project_id");
--> statement-breakpoint
CREATE INDEX "provisioning_by_created" ON "engagements"."provisioning" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "provisioning_by_status_created" ON "engagements"."provisioning" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "provisioning_by_system_created" ON "engagements"."provisioning" USING btree ("system","created_at","id");
--> statement-breakpoint
CREATE INDEX "provisioning_updated" ON "engagements"."provisioning" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "project_of_opportunity" ON "engagements"."project" USING btree ("opportunity_id") WHERE "engagements"."project"."status" <> 'CANCELLED';
--> statement-breakpoint
DROP POLICY reading ON "engagements"."external_ref";
CREATE POLICY reading ON "engagements"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "engagements"."external_ref"."entity_type" when 'Customer' then exists (select from "engagements"."customer" where "engagements"."customer"."id" = "engagements"."external_ref"."entity_id") when 'Engagement' then exists (select from "engagements"."engagement" where "engagements"."engagement"."id" = "engagements"."external_ref"."entity_id") when 'Contract' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."external_ref"."entity_id") when 'Project' then exists (select from "engagements"."project" where "engagements"."project"."id" = "engagements"."external_ref"."entity_id") when 'Task' then exists (select from "engagements"."task" where "engagements"."task"."id" = "engagements"."external_ref"."entity_id") when 'Milestone' then exists (select from "engagements"."milestone" where "engagements"."milestone"."id" = "engagements"."external_ref"."entity_id") when 'Opportunity' then exists (select from "engagements"."opportunity" where "engagements"."opportunity"."id" = "engagements"."external_ref"."entity_id") else false end);
--> statement-breakpoint
ALTER TABLE "engagements"."opportunity" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "engagements"."opportunity" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "engagements"."opportunity" FOR SELECT USING (((select log.every_customer()) or "engagements"."opportunity"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("engagements"."opportunity"."legal_entity_id" is null or "engagements"."opportunity"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "engagements"."provisioning" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "engagements"."provisioning" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "engagements"."provisioning" FOR SELECT USING (((select log.every_customer()) or "engagements"."provisioning"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."project" where "engagements"."project"."id" = "engagements"."provisioning"."project_id" and ("engagements"."project"."contract_id" is null or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."project"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
-- What an opportunity names of its own subgraph; the tables stand in files of their own, so that drizzle does not say it.
ALTER TABLE engagements.opportunity
  ADD CONSTRAINT opportunity_customer FOREIGN KEY (customer_id) REFERENCES engagements.customer (id),
  ADD CONSTRAINT opportunity_engagement FOREIGN KEY (engagement_id, customer_id) REFERENCES engagements.engagement (id, customer_id),
  ADD CONSTRAINT opportunity_contract FOREIGN KEY (contract_id, customer_id) REFERENCES engagements.contract (id, customer_id),
  ADD CONSTRAINT opportunity_project FOREIGN KEY (project_id, customer_id) REFERENCES engagements.project (id, customer_id);
--> statement-breakpoint
ALTER TABLE engagements.project ADD CONSTRAINT project_opportunity FOREIGN KEY (opportunity_id) REFERENCES engagements.opportunity (id);
--> statement-breakpoint
ALTER TABLE engagements.provisioning ADD CONSTRAINT provisioning_project FOREIGN KEY (project_id, customer_id) REFERENCES engagements.project (id, customer_id);
