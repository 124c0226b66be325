ALTER TABLE "finance"."rate_card_version" DROP CONSTRAINT "rate_card_version_dates";
--> statement-breakpoint
DROP INDEX "finance"."rate_card_version_date";
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_version" ADD CONSTRAINT "rate_card_version_dates" CHECK ("finance"."rate_card_version"."effective_to" >= "finance"."rate_card_version"."effective_from" - 1);
