CREATE TABLE "finance"."dispute" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"raised_by" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"line_ids" uuid[] NOT NULL,
	"reason_code" text NOT NULL,
	"reason" text NOT NULL,
	"resolution" text,
	"credit_note_id" uuid,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "dispute_status" CHECK ("finance"."dispute"."status" in ('OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
	CONSTRAINT "dispute_reason_code" CHECK ("finance"."dispute"."reason_code" in ('PRICE', 'QUANTITY', 'QUALITY', 'DUPLICATE', 'ALREADY_PAID', 'FORMAL', 'OTHER')),
	CONSTRAINT "dispute_raised_by" CHECK ("finance"."dispute"."raised_by" in ('CLIENT', 'FIRM')),
	CONSTRAINT "dispute_amount" CHECK ("finance"."dispute"."amount_minor" > 0),
	CONSTRAINT "dispute_ended" CHECK (("finance"."dispute"."status" = 'OPEN') = ("finance"."dispute"."ended_at" is null) and ("finance"."dispute"."credit_note_id" is null or "finance"."dispute"."status" = 'ACCEPTED'))
);

--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_credit_note_id_invoice_id_fk" FOREIGN KEY ("credit_note_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "dispute_open" ON "finance"."dispute" USING btree ("invoice_id") WHERE status = 'OPEN';
--> statement-breakpoint
CREATE INDEX "dispute_of_invoice" ON "finance"."dispute" USING btree ("invoice_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "dispute_of_customer" ON "finance"."dispute" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "dispute_of_legal_entity" ON "finance"."dispute" USING btree ("legal_entity_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "dispute_by_created" ON "finance"."dispute" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "dispute_by_updated" ON "finance"."dispute" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "dispute_standing" ON "finance"."dispute" USING btree ("created_at","id") WHERE status = 'OPEN';
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."dispute" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."dispute" FOR SELECT USING (((select log.every_customer()) or "finance"."dispute"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."dispute"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'partner' then false else true end);
