-- A version that another one corrected for its own first day has no day left: its last day lies before its first, which is no range to '[]'.
ALTER TABLE finance.rate_card_version DROP CONSTRAINT rate_card_version_no_overlap;
--> statement-breakpoint
ALTER TABLE finance.rate_card_version ADD CONSTRAINT rate_card_version_no_overlap EXCLUDE USING gist (
  rate_card_id WITH =,
  daterange(effective_from, effective_to + 1, '[)') WITH &&
) WHERE (status <> 'DRAFT') DEFERRABLE INITIALLY IMMEDIATE;
