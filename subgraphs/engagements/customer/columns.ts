import type { PostalAddress } from '#kernel/party.ts';
import { jsonb, text } from '#kernel/sql.ts';

/** What invoices say of a customer, beside its name. */
export function partyColumns() {
  return {
    legalName: text('legal_name'),
    postalAddress: jsonb('postal_address').$type<PostalAddress>(),
    vatId: text('vat_id'),
    registrationNumber: text('registration_number'),
    buyerReference: text('buyer_reference'),
    electronicAddress: text('electronic_address'),
  };
}
