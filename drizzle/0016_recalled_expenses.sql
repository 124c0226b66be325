ALTER TABLE "time"."expense_item" DROP CONSTRAINT "expense_item_status";
--> statement-breakpoint
ALTER TABLE "time"."expense_item" ADD COLUMN "recall_reason" text;
--> statement-breakpoint
ALTER TABLE "time"."expense_item" ADD CONSTRAINT "expense_item_status" CHECK ("time"."expense_item"."status" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED', 'REIMBURSED'));
