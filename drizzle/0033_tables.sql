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
CREATE TABLE "finance"."dunning_notice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"level" integer NOT NULL,
	"name" text NOT NULL,
	"fee_text" text,
	"dunned_on" date NOT NULL,
	"open_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"channel" text,
	"reference" text,
	"failure" text,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "dunning_notice_status" CHECK ("finance"."dunning_notice"."status" in ('PENDING', 'DELIVERED', 'FAILED')),
	CONSTRAINT "dunning_notice_channel" CHECK ("finance"."dunning_notice"."channel" in ('EMAIL', 'NETWORK', 'PORTAL', 'POST', 'OTHER')),
	CONSTRAINT "dunning_notice_delivery" CHECK (("finance"."dunning_notice"."status" = 'PENDING') = ("finance"."dunning_notice"."channel" is null) and ("finance"."dunning_notice"."status" = 'DELIVERED') = ("finance"."dunning_notice"."delivered_at" is not null)
        and ("finance"."dunning_notice"."status" = 'FAILED') = ("finance"."dunning_notice"."failure" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."dunning_policy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"active" boolean NOT NULL,
	"levels" jsonb NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."invoice_dunning" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"overdue_on" date,
	"level" integer NOT NULL,
	"dunned_on" date,
	"hold_end_date" date,
	"hold_reason" text,
	CONSTRAINT "invoice_dunning_level" CHECK ("finance"."invoice_dunning"."level" between 0 and 9 and ("finance"."invoice_dunning"."level" = 0) = ("finance"."invoice_dunning"."dunned_on" is null)),
	CONSTRAINT "invoice_dunning_hold" CHECK (("finance"."invoice_dunning"."hold_end_date" is null) = ("finance"."invoice_dunning"."hold_reason" is null))
);

--> statement-breakpoint
CREATE TABLE "finance"."remittance_advice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"payment_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"lines" jsonb NOT NULL
);

--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ADD CONSTRAINT "dispute_credit_note_id_invoice_id_fk" FOREIGN KEY ("credit_note_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dunning_notice" ADD CONSTRAINT "dunning_notice_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dunning_notice" ADD CONSTRAINT "dunning_notice_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."dunning_policy" ADD CONSTRAINT "dunning_policy_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_dunning" ADD CONSTRAINT "invoice_dunning_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_dunning" ADD CONSTRAINT "invoice_dunning_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."remittance_advice" ADD CONSTRAINT "remittance_advice_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "finance"."payment"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."remittance_advice" ADD CONSTRAINT "remittance_advice_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
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
CREATE UNIQUE INDEX "dunning_notice_of_level" ON "finance"."dunning_notice" USING btree ("invoice_id","level");
--> statement-breakpoint
CREATE INDEX "dunning_notice_by_created" ON "finance"."dunning_notice" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "dunning_notice_by_updated" ON "finance"."dunning_notice" USING btree ("updated_at","id");
--> statement-breakpoint
CREATE INDEX "dunning_notice_undelivered" ON "finance"."dunning_notice" USING btree ("created_at","id") WHERE status <> 'DELIVERED';
--> statement-breakpoint
CREATE INDEX "dunning_notice_of_customer" ON "finance"."dunning_notice" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "dunning_notice_of_legal_entity" ON "finance"."dunning_notice" USING btree ("legal_entity_id","created_at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_policy_of_legal_entity" ON "finance"."dunning_policy" USING btree ("legal_entity_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_dunning_of_invoice" ON "finance"."invoice_dunning" USING btree ("invoice_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "remittance_advice_of_payment" ON "finance"."remittance_advice" USING btree ("payment_id");
--> statement-breakpoint
ALTER TABLE "finance"."dispute" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."dispute" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."dispute" FOR SELECT USING (((select log.every_customer()) or "finance"."dispute"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."dispute"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."dunning_notice" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."dunning_notice" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."dunning_notice" FOR SELECT USING (((select log.every_customer()) or "finance"."dunning_notice"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."dunning_notice"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then "finance"."dunning_notice"."status" = 'DELIVERED' when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."dunning_policy" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."dunning_policy" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."dunning_policy" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or "finance"."dunning_policy"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."invoice_dunning" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."invoice_dunning" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."invoice_dunning" FOR SELECT USING (((select log.every_customer()) or "finance"."invoice_dunning"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."invoice_dunning"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
--> statement-breakpoint
ALTER TABLE "finance"."remittance_advice" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."remittance_advice" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."remittance_advice" FOR SELECT USING (((select log.every_customer()) or "finance"."remittance_advice"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."remittance_advice"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
