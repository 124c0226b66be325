CREATE TABLE "finance"."billing_run_contract" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"billing_run_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"invoice_id" uuid,
	"code" text,
	"message" text,
	CONSTRAINT "billing_run_contract_outcome" CHECK (("finance"."billing_run_contract"."invoice_id" is null) = ("finance"."billing_run_contract"."code" is not null) and ("finance"."billing_run_contract"."code" is null) = ("finance"."billing_run_contract"."message" is null))
);

--> statement-breakpoint
CREATE TABLE "finance"."billing_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"cut_off_date" date NOT NULL,
	"invoice_date" date NOT NULL,
	"customer_ids" uuid[],
	"contract_ids" uuid[],
	"legal_entity_ids" uuid[],
	"started_by" text NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"cancelled_by" text,
	"cancel_reason" text,
	"contracts_found" integer NOT NULL,
	"contracts_done" integer NOT NULL,
	"after_contract_id" uuid,
	"drafted" integer NOT NULL,
	"skipped" integer NOT NULL,
	"actuals_taken" integer NOT NULL,
	CONSTRAINT "billing_run_cancelled" CHECK (num_nonnulls("finance"."billing_run"."cancelled_by", "finance"."billing_run"."cancel_reason") in (0, 2) and ("finance"."billing_run"."cancel_reason" is null or "finance"."billing_run"."finished_at" is not null))
);

--> statement-breakpoint
ALTER TABLE "finance"."billing_run_contract" ADD CONSTRAINT "billing_run_contract_billing_run_id_billing_run_id_fk" FOREIGN KEY ("billing_run_id") REFERENCES "finance"."billing_run"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "billing_run_contract_invoice" ON "finance"."billing_run_contract" USING btree ("invoice_id") WHERE invoice_id is not null;
--> statement-breakpoint
CREATE INDEX "billing_run_contract_of_run" ON "finance"."billing_run_contract" USING btree ("billing_run_id","id");
--> statement-breakpoint
CREATE INDEX "billing_run_contract_skipped" ON "finance"."billing_run_contract" USING btree ("billing_run_id","id") WHERE invoice_id is null;
--> statement-breakpoint
CREATE INDEX "billing_run_by_created" ON "finance"."billing_run" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "billing_run_updated" ON "finance"."billing_run" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "billing_run_running" ON "finance"."billing_run" USING btree ("created_at","id") WHERE finished_at is null;
--> statement-breakpoint
ALTER TABLE "finance"."billing_run" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."billing_run" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."billing_run" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."billing_run_contract" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."billing_run_contract" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."billing_run_contract" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
