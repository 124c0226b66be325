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
ALTER TABLE "finance"."invoice" ADD COLUMN "written_off_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "written_off_on" date;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "write_off_reason" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "write_off_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_write_off_entry_id_journal_entry_id_fk" FOREIGN KEY ("write_off_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_account" CHECK ("finance"."invoice_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'BAD_DEBT', 'INTERCOMPANY', 'OTHER'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_written_off" CHECK (num_nulls("finance"."invoice"."written_off_on", "finance"."invoice"."write_off_reason", "finance"."invoice"."write_off_entry_id") = case when "finance"."invoice"."status" = 'WRITTEN_OFF' then 0 else 3 end
        and "finance"."invoice"."written_off_minor" = case when "finance"."invoice"."status" = 'WRITTEN_OFF' then "finance"."invoice"."total_minor" - "finance"."invoice"."credited_minor" - "finance"."invoice"."paid_minor" else 0 end
        and ("finance"."invoice"."status" <> 'WRITTEN_OFF' or "finance"."invoice"."written_off_minor" > 0));
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
