DROP INDEX "finance"."actual_source_once";
--> statement-breakpoint
DROP INDEX "finance"."actual_revision_once";
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "part" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_source_once" ON "finance"."actual" USING btree ("source_type","source_id","source_version","kind","part") WHERE reverses_id is null and reversed_by_id is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_revision_once" ON "finance"."actual" USING btree ("source_id","source_type","source_version","kind","pricing_revision","part") WHERE reverses_id is null;
