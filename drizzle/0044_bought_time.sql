-- What time cost that was bought by the line of an order.
ALTER TABLE "finance"."actual" ADD COLUMN "subcontract_line_id" uuid;
--> statement-breakpoint
CREATE INDEX "actual_of_subcontract_line" ON "finance"."actual" USING btree ("subcontract_line_id","work_date","id") WHERE subcontract_line_id is not null;
