ALTER TABLE "resources"."assignment" ADD COLUMN "planned_end_date" date;
--> statement-breakpoint
CREATE INDEX "assignment_cut_short" ON "resources"."assignment" USING btree ("project_id","from_date","id") WHERE "resources"."assignment"."planned_end_date" is not null;
