ALTER TABLE "finance"."revenue_event" DROP CONSTRAINT "revenue_event_method";
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD COLUMN "accrual_event_id" uuid;
--> statement-breakpoint
CREATE INDEX "actual_unaccrued" ON "finance"."actual" USING btree ("legal_entity_id","accounting_date") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and accrual_event_id is null;
--> statement-breakpoint
CREATE INDEX "actual_drawn_of_period" ON "finance"."actual" USING btree ("legal_entity_id","accounting_date") WHERE kind = 'DRAWN_SALES';
--> statement-breakpoint
CREATE INDEX "payment_unapplied_of_books" ON "finance"."payment" USING btree ("legal_entity_id","received_on") WHERE status in ('RECEIVED', 'PARTLY_APPLIED');
--> statement-breakpoint
CREATE INDEX "revenue_event_open" ON "finance"."revenue_event" USING btree ("legal_entity_id","recognition_date") WHERE status in ('SCHEDULED', 'PENDING_APPROVAL');
--> statement-breakpoint
CREATE INDEX "revenue_event_measured_of_books" ON "finance"."revenue_event" USING btree ("legal_entity_id","contract_id") WHERE method in ('COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER') and status not in ('REVERSED', 'CANCELLED');
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ADD CONSTRAINT "revenue_event_method" CHECK ("finance"."revenue_event"."method" in ('AS_BILLED', 'ACCRUED', 'STRAIGHT_LINE', 'MILESTONE', 'COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER'));
--> statement-breakpoint
-- An accrual marks what it accrued, once: the mark stays when the work is billed or taken back.
CREATE OR REPLACE FUNCTION finance.actual_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['version', 'updated_at', 'status', 'hold_code', 'hold_reason', 'invoice_id', 'invoice_line_id', 'reversed_by_id', 'accrual_event_id'];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
    OR (OLD.reversed_by_id IS NOT NULL AND OLD.reversed_by_id IS DISTINCT FROM NEW.reversed_by_id)
    OR (OLD.accrual_event_id IS NOT NULL AND OLD.accrual_event_id IS DISTINCT FROM NEW.accrual_event_id) THEN
    RAISE EXCEPTION 'An actual never changes; reverse it and post a new one.' USING ERRCODE = 'AC002', CONSTRAINT = 'actualImmutable';
  END IF;
  RETURN NEW;
END $$;
