-- Actuals of a kind or a status that few have, as lists ask for them, the oldest or the newest first.
CREATE INDEX "actual_of_kind" ON "finance"."actual" USING btree ("kind","work_date","id") WHERE kind <> 'COST' and kind <> 'UNBILLED_SALES';
--> statement-breakpoint
CREATE INDEX "actual_of_status" ON "finance"."actual" USING btree ("status","work_date","id");
