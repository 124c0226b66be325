-- What subcontractors ask for, and the approved time that they hold.
CREATE TABLE "finance"."supplier_invoice_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"supplier_invoice_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"subcontract_line_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"seconds" bigint NOT NULL,
	"rate_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"differences" jsonb NOT NULL,
	CONSTRAINT "supplier_invoice_line_amounts" CHECK ("finance"."supplier_invoice_line"."seconds" > 0 and "finance"."supplier_invoice_line"."rate_minor" > 0 and "finance"."supplier_invoice_line"."amount_minor" > 0),
	CONSTRAINT "supplier_invoice_line_days" CHECK ("finance"."supplier_invoice_line"."end_date" >= "finance"."supplier_invoice_line"."start_date")
);

--> statement-breakpoint
CREATE TABLE "finance"."supplier_invoice_match" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"supplier_invoice_id" uuid NOT NULL,
	"supplier_invoice_line_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"subcontract_line_id" uuid NOT NULL,
	"source_type" text NOT NULL,
	"source_id" uuid NOT NULL,
	"actual_id" uuid NOT NULL,
	"seconds" bigint NOT NULL,
	CONSTRAINT "supplier_invoice_match_source_type" CHECK ("finance"."supplier_invoice_match"."source_type" in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM', 'MILESTONE', 'CONTRACT_FEE', 'INVOICE_LINE', 'EXTERNAL')),
	CONSTRAINT "supplier_invoice_match_seconds" CHECK ("finance"."supplier_invoice_match"."seconds" > 0)
);

--> statement-breakpoint
CREATE TABLE "finance"."supplier_invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'RECEIVED' NOT NULL,
	"subcontractor_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"number" text NOT NULL,
	"invoice_date" date NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"recorded_by" text NOT NULL,
	"approved_by" text,
	"decision_note" text,
	"posted_on" date,
	"journal_entry_id" uuid,
	CONSTRAINT "supplier_invoice_status" CHECK ("finance"."supplier_invoice"."status" in ('RECEIVED', 'MATCHED', 'DISPUTED', 'APPROVED', 'POSTED', 'REJECTED')),
	CONSTRAINT "supplier_invoice_total" CHECK ("finance"."supplier_invoice"."total_minor" > 0),
	CONSTRAINT "supplier_invoice_posted" CHECK (("finance"."supplier_invoice"."status" = 'POSTED') = (num_nonnulls("finance"."supplier_invoice"."posted_on", "finance"."supplier_invoice"."journal_entry_id") = 2))
);

--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" DROP CONSTRAINT "invoice_line_account";
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" DROP CONSTRAINT "journal_entry_source";
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" DROP CONSTRAINT "journal_line_account";
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_line" ADD CONSTRAINT "supplier_invoice_line_supplier_invoice_id_supplier_invoice_id_fk" FOREIGN KEY ("supplier_invoice_id") REFERENCES "finance"."supplier_invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_match" ADD CONSTRAINT "supplier_invoice_match_supplier_invoice_id_supplier_invoice_id_fk" FOREIGN KEY ("supplier_invoice_id") REFERENCES "finance"."supplier_invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_match" ADD CONSTRAINT "supplier_invoice_match_supplier_invoice_line_id_supplier_invoice_line_id_fk" FOREIGN KEY ("supplier_invoice_line_id") REFERENCES "finance"."supplier_invoice_line"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_match" ADD CONSTRAINT "supplier_invoice_match_actual_id_actual_id_fk" FOREIGN KEY ("actual_id") REFERENCES "finance"."actual"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice" ADD CONSTRAINT "supplier_invoice_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice" ADD CONSTRAINT "supplier_invoice_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_line_position" ON "finance"."supplier_invoice_line" USING btree ("supplier_invoice_id","position");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_line_of_order" ON "finance"."supplier_invoice_line" USING btree ("subcontract_line_id","supplier_invoice_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_match_once" ON "finance"."supplier_invoice_match" USING btree ("supplier_invoice_line_id","source_id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_match_of_order" ON "finance"."supplier_invoice_match" USING btree ("subcontract_line_id","source_id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_match_of_invoice" ON "finance"."supplier_invoice_match" USING btree ("supplier_invoice_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_number" ON "finance"."supplier_invoice" USING btree ("subcontractor_id","number") WHERE status <> 'REJECTED';
--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_date" ON "finance"."supplier_invoice" USING btree ("invoice_date","id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_created" ON "finance"."supplier_invoice" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_updated" ON "finance"."supplier_invoice" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_status" ON "finance"."supplier_invoice" USING btree ("status","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_of_subcontractor" ON "finance"."supplier_invoice" USING btree ("subcontractor_id","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "supplier_invoice_of_legal_entity" ON "finance"."supplier_invoice" USING btree ("legal_entity_id","invoice_date","id");
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_account" CHECK ("finance"."invoice_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'PAYABLE', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'INTERCOMPANY_REVENUE', 'OTHER'));
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_source" CHECK ("finance"."journal_entry"."source" in ('MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REFUND', 'WRITE_OFF', 'REVENUE', 'INTERCOMPANY', 'SUPPLIER_INVOICE', 'REVERSAL'));
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ADD CONSTRAINT "journal_line_account" CHECK ("finance"."journal_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'PAYABLE', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'INTERCOMPANY_REVENUE', 'OTHER'));
--> statement-breakpoint
DROP POLICY reading ON "finance"."external_ref";
CREATE POLICY reading ON "finance"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "finance"."external_ref"."entity_type" when 'LegalEntity' then exists (select from "finance"."legal_entity" where "finance"."legal_entity"."id" = "finance"."external_ref"."entity_id") when 'TaxProfile' then exists (select from "finance"."tax_profile" where "finance"."tax_profile"."id" = "finance"."external_ref"."entity_id") when 'CostCenter' then exists (select from "finance"."cost_center" where "finance"."cost_center"."id" = "finance"."external_ref"."entity_id") when 'RateCard' then exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."external_ref"."entity_id") when 'Actual' then exists (select from "finance"."actual" where "finance"."actual"."id" = "finance"."external_ref"."entity_id") when 'Invoice' then exists (select from "finance"."invoice" where "finance"."invoice"."id" = "finance"."external_ref"."entity_id") when 'Payment' then exists (select from "finance"."payment" where "finance"."payment"."id" = "finance"."external_ref"."entity_id") when 'SupplierInvoice' then exists (select from "finance"."supplier_invoice" where "finance"."supplier_invoice"."id" = "finance"."external_ref"."entity_id") else false end);
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."supplier_invoice" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."supplier_invoice" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "finance"."supplier_invoice"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."supplier_invoice_line" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."supplier_invoice_line" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "finance"."supplier_invoice_line"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."supplier_invoice_match" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."supplier_invoice_match" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."supplier_invoice_match" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "finance"."supplier_invoice_match"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
-- What was posted or rejected stays as it was decided, whoever writes.
CREATE FUNCTION finance.supplier_invoice_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  state text := (SELECT status FROM finance.supplier_invoice WHERE id = coalesce(to_jsonb(OLD) ->> 'supplier_invoice_id', to_jsonb(OLD) ->> 'id')::uuid);
BEGIN
  IF state IN ('POSTED', 'REJECTED') OR (TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'supplier_invoice_match') THEN
    RAISE EXCEPTION 'A supplier invoice never changes once it is %.', state USING ERRCODE = 'AC002', CONSTRAINT = 'supplierInvoiceFrozen';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER supplier_invoice_frozen BEFORE UPDATE OR DELETE ON finance.supplier_invoice FOR EACH ROW EXECUTE FUNCTION finance.supplier_invoice_frozen();
--> statement-breakpoint
CREATE TRIGGER supplier_invoice_line_frozen BEFORE UPDATE OR DELETE ON finance.supplier_invoice_line FOR EACH ROW EXECUTE FUNCTION finance.supplier_invoice_frozen();
--> statement-breakpoint
CREATE TRIGGER supplier_invoice_match_frozen BEFORE UPDATE OR DELETE ON finance.supplier_invoice_match FOR EACH ROW EXECUTE FUNCTION finance.supplier_invoice_frozen();
