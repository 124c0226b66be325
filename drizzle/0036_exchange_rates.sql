CREATE TABLE "finance"."exchange_rate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"base_currency" text NOT NULL,
	"quote_currency" text NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"effective_on" date NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "exchange_rate_above_zero" CHECK ("finance"."exchange_rate"."rate" > 0),
	CONSTRAINT "exchange_rate_currencies" CHECK ("finance"."exchange_rate"."base_currency" <> "finance"."exchange_rate"."quote_currency")
);

--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_rate_once" ON "finance"."exchange_rate" USING btree ("base_currency","quote_currency","effective_on","source");
--> statement-breakpoint
CREATE INDEX "exchange_rate_by_day" ON "finance"."exchange_rate" USING btree ("effective_on","id");
--> statement-breakpoint
CREATE INDEX "exchange_rate_of_quote" ON "finance"."exchange_rate" USING btree ("quote_currency","effective_on");
--> statement-breakpoint
CREATE INDEX "exchange_rate_updated" ON "finance"."exchange_rate" USING btree ("updated_at","id");
--> statement-breakpoint
ALTER TABLE "finance"."exchange_rate" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY commanding ON "finance"."exchange_rate" TO accord_command USING (true) WITH CHECK (true);
CREATE POLICY reading ON "finance"."exchange_rate" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
