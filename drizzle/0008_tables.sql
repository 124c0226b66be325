ALTER TABLE "resources"."assignment" ADD COLUMN "overbook_reason" text;
