import { minorDigits } from '#kernel/currency.ts';
import { formatDecimal } from '#kernel/decimal.ts';
import type { PostalAddress } from '#kernel/party.ts';
import { categoryCodes, type TaxCategory } from '../billing/category.ts';
import type { Paper, PaperAllowance, PaperDiscount, PaperLine, PaperTax } from './paper.ts';
import type { Buyer, Party, Seller } from './particulars.ts';
import type { EInvoiceProfile } from './profile.ts';
import { type Element, element, writeXml } from './xml.ts';

const namespaces = {
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/** What differs between the two documents of UBL. */
const kinds = {
  INVOICE: { root: 'Invoice', type: 'cbc:InvoiceTypeCode', code: '380', line: 'cac:InvoiceLine', quantity: 'cbc:InvoicedQuantity' },
  CREDIT_NOTE: { root: 'CreditNote', type: 'cbc:CreditNoteTypeCode', code: '381', line: 'cac:CreditNoteLine', quantity: 'cbc:CreditedQuantity' },
} as const;

const profiles: Readonly<Record<EInvoiceProfile, { customization: string; process: string | null }>> = {
  EN_16931: { customization: 'urn:cen.eu:en16931:2017', process: null },
  PEPPOL_BIS_3: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  },
};

/** The document as UBL 2.1, in the order of its schema. Whether it is valid by EN 16931 is asked of `problemsOf`. */
export function ublOf(paper: Paper, profile: EInvoiceProfile): string {
  const { root, type, code } = kinds[paper.kind];
  const { customization, process } = profiles[profile];
  const isInvoice = paper.kind === 'INVOICE';
  const document = element(
    root,
    [
      element('cbc:CustomizationID', customization),
      element('cbc:ProfileID', process),
      element('cbc:ID', paper.number),
      element('cbc:IssueDate', paper.date),
      isInvoice ? element('cbc:DueDate', paper.dueDate) : undefined,
      element(type, code),
      element('cbc:Note', paper.creditReason ?? paper.note),
      element('cbc:DocumentCurrencyCode', paper.currency),
      element('cbc:BuyerReference', paper.buyer.buyerReference),
      periodOf(paper.period),
      element('cac:OrderReference', [element('cbc:ID', paper.purchaseOrderNumber)]),
      paper.credits
        ? element('cac:BillingReference', [
            element('cac:InvoiceDocumentReference', [element('cbc:ID', paper.credits.number), element('cbc:IssueDate', paper.credits.date)]),
          ])
        : undefined,
      element('cac:AccountingSupplierParty', [sellerOf(paper)]),
      element('cac:AccountingCustomerParty', [buyerOf(paper)]),
      isInvoice ? paymentMeans(paper) : undefined,
      element('cac:PaymentTerms', [element('cbc:Note', termsOf(paper))]),
      ...paper.allowances.map((allowance) => allowanceOf(paper, allowance)),
      taxTotal(paper),
      totals(paper),
      ...paper.lines.map((line) => lineOf(paper, line)),
    ],
    { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`, ...namespaces },
  );
  if (!document) throw new Error('a document of nothing');
  return writeXml(document);
}

/** The terms of payment in words. */
export function termsOf({ kind, dueDate, paymentTermDays, credits }: Paper): string {
  if (kind === 'CREDIT_NOTE') return `Settled with invoice ${credits?.number ?? ''}.`;
  return paymentTermDays === 0 ? `Payable at once, on ${dueDate}.` : `Payable within ${paymentTermDays} days, by ${dueDate}.`;
}

/** EN 16931 takes two decimals at most; where a currency has more, `problemsOf` says whether an amount needs them. */
function amount(name: string, minor: bigint, currency: string): Element | undefined {
  const digits = minorDigits(currency);
  const text = digits > 2 ? formatDecimal(minor / 10n ** BigInt(digits - 2), 2) : formatDecimal(minor, digits);
  return element(name, text, { currencyID: currency });
}

/** Basis points as a per cent: 1900 is 19, 725 is 7.25. */
export function percentOf(basisPoints: number): string {
  return formatDecimal(BigInt(basisPoints), 2).replace(/\.?0+$/, '') || '0';
}

function periodOf(period: { from: string | null; to: string | null } | null): Element | undefined {
  return period ? element('cac:InvoicePeriod', [element('cbc:StartDate', period.from), element('cbc:EndDate', period.to)]) : undefined;
}

function addressOf(address: PostalAddress | null): Element | undefined {
  if (!address) return undefined;
  const [street, additional, third] = address.lines;
  return element('cac:PostalAddress', [
    element('cbc:StreetName', street),
    element('cbc:AdditionalStreetName', additional),
    element('cbc:CityName', address.city),
    element('cbc:PostalZone', address.postalCode),
    element('cbc:CountrySubentity', address.region),
    element('cac:AddressLine', [element('cbc:Line', third)]),
    element('cac:Country', [element('cbc:IdentificationCode', address.countryCode)]),
  ]);
}

function endpointOf(address: string | null): Element | undefined {
  if (!address) return undefined;
  const at = address.indexOf(':');
  return element('cbc:EndpointID', address.slice(at + 1), { schemeID: address.slice(0, at) });
}

function taxScheme(id: string | null, scheme: string): Element | undefined {
  return id ? element('cac:PartyTaxScheme', [element('cbc:CompanyID', id), element('cac:TaxScheme', [element('cbc:ID', scheme)])]) : undefined;
}

/** What is not subject to the tax names nobody's VAT identifier (BR-O-02). */
function vatIdOf({ taxes }: Pick<Paper, 'taxes'>, { vatId }: Party): string | null {
  return taxes.some(({ category }) => category === 'OUT_OF_SCOPE') ? null : vatId;
}

function partyOf(party: Party, { schemes, more = [] }: { schemes: (Element | undefined)[]; more?: (Element | undefined)[] }): Element | undefined {
  return element('cac:Party', [
    endpointOf(party.electronicAddress),
    addressOf(party.address),
    ...schemes,
    element('cac:PartyLegalEntity', [element('cbc:RegistrationName', party.name), element('cbc:CompanyID', party.registrationNumber)]),
    ...more,
  ]);
}

function sellerOf({ taxes, seller }: Paper): Element | undefined {
  const contact = element('cac:Contact', [element('cbc:ElectronicMail', seller.contactEmail)]);
  return partyOf(seller, { schemes: [taxScheme(vatIdOf({ taxes }, seller), 'VAT'), taxScheme(seller.taxNumber, 'TAX')], more: [contact] });
}

function buyerOf({ taxes, buyer }: { taxes: Paper['taxes']; buyer: Buyer }): Element | undefined {
  return partyOf(buyer, { schemes: [taxScheme(vatIdOf({ taxes }, buyer), 'VAT')] });
}

/** UNCL 4461: 58 is a SEPA credit transfer, 30 any other. */
function paymentMeans({ number, currency, seller }: { number: string; currency: string; seller: Seller }): Element | undefined {
  if (!seller.bankAccount) return undefined;
  const isSepa = currency === 'EUR' && /^[A-Z]{2}\d{2}/.test(seller.bankAccount);
  return element('cac:PaymentMeans', [
    element('cbc:PaymentMeansCode', isSepa ? '58' : '30'),
    element('cbc:PaymentID', number),
    element('cac:PayeeFinancialAccount', [
      element('cbc:ID', seller.bankAccount),
      element('cbc:Name', seller.name),
      element('cac:FinancialInstitutionBranch', [element('cbc:ID', seller.bic)]),
    ]),
  ]);
}

/** Codes of reasons that a category says by itself (VATEX). */
const reasonCodes: Readonly<Partial<Record<TaxCategory, string>>> = { REVERSE_CHARGE: 'VATEX-EU-AE', EXPORT: 'VATEX-EU-G', OUT_OF_SCOPE: 'VATEX-EU-O' };

function categoryOf(name: string, { category, basisPoints, note }: { category: TaxCategory; basisPoints: number; note?: string | null }): Element | undefined {
  const reasoned = note !== undefined && category !== 'STANDARD' && category !== 'ZERO_RATED';
  return element(name, [
    element('cbc:ID', categoryCodes[category]),
    category === 'OUT_OF_SCOPE' ? undefined : element('cbc:Percent', percentOf(basisPoints)),
    reasoned ? element('cbc:TaxExemptionReasonCode', reasonCodes[category]) : undefined,
    reasoned ? element('cbc:TaxExemptionReason', note) : undefined,
    element('cac:TaxScheme', [element('cbc:ID', 'VAT')]),
  ]);
}

function taxTotal({ taxes, taxMinor, currency, tax: { note } }: Paper): Element | undefined {
  const subtotal = ({ category, basisPoints, netMinor, taxMinor: own }: PaperTax) =>
    element('cac:TaxSubtotal', [
      amount('cbc:TaxableAmount', netMinor, currency),
      amount('cbc:TaxAmount', own, currency),
      categoryOf('cac:TaxCategory', { category, basisPoints, note }),
    ]);
  return element('cac:TaxTotal', [amount('cbc:TaxAmount', taxMinor, currency), ...taxes.map(subtotal)]);
}

/** A discount: of the document (BG-20), with its category of tax, or of a line (BG-27). A per cent says of what. */
function allowanceOf({ currency }: Paper, { reason, minor, baseMinor, percentBasisPoints, ...taxed }: PaperDiscount & Partial<PaperAllowance>) {
  // A per cent that was rounded to whole units does not give its amount to the hundredth.
  const isPercent = percentBasisPoints !== null && minorDigits(currency) === 2;
  const { category, basisPoints } = taxed;
  return element('cac:AllowanceCharge', [
    element('cbc:ChargeIndicator', 'false'),
    element('cbc:AllowanceChargeReason', reason),
    isPercent ? element('cbc:MultiplierFactorNumeric', percentOf(percentBasisPoints)) : undefined,
    amount('cbc:Amount', minor, currency),
    isPercent ? amount('cbc:BaseAmount', baseMinor, currency) : undefined,
    category === undefined || basisPoints === undefined ? undefined : categoryOf('cac:TaxCategory', { category, basisPoints }),
  ]);
}

/** Of what was posted nothing is paid yet: payments are facts of their own. */
function totals({ netMinor, totalMinor, currency, allowances }: Paper): Element | undefined {
  const allowed = allowances.reduce((sum, { minor }) => sum + minor, 0n);
  return element('cac:LegalMonetaryTotal', [
    amount('cbc:LineExtensionAmount', netMinor + allowed, currency),
    amount('cbc:TaxExclusiveAmount', netMinor, currency),
    amount('cbc:TaxInclusiveAmount', totalMinor, currency),
    allowances.length > 0 ? amount('cbc:AllowanceTotalAmount', allowed, currency) : undefined,
    amount('cbc:PrepaidAmount', 0n, currency),
    amount('cbc:PayableAmount', totalMinor, currency),
  ]);
}

function lineOf(paper: Paper, line: PaperLine): Element | undefined {
  const { currency } = paper;
  const { line: name, quantity } = kinds[paper.kind];
  const { priced, category, basisPoints } = line;
  return element(name, [
    element('cbc:ID', String(line.position)),
    element(quantity, priced.quantity, { unitCode: priced.unit }),
    amount('cbc:LineExtensionAmount', line.amountMinor, currency),
    line.from && line.to ? periodOf({ from: line.from, to: line.to }) : undefined,
    line.discount ? allowanceOf(paper, line.discount) : undefined,
    element('cac:Item', [element('cbc:Name', line.description), categoryOf('cac:ClassifiedTaxCategory', { category, basisPoints })]),
    element('cac:Price', [
      element('cbc:PriceAmount', priced.price, { currencyID: currency }),
      element('cbc:BaseQuantity', priced.base, { unitCode: priced.unit }),
    ]),
  ]);
}
