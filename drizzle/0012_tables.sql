CREATE TABLE "finance"."payment_refund" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"payment_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"refunded_on" date NOT NULL,
	"reference" text,
	"reason" text NOT NULL,
	"reversed_at" timestamp (3) with time zone,
	"journal_entry_id" uuid NOT NULL,
	CONSTRAINT "payment_refund_amount" CHECK ("finance"."payment_refund"."amount_minor" > 0)
);

--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" DROP CONSTRAINT "journal_entry_source";
--> statement-breakpoint
ALTER TABLE "finance"."payment" DROP CONSTRAINT "payment_status";
--> statement-breakpoint
ALTER TABLE "finance"."payment" DROP CONSTRAINT "payment_applied";
--> statement-breakpoint
ALTER TABLE "finance"."payment" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."payment_refund" ADD CONSTRAINT "payment_refund_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "finance"."payment"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment_refund" ADD CONSTRAINT "payment_refund_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "payment_refund_of_payment" ON "finance"."payment_refund" USING btree ("payment_id","refunded_on","id");
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_source" CHECK ("finance"."journal_entry"."source" in ('MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REFUND', 'REVENUE', 'REVERSAL'));
--> statement-breakpoint
ALTER TABLE "finance"."payment" ADD CONSTRAINT "payment_status" CHECK ("finance"."payment"."status" in ('RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REFUNDED', 'REVERSED'));
--> statement-breakpoint
ALTER TABLE "finance"."payment" ADD CONSTRAINT "payment_applied" CHECK ("finance"."payment"."applied_minor" >= 0 and "finance"."payment"."refunded_minor" >= 0 and case "finance"."payment"."status"
        when 'APPLIED' then "finance"."payment"."applied_minor" > 0 and "finance"."payment"."applied_minor" + "finance"."payment"."refunded_minor" = "finance"."payment"."amount_minor"
        when 'PARTLY_APPLIED' then "finance"."payment"."applied_minor" > 0 and "finance"."payment"."applied_minor" + "finance"."payment"."refunded_minor" < "finance"."payment"."amount_minor"
        when 'RECEIVED' then "finance"."payment"."applied_minor" = 0 and "finance"."payment"."refunded_minor" < "finance"."payment"."amount_minor"
        when 'REFUNDED' then "finance"."payment"."applied_minor" = 0 and "finance"."payment"."refunded_minor" = "finance"."payment"."amount_minor"
        else "finance"."payment"."amount_minor" > 0 and "finance"."payment"."applied_minor" = 0 and "finance"."payment"."refunded_minor" = 0 end);
--> statement-breakpoint
ALTER TABLE "finance"."payment_refund" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."payment_refund" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."payment_refund" FOR SELECT USING (((select log.every_customer()) or "finance"."payment_refund"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "finance"."payment" where "finance"."payment"."id" = "finance"."payment_refund"."payment_id" and "finance"."payment"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then false else true end);
