CREATE TABLE "finance"."invoice_document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"particulars" jsonb NOT NULL,
	"channel" text,
	"reference" text,
	"failure" text,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "invoice_document_status" CHECK ("finance"."invoice_document"."status" in ('PENDING', 'DELIVERED', 'FAILED')),
	CONSTRAINT "invoice_document_channel" CHECK ("finance"."invoice_document"."channel" in ('EMAIL', 'NETWORK', 'PORTAL', 'POST', 'OTHER')),
	CONSTRAINT "invoice_document_delivery" CHECK (("finance"."invoice_document"."status" = 'PENDING') = ("finance"."invoice_document"."channel" is null) and ("finance"."invoice_document"."status" = 'DELIVERED') = ("finance"."invoice_document"."delivered_at" is not null)
        and ("finance"."invoice_document"."status" = 'FAILED') = ("finance"."invoice_document"."failure" is not null))
);

--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "legal_name" text;
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "postal_address" jsonb;
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "vat_id" text;
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "registration_number" text;
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "buyer_reference" text;
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ADD COLUMN "electronic_address" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "rate_minor" bigint;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "postal_address" jsonb;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "vat_id" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "registration_number" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "tax_number" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "bank_account" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "bic" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "contact_email" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "electronic_address" text;
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ADD COLUMN "locale" text;
--> statement-breakpoint
ALTER TABLE "finance"."tax_profile" ADD COLUMN "category" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_document" ADD CONSTRAINT "invoice_document_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_document" ADD CONSTRAINT "invoice_document_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_document_of_invoice" ON "finance"."invoice_document" USING btree ("invoice_id");
--> statement-breakpoint
CREATE INDEX "invoice_document_undelivered" ON "finance"."invoice_document" USING btree ("created_at","id") WHERE status <> 'DELIVERED';
--> statement-breakpoint
ALTER TABLE "finance"."tax_profile" ADD CONSTRAINT "tax_profile_category" CHECK ("finance"."tax_profile"."category" is null or ("finance"."tax_profile"."category" = 'STANDARD') <> "finance"."tax_profile"."exempt");
--> statement-breakpoint
ALTER TABLE "finance"."invoice_document" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."invoice_document" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."invoice_document" FOR SELECT USING (((select log.every_customer()) or "finance"."invoice_document"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."invoice_document"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'partner' then false else true end);
