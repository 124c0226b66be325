ALTER TABLE "finance"."invoice" DROP CONSTRAINT "invoice_paid";
--> statement-breakpoint
DROP INDEX "finance"."invoice_credited_once";
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "credits_line_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "credited_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD COLUMN "concession" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
-- By hand, before the new rules look: what was credited was credited whole.
DROP TRIGGER invoice_posted_is_final ON finance.invoice;
--> statement-breakpoint
CREATE TRIGGER invoice_posted_is_final BEFORE UPDATE OR DELETE ON finance.invoice FOR EACH ROW WHEN (OLD.status NOT IN ('DRAFT', 'VALIDATED'))
  EXECUTE FUNCTION finance.only_changes('status', 'paid_minor', 'credited_minor', 'credit_note_id', 'version', 'updated_at');
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
CREATE INDEX "invoice_line_credits" ON "finance"."invoice_line" USING btree ("credits_line_id") WHERE credits_line_id is not null;
--> statement-breakpoint
CREATE INDEX "invoice_credits" ON "finance"."invoice" USING btree ("credits_id","invoice_date","id") WHERE credits_id is not null;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_credited" CHECK (case "finance"."invoice"."status" when 'CREDITED' then "finance"."invoice"."credited_minor" = "finance"."invoice"."total_minor"
        when 'DRAFT' then "finance"."invoice"."credited_minor" = 0 when 'VALIDATED' then "finance"."invoice"."credited_minor" = 0 when 'CANCELLED' then "finance"."invoice"."credited_minor" = 0
        else "finance"."invoice"."credited_minor" = 0 or "finance"."invoice"."credited_minor" > 0 and "finance"."invoice"."credited_minor" < "finance"."invoice"."total_minor" end);
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_concession" CHECK (not "finance"."invoice"."concession" or "finance"."invoice"."kind" = 'CREDIT_NOTE');
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_paid" CHECK (case "finance"."invoice"."status" when 'PAID' then "finance"."invoice"."paid_minor" + "finance"."invoice"."credited_minor" = "finance"."invoice"."total_minor" and "finance"."invoice"."paid_minor" > 0
        when 'PARTLY_PAID' then "finance"."invoice"."paid_minor" > 0 and "finance"."invoice"."paid_minor" + "finance"."invoice"."credited_minor" < "finance"."invoice"."total_minor" else "finance"."invoice"."paid_minor" = 0 end);
