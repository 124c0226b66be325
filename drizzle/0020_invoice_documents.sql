-- What a posted invoice said of its parties never changes; only its delivery goes on.
CREATE TRIGGER invoice_document_is_final BEFORE UPDATE OR DELETE ON finance.invoice_document FOR EACH ROW
  EXECUTE FUNCTION finance.only_changes('status', 'channel', 'reference', 'failure', 'delivered_at', 'version', 'updated_at');
--> statement-breakpoint
-- Siblings know from now on what invoices say of a customer. Of the references the owner is let in for the moment.
ALTER TABLE log.reference NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
SET LOCAL accord.scope = 'command';
--> statement-breakpoint
UPDATE log.reference SET data = data || jsonb_build_object('party', jsonb_build_object('legalName', NULL, 'postalAddress', NULL,
    'billingAddress', customer.billing_address, 'vatId', NULL, 'registrationNumber', NULL, 'buyerReference', NULL, 'electronicAddress', NULL))
  FROM engagements.customer WHERE entity_type = 'Customer' AND entity_id = customer.id;
--> statement-breakpoint
RESET accord.scope;
--> statement-breakpoint
ALTER TABLE log.reference FORCE ROW LEVEL SECURITY;
