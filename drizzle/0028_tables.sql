ALTER TABLE "finance"."invoice_line" DROP CONSTRAINT "invoice_line_kind";
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" DROP CONSTRAINT "invoice_line_account";
--> statement-breakpoint
ALTER TABLE "finance"."invoice" DROP CONSTRAINT "invoice_status";
--> statement-breakpoint
ALTER TABLE "finance"."invoice" DROP CONSTRAINT "invoice_paid";
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" DROP CONSTRAINT "journal_entry_source";
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" DROP CONSTRAINT "journal_line_account";
--> statement-breakpoint
DROP INDEX "finance"."invoice_credited_once";
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "credits_line_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "tax_category" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_basis_points" integer;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_base_minor" bigint;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_reason" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "allowance_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "written_off_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "written_off_on" date;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "write_off_reason" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "write_off_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "credited_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "concession" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
-- By hand, before the new rules look: what is given back or up of a posted invoice comes and goes, and what was credited was credited whole.
DROP TRIGGER invoice_posted_is_final ON finance.invoice;
--> statement-breakpoint
CREATE TRIGGER invoice_posted_is_final BEFORE UPDATE OR DELETE ON finance.invoice FOR EACH ROW WHEN (OLD.status NOT IN ('DRAFT', 'VALIDATED'))
  EXECUTE FUNCTION finance.only_changes('status', 'paid_minor', 'credited_minor', 'credit_note_id', 'written_off_minor', 'written_off_on', 'write_off_reason',
    'write_off_entry_id', 'version', 'updated_at');
--> statement-breakpoint
ALTER TABLE finance.invoice NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
SET LOCAL accord.scope = 'command';
--> statement-breakpoint
UPDATE finance.invoice SET credited_minor = total_minor WHERE status = 'CREDITED';
--> statement-breakpoint
ALTER TABLE finance.invoice FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
RESET accord.scope;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_credits_line_id_invoice_line_id_fk" FOREIGN KEY ("credits_line_id") REFERENCES "finance"."invoice_line"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_write_off_entry_id_journal_entry_id_fk" FOREIGN KEY ("write_off_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "invoice_line_credits" ON "finance"."invoice_line" USING btree ("credits_line_id") WHERE credits_line_id is not null;
--> statement-breakpoint
CREATE INDEX "invoice_credits" ON "finance"."invoice" USING btree ("credits_id","invoice_date","id") WHERE credits_id is not null;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_tax_category" CHECK ("finance"."invoice_line"."tax_category" in ('STANDARD', 'ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_discount" CHECK ("finance"."invoice_line"."discount_minor" >= 0 and ("finance"."invoice_line"."kind" = 'DISCOUNT') = ("finance"."invoice_line"."allowance_id" is not null));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_kind" CHECK ("finance"."invoice_line"."kind" in ('TIME', 'EXPENSE', 'FEE', 'CORRECTION', 'DISCOUNT'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_account" CHECK ("finance"."invoice_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'OTHER'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_credited" CHECK (case "finance"."invoice"."status" when 'CREDITED' then "finance"."invoice"."credited_minor" = "finance"."invoice"."total_minor"
        when 'DRAFT' then "finance"."invoice"."credited_minor" = 0 when 'VALIDATED' then "finance"."invoice"."credited_minor" = 0 when 'CANCELLED' then "finance"."invoice"."credited_minor" = 0
        else "finance"."invoice"."credited_minor" = 0 or "finance"."invoice"."credited_minor" > 0 and "finance"."invoice"."credited_minor" < "finance"."invoice"."total_minor" end);
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_written_off" CHECK (num_nulls("finance"."invoice"."written_off_on", "finance"."invoice"."write_off_reason", "finance"."invoice"."write_off_entry_id") = case when "finance"."invoice"."status" = 'WRITTEN_OFF' then 0 else 3 end
        and "finance"."invoice"."written_off_minor" = case when "finance"."invoice"."status" = 'WRITTEN_OFF' then "finance"."invoice"."total_minor" - "finance"."invoice"."credited_minor" - "finance"."invoice"."paid_minor" else 0 end
        and ("finance"."invoice"."status" <> 'WRITTEN_OFF' or "finance"."invoice"."written_off_minor" > 0));
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_concession" CHECK (not "finance"."invoice"."concession" or "finance"."invoice"."kind" = 'CREDIT_NOTE');
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_status" CHECK ("finance"."invoice"."status" in ('DRAFT', 'VALIDATED', 'POSTED', 'PARTLY_PAID', 'PAID', 'WRITTEN_OFF', 'CREDITED', 'CANCELLED'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_paid" CHECK (case "finance"."invoice"."status" when 'PAID' then "finance"."invoice"."paid_minor" + "finance"."invoice"."credited_minor" = "finance"."invoice"."total_minor" and "finance"."invoice"."paid_minor" > 0
        when 'PARTLY_PAID' then "finance"."invoice"."paid_minor" > 0 and "finance"."invoice"."paid_minor" + "finance"."invoice"."credited_minor" < "finance"."invoice"."total_minor"
        when 'WRITTEN_OFF' then "finance"."invoice"."paid_minor" >= 0 else "finance"."invoice"."paid_minor" = 0 end);
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_source" CHECK ("finance"."journal_entry"."source" in ('MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REFUND', 'WRITE_OFF', 'REVENUE', 'REVERSAL'));
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ADD CONSTRAINT "journal_line_account" CHECK ("finance"."journal_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'OTHER'));
