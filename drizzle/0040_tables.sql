CREATE TABLE "finance"."intercompany_charge_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"charge_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"project_id" uuid NOT NULL,
	"employee_id" uuid NOT NULL,
	"transaction_class" text NOT NULL,
	"reversing" boolean NOT NULL,
	"actuals" bigint NOT NULL,
	"seconds" bigint,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"borrower_minor" bigint NOT NULL,
	"borrower_currency" text NOT NULL,
	CONSTRAINT "intercompany_charge_line_class" CHECK ("finance"."intercompany_charge_line"."transaction_class" in ('TIME', 'EXPENSE'))
);

--> statement-breakpoint
CREATE TABLE "finance"."intercompany_charge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lender_id" uuid NOT NULL,
	"borrower_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"charged_on" date NOT NULL,
	"actuals" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"borrower_minor" bigint NOT NULL,
	"borrower_currency" text NOT NULL,
	"lender_entry_id" uuid,
	"borrower_entry_id" uuid,
	CONSTRAINT "intercompany_charge_two" CHECK ("finance"."intercompany_charge"."lender_id" <> "finance"."intercompany_charge"."borrower_id")
);

--> statement-breakpoint
CREATE TABLE "finance"."intercompany_terms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lender_id" uuid NOT NULL,
	"borrower_id" uuid NOT NULL,
	"effective_from" date NOT NULL,
	"method" text NOT NULL,
	"mark_up_basis_points" integer NOT NULL,
	"expense_mark_up_basis_points" integer NOT NULL,
	"rate_card_id" uuid,
	CONSTRAINT "intercompany_terms_method" CHECK ("finance"."intercompany_terms"."method" in ('COST_PLUS', 'RATE_CARD', 'NONE')),
	CONSTRAINT "intercompany_terms_two" CHECK ("finance"."intercompany_terms"."lender_id" <> "finance"."intercompany_terms"."borrower_id"),
	CONSTRAINT "intercompany_terms_card" CHECK (("finance"."intercompany_terms"."method" = 'RATE_CARD') = ("finance"."intercompany_terms"."rate_card_id" is not null)),
	CONSTRAINT "intercompany_terms_mark_up" CHECK ("finance"."intercompany_terms"."mark_up_basis_points" >= 0 and "finance"."intercompany_terms"."expense_mark_up_basis_points" >= 0)
);

--> statement-breakpoint
ALTER TABLE "finance"."actual" DROP CONSTRAINT "actual_kind";
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" DROP CONSTRAINT "invoice_line_account";
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" DROP CONSTRAINT "journal_entry_source";
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" DROP CONSTRAINT "journal_line_account";
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" DROP CONSTRAINT "rate_card_kind";
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" DROP CONSTRAINT "rate_card_owner";
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "counterpart_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "intercompany_charge_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge_line" ADD CONSTRAINT "intercompany_charge_line_charge_id_intercompany_charge_id_fk" FOREIGN KEY ("charge_id") REFERENCES "finance"."intercompany_charge"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge" ADD CONSTRAINT "intercompany_charge_lender_id_legal_entity_id_fk" FOREIGN KEY ("lender_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge" ADD CONSTRAINT "intercompany_charge_borrower_id_legal_entity_id_fk" FOREIGN KEY ("borrower_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge" ADD CONSTRAINT "intercompany_charge_lender_entry_id_journal_entry_id_fk" FOREIGN KEY ("lender_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge" ADD CONSTRAINT "intercompany_charge_borrower_entry_id_journal_entry_id_fk" FOREIGN KEY ("borrower_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_terms" ADD CONSTRAINT "intercompany_terms_lender_id_legal_entity_id_fk" FOREIGN KEY ("lender_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_terms" ADD CONSTRAINT "intercompany_terms_borrower_id_legal_entity_id_fk" FOREIGN KEY ("borrower_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_terms" ADD CONSTRAINT "intercompany_terms_rate_card_id_rate_card_id_fk" FOREIGN KEY ("rate_card_id") REFERENCES "finance"."rate_card"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "intercompany_charge_line_position" ON "finance"."intercompany_charge_line" USING btree ("charge_id","position");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_line_of_charge" ON "finance"."intercompany_charge_line" USING btree ("charge_id","position","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "intercompany_charge_number" ON "finance"."intercompany_charge" USING btree ("lender_id","number");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_by_day" ON "finance"."intercompany_charge" USING btree ("charged_on","id");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_by_created" ON "finance"."intercompany_charge" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_updated" ON "finance"."intercompany_charge" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_of_lender" ON "finance"."intercompany_charge" USING btree ("lender_id","charged_on","id");
--> statement-breakpoint
CREATE INDEX "intercompany_charge_of_borrower" ON "finance"."intercompany_charge" USING btree ("borrower_id","charged_on","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "intercompany_terms_once" ON "finance"."intercompany_terms" USING btree ("lender_id","borrower_id","effective_from");
--> statement-breakpoint
CREATE INDEX "intercompany_terms_by_day" ON "finance"."intercompany_terms" USING btree ("effective_from","id");
--> statement-breakpoint
CREATE INDEX "intercompany_terms_updated" ON "finance"."intercompany_terms" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "intercompany_terms_of_borrower" ON "finance"."intercompany_terms" USING btree ("borrower_id","effective_from");
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_counterpart_id_legal_entity_id_fk" FOREIGN KEY ("counterpart_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "actual_uncharged" ON "finance"."actual" USING btree ("legal_entity_id","counterpart_id","accounting_date") WHERE kind = 'INTERCOMPANY_SALES' and intercompany_charge_id is null;
--> statement-breakpoint
CREATE INDEX "actual_uncharged_of_borrower" ON "finance"."actual" USING btree ("counterpart_id","accounting_date") WHERE kind = 'INTERCOMPANY_SALES' and intercompany_charge_id is null;
--> statement-breakpoint
CREATE INDEX "actual_of_charge" ON "finance"."actual" USING btree ("intercompany_charge_id","work_date","id") WHERE intercompany_charge_id is not null;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_kind" CHECK ("finance"."actual"."kind" in ('COST', 'UNBILLED_SALES', 'DRAWN_SALES', 'BILLED_SALES', 'RESOURCING_COST', 'INTERCOMPANY_SALES'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_account" CHECK ("finance"."invoice_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'INTERCOMPANY_REVENUE', 'OTHER'));
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_source" CHECK ("finance"."journal_entry"."source" in ('MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REFUND', 'WRITE_OFF', 'REVENUE', 'INTERCOMPANY', 'REVERSAL'));
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ADD CONSTRAINT "journal_line_account" CHECK ("finance"."journal_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'INTERCOMPANY_REVENUE', 'OTHER'));
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" ADD CONSTRAINT "rate_card_kind" CHECK ("finance"."rate_card"."kind" in ('SALES', 'COST', 'TRANSFER'));
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" ADD CONSTRAINT "rate_card_owner" CHECK (case "finance"."rate_card"."scope" when 'STANDARD' then "finance"."rate_card"."legal_entity_id" is not null and "finance"."rate_card"."customer_id" is null and "finance"."rate_card"."kind" <> 'TRANSFER'
      when 'CUSTOMER' then "finance"."rate_card"."customer_id" is not null and "finance"."rate_card"."kind" = 'SALES'
      else "finance"."rate_card"."kind" = 'SALES' or ("finance"."rate_card"."kind" = 'TRANSFER' and "finance"."rate_card"."legal_entity_id" is not null and "finance"."rate_card"."customer_id" is null) end);
--> statement-breakpoint
DROP POLICY reading ON "finance"."actual";
CREATE POLICY reading ON "finance"."actual" FOR SELECT USING (((select log.every_customer()) or "finance"."actual"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."actual"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then not "finance"."actual"."kind" in ('COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES') when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "finance"."actual_balance";
CREATE POLICY reading ON "finance"."actual_balance" FOR SELECT USING (((select log.every_customer()) or "finance"."actual_balance"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."actual_balance"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then not "finance"."actual_balance"."kind" in ('COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES') when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."intercompany_charge" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."intercompany_charge" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or ("finance"."intercompany_charge"."lender_id" = any((select log.legal_entities())::uuid[]) or "finance"."intercompany_charge"."borrower_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_charge_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."intercompany_charge_line" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."intercompany_charge_line" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or exists (select from "finance"."intercompany_charge" where "finance"."intercompany_charge"."id" = "finance"."intercompany_charge_line"."charge_id" and ("finance"."intercompany_charge"."lender_id" = any((select log.legal_entities())::uuid[]) or "finance"."intercompany_charge"."borrower_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."intercompany_terms" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."intercompany_terms" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."intercompany_terms" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or ("finance"."intercompany_terms"."lender_id" = any((select log.legal_entities())::uuid[]) or "finance"."intercompany_terms"."borrower_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "finance"."rate_card";
CREATE POLICY reading ON "finance"."rate_card" FOR SELECT USING (((select log.every_customer()) or "finance"."rate_card"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then "finance"."rate_card"."kind" = 'SALES' when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "finance"."rate_card_line";
CREATE POLICY reading ON "finance"."rate_card_line" FOR SELECT USING (((select log.every_customer()) or exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and "finance"."rate_card_version"."customer_id" = any((select log.customers())::uuid[]))) and ((select log.every_legal_entity()) or exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."rate_card_version"."rate_card_id" and ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[]))))) and case (select log.audience()) when 'client' then exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and "finance"."rate_card_version"."kind" = 'SALES') when 'partner' then false else true end);
--> statement-breakpoint
DROP POLICY reading ON "finance"."rate_card_version";
CREATE POLICY reading ON "finance"."rate_card_version" FOR SELECT USING (((select log.every_customer()) or "finance"."rate_card_version"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."rate_card_version"."rate_card_id" and ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then "finance"."rate_card_version"."kind" = 'SALES' when 'partner' then false else true end);
