ALTER TABLE "finance"."invoice_line" DROP CONSTRAINT "invoice_line_kind";
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "tax_category" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_minor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_basis_points" integer;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_base_minor" bigint;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "discount_reason" text;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD COLUMN "allowance_id" uuid;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_tax_category" CHECK ("finance"."invoice_line"."tax_category" in ('STANDARD', 'ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE'));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_discount" CHECK ("finance"."invoice_line"."discount_minor" >= 0 and ("finance"."invoice_line"."kind" = 'DISCOUNT') = ("finance"."invoice_line"."allowance_id" is not null));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_kind" CHECK ("finance"."invoice_line"."kind" in ('TIME', 'EXPENSE', 'FEE', 'CORRECTION', 'DISCOUNT'));
