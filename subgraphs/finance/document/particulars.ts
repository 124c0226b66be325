import type { CustomerReference } from '#engagements/published.ts';
import type { PostalAddress } from '#kernel/party.ts';
import type { TaxCategory } from '../billing/category.ts';
import type { LegalEntityRow, TaxProfileRow } from '../tables.ts';

/** A party as a document names it. */
export type Party = {
  name: string;
  address: PostalAddress | null;
  vatId: string | null;
  registrationNumber: string | null;
  electronicAddress: string | null;
};

export type Seller = Party & {
  taxNumber: string | null;
  bankAccount: string | null;
  bic: string | null;
  contactEmail: string | null;
  locale: string | null;
};

/** `freeAddress`: as the customer's address stood before it had parts. */
export type Buyer = Party & { buyerReference: string | null; freeAddress: string | null };

/** What a document says of its parties and of its tax, as it was on the day when it was posted. */
export type Particulars = { seller: Seller; buyer: Buyer; tax: { exempt: boolean; category: TaxCategory | null; note: string | null } };

type Sources = { entity: LegalEntityRow; customer: CustomerReference; profile: TaxProfileRow | undefined };

/** Pure: the particulars as master data has them now. */
export function particularsOf({ entity, customer, profile }: Sources): Particulars {
  const { name, postalAddress, vatId, registrationNumber, electronicAddress, taxNumber, bankAccount, bic, contactEmail, locale } = entity;
  const seller = { name, address: postalAddress, vatId, registrationNumber, electronicAddress, taxNumber, bankAccount, bic, contactEmail, locale };
  const { party } = customer;
  const buyer = {
    name: party?.legalName ?? customer.name,
    address: party?.postalAddress ?? null,
    vatId: party?.vatId ?? null,
    registrationNumber: party?.registrationNumber ?? null,
    electronicAddress: party?.electronicAddress ?? null,
    buyerReference: party?.buyerReference ?? null,
    freeAddress: party?.billingAddress ?? null,
  };
  const { exempt = false, category = null, note = null } = profile ?? {};
  return { seller, buyer, tax: { exempt, category, note } };
}
