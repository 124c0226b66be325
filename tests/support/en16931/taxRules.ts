import { below, by, exact, minus, plus, rounded, same, size, sum, times } from './exact.ts';
import { numberAt, type Rule, type Subject, taxIds } from './subject.ts';
import type { Node } from './tree.ts';

const hundred = { over: 100n, under: 1n };
const one = { over: 1n, under: 1n };
const itemTax = 'cac:Item/cac:ClassifiedTaxCategory';

const codesOf = ({ lines, allowances, charges }: Subject): string[] => [
  ...lines.map((line) => line.at(`${itemTax}/cbc:ID`)),
  ...[...allowances, ...charges].map((each) => each.at('cac:TaxCategory/cbc:ID')),
];
const groupsIn = ({ breakdown }: Subject, code: string): Node[] => breakdown.filter((tax) => tax.at('cac:TaxCategory/cbc:ID') === code);
const isReasoned = (tax: Node) => tax.has('cac:TaxCategory/cbc:TaxExemptionReason') || tax.has('cac:TaxCategory/cbc:TaxExemptionReasonCode');
const isZero = (text: string) => exact(text)?.over === 0n;

/** What is taxed in a category, at a rate where there is one. */
function taxable({ lines, allowances, charges }: Subject, code: string, percent?: string) {
  const rate = percent === undefined ? undefined : exact(percent);
  const meant = (category: Node | undefined) => {
    if (category?.at('cbc:ID') !== code) return false;
    const own = exact(category.at('cbc:Percent'));
    return rate === undefined || (own !== undefined && same(own, rate));
  };
  const own = lines.filter((line) => meant(line.first(itemTax))).map((line) => numberAt(line, 'cbc:LineExtensionAmount'));
  const of = (all: Node[]) => sum(all.filter((each) => meant(each.first('cac:TaxCategory'))).map((each) => numberAt(each, 'cbc:Amount')));
  return minus(plus(sum(own), of(charges)), of(allowances));
}

/** Rules that all categories of no tax share: exactly one group, a seller whom the tax office knows, a rate and a tax of zero, the sum of the lines. */
function free(code: string): Record<string, Rule> {
  return {
    [`BR-${code}-01`]: (subject) => groupsIn(subject, code).length === (codesOf(subject).includes(code) ? 1 : 0),
    [`BR-${code}-02`]: (subject) => {
      const { vat, other } = taxIds(subject.seller);
      return !subject.lines.some((line) => line.at(`${itemTax}/cbc:ID`) === code) || vat.length + other.length > 0;
    },
    [`BR-${code}-05`]: ({ lines }) => lines.every((line) => line.at(`${itemTax}/cbc:ID`) !== code || isZero(line.at(`${itemTax}/cbc:Percent`))),
    [`BR-${code}-08`]: (subject) => groupsIn(subject, code).every((tax) => same(numberAt(tax, 'cbc:TaxableAmount'), taxable(subject, code))),
    [`BR-${code}-09`]: (subject) => groupsIn(subject, code).every((tax) => isZero(tax.at('cbc:TaxAmount'))),
    [`BR-${code}-10`]: (subject) => groupsIn(subject, code).every(isReasoned),
  };
}

const standard: Readonly<Record<string, Rule>> = {
  'BR-S-01': (subject) => groupsIn(subject, 'S').length > 0 === codesOf(subject).includes('S'),
  'BR-S-02': (subject) => {
    const { vat, other } = taxIds(subject.seller);
    return !codesOf(subject).includes('S') || vat.length + other.length > 0;
  },
  'BR-S-05': ({ lines }) => lines.every((line) => line.at(`${itemTax}/cbc:ID`) !== 'S' || numberAt(line, `${itemTax}/cbc:Percent`).over > 0n),
  'BR-S-08': (subject) =>
    groupsIn(subject, 'S').every((tax) => same(numberAt(tax, 'cbc:TaxableAmount'), taxable(subject, 'S', tax.at('cac:TaxCategory/cbc:Percent')))),
  'BR-S-09': (subject) => groupsIn(subject, 'S').every((tax) => isTaxOf(subject, tax)),
  'BR-S-10': (subject) => !groupsIn(subject, 'S').some(isReasoned),
};

/** To the hundredth. Where a currency has no hundredths the published schematron lets less than one unit pass, and nothing else can. */
function isTaxOf({ root }: Subject, tax: Node): boolean {
  const due = rounded(by(times(numberAt(tax, 'cbc:TaxableAmount'), numberAt(tax, 'cac:TaxCategory/cbc:Percent')), hundred));
  const said = numberAt(tax, 'cbc:TaxAmount');
  const whole = ['JPY', 'KRW', 'CLP', 'ISK', 'VND'].includes(root.at('cbc:DocumentCurrencyCode'));
  return whole ? below(size(minus(said, due)), one) : same(said, due);
}

const { 'BR-Z-10': _, ...zeroRated } = free('Z');
const { 'BR-O-02': __, 'BR-O-05': ___, ...outside } = free('O');

const lineAllowances = (line: Node): Node[] => line.all('cac:AllowanceCharge').filter((each) => each.at('cbc:ChargeIndicator') === 'false');

const others: Readonly<Record<string, Rule>> = {
  'BR-CO-17': (subject) => subject.breakdown.every((tax) => isTaxOf(subject, tax)),
  'BR-CL-17': ({ breakdown }) => breakdown.every((tax) => ['S', 'Z', 'E', 'AE', 'G', 'O'].includes(tax.at('cac:TaxCategory/cbc:ID'))),
  'BR-Z-10': (subject) => !groupsIn(subject, 'Z').some(isReasoned),
  // The buyer owes the tax, so that it must be known too.
  'BR-AE-02': (subject) => {
    const [seller, buyer] = [taxIds(subject.seller), taxIds(subject.buyer)];
    const known = buyer.vat.length > 0 || subject.buyer?.has('cac:PartyLegalEntity/cbc:CompanyID') === true;
    return !codesOf(subject).includes('AE') || (seller.vat.length + seller.other.length > 0 && known);
  },
  'BR-O-02': (subject) => !codesOf(subject).includes('O') || taxIds(subject.seller).vat.length + taxIds(subject.buyer).vat.length === 0,
  'BR-O-05': ({ lines }) => lines.every((line) => line.at(`${itemTax}/cbc:ID`) !== 'O' || !line.has(`${itemTax}/cbc:Percent`)),
  'BR-O-11': (subject) => groupsIn(subject, 'O').length === 0 || subject.breakdown.length === groupsIn(subject, 'O').length,
  'BR-O-12': (subject) => groupsIn(subject, 'O').length === 0 || codesOf(subject).every((code) => code === 'O'),
  // Not a rule by number, but how the norm defines BT-131: price times quantity per base quantity, to the hundredth, less the allowances of the line.
  'BT-131': ({ lines, isInvoice }) =>
    lines.every((line) => {
      const quantity = numberAt(line, isInvoice ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity');
      const base = line.has('cac:Price/cbc:BaseQuantity') ? numberAt(line, 'cac:Price/cbc:BaseQuantity') : one;
      const gross = rounded(by(times(numberAt(line, 'cac:Price/cbc:PriceAmount'), quantity), base));
      return same(numberAt(line, 'cbc:LineExtensionAmount'), minus(gross, sum(lineAllowances(line).map((each) => numberAt(each, 'cbc:Amount')))));
    }),
  // The same of the base quantity: it counts in the unit of the quantity.
  'BT-150': ({ lines, isInvoice }) =>
    lines.every((line) => {
      const unit = line.first(isInvoice ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity')?.attribute('unitCode');
      return line.all('cac:Price/cbc:BaseQuantity').every((base) => base.attribute('unitCode') === unit);
    }),
};

export const taxRules: Readonly<Record<string, Rule>> = { ...standard, ...zeroRated, ...free('E'), ...free('G'), ...free('AE'), ...outside, ...others };
