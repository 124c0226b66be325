import { minorDigits } from '#kernel/currency.ts';
import { isCountry } from '#kernel/party.ts';
import { categoryCodes, type TaxCategory } from '../billing/category.ts';
import type { Paper } from './paper.ts';
import type { Party } from './particulars.ts';
import type { EInvoiceProfile } from './profile.ts';

export type Problem = { rule: string; message: string };

/** What would make the electronic invoice invalid: the rules that our data can break. All others hold by the way in which it is written. */
export function problemsOf(paper: Paper, profile: EInvoiceProfile): Problem[] {
  return [...parties(paper), ...taxes(paper), ...decimals(paper), ...(profile === 'PEPPOL_BIS_3' ? peppol(paper) : [])];
}

const ofSeller = 'the legal entity: updateLegalEntity';
const ofBuyer = 'the customer: updateCustomer';

function parties({ seller, buyer, lines, taxes: groups }: Paper): Problem[] {
  // What is not subject to the tax names nobody's VAT identifier (BR-O-02).
  const isOutside = groups.some(({ category }) => category === 'OUT_OF_SCOPE');
  const [own, theirs] = isOutside ? [null, null] : [seller.vatId, buyer.vatId];
  const found: (Problem | undefined)[] = [
    missing(!seller.address, { rule: 'BR-08', what: 'The seller has no postal address', where: ofSeller }),
    missing(!buyer.address, { rule: 'BR-10', what: 'The buyer has no postal address in parts', where: ofBuyer }),
    unknownCountry(seller, 'BR-09', ofSeller),
    unknownCountry(buyer, 'BR-11', ofBuyer),
    missing(!(own || seller.registrationNumber), {
      rule: 'BR-CO-26',
      what: 'The seller has neither a VAT identifier nor a registration number',
      where: ofSeller,
    }),
    wrongPrefix(own, 'seller', ofSeller),
    wrongPrefix(theirs, 'buyer', ofBuyer),
    missing(lines.length === 0, { rule: 'BR-16', what: 'There is no line', where: 'the invoice: cancel it' }),
  ];
  return found.filter((each) => each !== undefined);
}

/** What is wrong, and where it is mended. */
type Fault = { rule: string; what: string; where: string };

function missing(is: boolean, { rule, what, where }: Fault): Problem | undefined {
  return is ? { rule, message: `${what}. Mend ${where}.` } : undefined;
}

function unknownCountry({ address }: Party, rule: string, where: string): Problem | undefined {
  return missing(address !== null && !isCountry(address.countryCode), { rule, what: `There is no country ${address?.countryCode}`, where });
}

/** Greece writes EL, Northern Ireland XI. */
function wrongPrefix(vatId: string | null, who: string, where: string): Problem | undefined {
  const prefix = vatId?.slice(0, 2);
  return missing(prefix !== undefined && !isCountry(prefix) && !['EL', 'XI'].includes(prefix), {
    rule: 'BR-CO-09',
    what: `The VAT identifier of the ${who} begins with no country`,
    where,
  });
}

/** Rules of a category: who must be named by the tax office, and why nothing is charged. */
function taxes({ taxes: groups, seller, buyer, tax }: Paper): Problem[] {
  return [...new Set(groups.map(({ category }) => category))].flatMap((category) => {
    const code = categoryCodes[category];
    const named = category === 'OUT_OF_SCOPE' || seller.vatId || seller.taxNumber;
    const owing = category !== 'REVERSE_CHARGE' || buyer.vatId || buyer.registrationNumber;
    const found = [
      missing(!named, { rule: `BR-${code}-02`, what: 'The seller has neither a VAT identifier nor a tax number', where: ofSeller }),
      missing(!owing, { rule: 'BR-AE-02', what: 'The buyer, who owes the tax, has neither a VAT identifier nor a registration number', where: ofBuyer }),
      missing(needsReason(category) && !tax.note, {
        rule: `BR-${code}-10`,
        what: 'The tax profile does not say why no tax is charged',
        where: 'its note: updateTaxProfile',
      }),
    ];
    return found.filter((each) => each !== undefined);
  });
}

/** The others have a code that says it. */
function needsReason(category: TaxCategory): boolean {
  return category === 'EXEMPT';
}

/** EN 16931 knows hundredths only: an amount of a currency with three digits must end in a zero. */
function decimals(paper: Paper): Problem[] {
  const step = 10n ** BigInt(Math.max(0, minorDigits(paper.currency) - 2));
  if (step === 1n) return [];
  const amounts: [string, string, bigint][] = [
    ['BR-DEC-12', 'The total without tax', paper.netMinor],
    ['BR-DEC-13', 'The tax', paper.taxMinor],
    ['BR-DEC-14', 'The total with tax', paper.totalMinor],
    ...paper.allowances.map(({ reason, minor }): [string, string, bigint] => ['BR-DEC-01', `The discount ${reason}`, minor]),
    ...paper.lines.flatMap(({ position, discount }): [string, string, bigint][] =>
      discount ? [['BR-DEC-24', `The discount of line ${position}`, discount.minor]] : [],
    ),
    ...paper.lines.map(({ position, amountMinor }): [string, string, bigint] => ['BR-DEC-23', `Line ${position}`, amountMinor]),
  ];
  return amounts
    .filter(([, , minor]) => minor % step !== 0n)
    .map(([rule, what]) => ({ rule, message: `${what} has more than two decimals, which EN 16931 does not take. Send the printed invoice.` }));
}

function peppol({ seller, buyer, purchaseOrderNumber }: Paper): Problem[] {
  const found = [
    missing(!seller.electronicAddress, { rule: 'PEPPOL-EN16931-R020', what: 'The seller has no electronic address', where: ofSeller }),
    missing(!buyer.electronicAddress, { rule: 'PEPPOL-EN16931-R010', what: 'The buyer has no electronic address', where: ofBuyer }),
    missing(!(buyer.buyerReference || purchaseOrderNumber), {
      rule: 'PEPPOL-EN16931-R003',
      what: 'There is neither a reference of the buyer nor an order number',
      where: 'the customer: updateCustomer, or before posting the invoice: updateInvoice',
    }),
  ];
  return found.filter((each) => each !== undefined);
}
