import { type Exact, exact, zero } from './exact.ts';
import type { Node } from './tree.ts';

/** A document as the norm's rules speak of it: an Invoice or a CreditNote of UBL. */
export type Subject = {
  root: Node;
  isInvoice: boolean;
  lines: Node[];
  totals: Node | undefined;
  taxTotals: Node[];
  breakdown: Node[];
  seller: Node | undefined;
  buyer: Node | undefined;
  allowances: Node[];
  charges: Node[];
};

/** A rule holds, or it does not. */
export type Rule = (subject: Subject) => boolean;

export function subjectOf(root: Node): Subject {
  const isInvoice = root.name === 'Invoice';
  const taxTotals = root.all('cac:TaxTotal');
  const adjustments = root.all('cac:AllowanceCharge');
  return {
    root,
    isInvoice,
    lines: root.all(isInvoice ? 'cac:InvoiceLine' : 'cac:CreditNoteLine'),
    totals: root.first('cac:LegalMonetaryTotal'),
    taxTotals,
    breakdown: taxTotals.flatMap((total) => total.all('cac:TaxSubtotal')),
    seller: root.first('cac:AccountingSupplierParty/cac:Party'),
    buyer: root.first('cac:AccountingCustomerParty/cac:Party'),
    allowances: adjustments.filter((each) => each.at('cbc:ChargeIndicator') === 'false'),
    charges: adjustments.filter((each) => each.at('cbc:ChargeIndicator') === 'true'),
  };
}

/** The number at a path; zero where there is none. */
export function numberAt(node: Node | undefined, path: string): Exact {
  return exact(node?.at(path) ?? '') ?? zero;
}

/** Identifiers of a party at the tax office: its VAT identifier, and others. */
export function taxIds(party: Node | undefined): { vat: string[]; other: string[] } {
  const schemes = party?.all('cac:PartyTaxScheme') ?? [];
  const ids = (vat: boolean) => schemes.filter((each) => (each.at('cac:TaxScheme/cbc:ID') === 'VAT') === vat).map((each) => each.at('cbc:CompanyID'));
  return { vat: ids(true).filter(Boolean), other: ids(false).filter(Boolean) };
}
