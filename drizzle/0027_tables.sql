ALTER TABLE "finance"."actual" ADD COLUMN "expense_category" text;
