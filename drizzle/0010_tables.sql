ALTER TABLE "finance"."invoice_line" ADD COLUMN "tax_basis_points" integer;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "supplied_from" date;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "supplied_to" date;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_supplied" CHECK ("finance"."invoice_line"."supplied_from" <= "finance"."invoice_line"."supplied_to");
