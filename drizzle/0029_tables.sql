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
ALTER TABLE "finance"."remittance_advice" ADD CONSTRAINT "remittance_advice_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "finance"."payment"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."remittance_advice" ADD CONSTRAINT "remittance_advice_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "remittance_advice_of_payment" ON "finance"."remittance_advice" USING btree ("payment_id");
--> statement-breakpoint
ALTER TABLE "finance"."remittance_advice" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."remittance_advice" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."remittance_advice" FOR SELECT USING (((select log.every_customer()) or "finance"."remittance_advice"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."remittance_advice"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
