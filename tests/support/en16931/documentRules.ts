import { by, decimals, exact, minus, plus, rounded, same, sum, times, zero } from './exact.ts';
import { numberAt, type Rule, type Subject, taxIds } from './subject.ts';
import type { Node } from './tree.ts';

const everyLine =
  (holds: (line: Node, subject: Subject) => boolean): Rule =>
  (subject) =>
    subject.lines.every((line) => holds(line, subject));
const everyTax =
  (holds: (tax: Node) => boolean): Rule =>
  ({ breakdown }) =>
    breakdown.every(holds);
const inTotals =
  (path: string): Rule =>
  ({ totals }) =>
    totals?.has(path) === true;
const quantityOf = ({ isInvoice }: Subject) => (isInvoice ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity');
const inOrder = (period: Node) => !period.at('cbc:StartDate') || !period.at('cbc:EndDate') || period.at('cbc:EndDate') >= period.at('cbc:StartDate');
const isDated = (period: Node) => period.has('cbc:StartDate') || period.has('cbc:EndDate');

/** BR-1 to BR-65: what must be there. */
const presence: Readonly<Record<string, Rule>> = {
  'BR-01': ({ root }) => root.at('cbc:CustomizationID') !== '',
  'BR-02': ({ root }) => root.at('cbc:ID') !== '',
  'BR-03': ({ root }) => /^\d{4}-\d\d-\d\d$/.test(root.at('cbc:IssueDate')),
  'BR-04': ({ root, isInvoice }) => root.at(isInvoice ? 'cbc:InvoiceTypeCode' : 'cbc:CreditNoteTypeCode') !== '',
  'BR-05': ({ root }) => root.at('cbc:DocumentCurrencyCode') !== '',
  'BR-06': ({ seller }) =>
    seller?.at('cac:PartyLegalEntity/cbc:RegistrationName') !== undefined && seller.at('cac:PartyLegalEntity/cbc:RegistrationName') !== '',
  'BR-07': ({ buyer }) => buyer?.at('cac:PartyLegalEntity/cbc:RegistrationName') !== undefined && buyer.at('cac:PartyLegalEntity/cbc:RegistrationName') !== '',
  'BR-08': ({ seller }) => seller?.has('cac:PostalAddress') === true,
  'BR-09': ({ seller }) => !seller?.has('cac:PostalAddress') || seller.at('cac:PostalAddress/cac:Country/cbc:IdentificationCode') !== '',
  'BR-10': ({ buyer }) => buyer?.has('cac:PostalAddress') === true,
  'BR-11': ({ buyer }) => !buyer?.has('cac:PostalAddress') || buyer.at('cac:PostalAddress/cac:Country/cbc:IdentificationCode') !== '',
  'BR-12': inTotals('cbc:LineExtensionAmount'),
  'BR-13': inTotals('cbc:TaxExclusiveAmount'),
  'BR-14': inTotals('cbc:TaxInclusiveAmount'),
  'BR-15': inTotals('cbc:PayableAmount'),
  'BR-16': ({ lines }) => lines.length > 0,
  'BR-21': everyLine((line) => line.at('cbc:ID') !== ''),
  'BR-22': everyLine((line, subject) => exact(line.at(quantityOf(subject))) !== undefined),
  'BR-23': everyLine((line, subject) => !line.has(quantityOf(subject)) || Boolean(line.first(quantityOf(subject))?.attribute('unitCode'))),
  'BR-24': everyLine((line) => exact(line.at('cbc:LineExtensionAmount')) !== undefined),
  'BR-25': everyLine((line) => line.at('cac:Item/cbc:Name') !== ''),
  'BR-26': everyLine((line) => exact(line.at('cac:Price/cbc:PriceAmount')) !== undefined),
  'BR-27': everyLine((line) => numberAt(line, 'cac:Price/cbc:PriceAmount').over >= 0n),
  'BR-28': everyLine((line) => numberAt(line, 'cac:Price/cac:AllowanceCharge/cbc:BaseAmount').over >= 0n),
  'BR-29': ({ root }) => root.all('cac:InvoicePeriod').every(inOrder),
  'BR-30': everyLine((line) => line.all('cac:InvoicePeriod').every(inOrder)),
  'BR-31': ({ allowances }) => allowances.every((each) => each.has('cbc:Amount')),
  'BR-32': ({ allowances }) => allowances.every((each) => each.has('cac:TaxCategory/cbc:ID')),
  'BR-33': ({ allowances }) => allowances.every((each) => each.has('cbc:AllowanceChargeReason') || each.has('cbc:AllowanceChargeReasonCode')),
  'BR-36': ({ charges }) => charges.every((each) => each.has('cbc:Amount')),
  'BR-41': everyLine((line) => line.all('cac:AllowanceCharge').every((each) => each.has('cbc:Amount'))),
  'BR-42': everyLine((line) =>
    line.all('cac:AllowanceCharge').every((each) => each.has('cbc:AllowanceChargeReason') || each.has('cbc:AllowanceChargeReasonCode')),
  ),
  'BR-DEC-01': ({ allowances }) => allowances.every((each) => atMostTwo(each, 'cbc:Amount')),
  'BR-DEC-02': ({ allowances }) => allowances.every((each) => atMostTwo(each, 'cbc:BaseAmount')),
  'BR-DEC-24': everyLine((line) => line.all('cac:AllowanceCharge').every((each) => atMostTwo(each, 'cbc:Amount'))),
  'BR-DEC-25': everyLine((line) => line.all('cac:AllowanceCharge').every((each) => atMostTwo(each, 'cbc:BaseAmount'))),
  // Peppol BIS: a per cent and what it is of go together, and give the amount.
  'PEPPOL-EN16931-R040': ({ allowances, lines }) =>
    [...allowances, ...lines.flatMap((line) => line.all('cac:AllowanceCharge'))].every((each) => {
      if (each.has('cbc:MultiplierFactorNumeric') !== each.has('cbc:BaseAmount')) return false;
      if (!each.has('cbc:BaseAmount')) return true;
      const due = rounded(by(times(numberAt(each, 'cbc:BaseAmount'), numberAt(each, 'cbc:MultiplierFactorNumeric')), { over: 100n, under: 1n }));
      return same(numberAt(each, 'cbc:Amount'), due);
    }),
  'BR-38': ({ charges }) => charges.every((each) => each.has('cbc:AllowanceChargeReason') || each.has('cbc:AllowanceChargeReasonCode')),
  'BR-45': everyTax((tax) => tax.has('cbc:TaxableAmount')),
  'BR-46': everyTax((tax) => tax.has('cbc:TaxAmount')),
  'BR-47': everyTax((tax) => tax.at('cac:TaxCategory/cbc:ID') !== ''),
  'BR-48': everyTax((tax) => tax.at('cac:TaxCategory/cbc:Percent') !== '' || tax.at('cac:TaxCategory/cbc:ID') === 'O'),
  'BR-49': ({ root }) => root.all('cac:PaymentMeans').every((each) => each.at('cbc:PaymentMeansCode') !== ''),
  'BR-50': ({ root }) => root.all('cac:PaymentMeans/cac:PayeeFinancialAccount').every((each) => each.at('cbc:ID') !== ''),
  'BR-55': ({ root }) => root.all('cac:BillingReference').every((each) => each.at('cac:InvoiceDocumentReference/cbc:ID') !== ''),
  'BR-61': ({ root }) =>
    root.all('cac:PaymentMeans').every((each) => !['30', '58'].includes(each.at('cbc:PaymentMeansCode')) || each.has('cac:PayeeFinancialAccount/cbc:ID')),
  'BR-62': ({ seller }) => (seller?.all('cbc:EndpointID') ?? []).every((each) => Boolean(each.attribute('schemeID'))),
  'BR-63': ({ buyer }) => (buyer?.all('cbc:EndpointID') ?? []).every((each) => Boolean(each.attribute('schemeID'))),
};

const total = (subject: Subject, name: string) => numberAt(subject.totals, `cbc:${name}`);
/** Countries by which a VAT identifier may begin, beside those of ISO 3166-1. */
const alsoCountries = ['EL', 'XI'];
const countries =
  'AD AE AT AU BE BG BR CA CH CL CN CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IL IN IS IT JP KR KW LI LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK TR US ZA'.split(
    ' ',
  );

/** BR-CO: conditions and sums. */
const conditions: Readonly<Record<string, Rule>> = {
  'BR-CO-03': ({ root }) => !(root.has('cbc:TaxPointDate') && root.has('cac:InvoicePeriod/cbc:DescriptionCode')),
  'BR-CO-04': everyLine((line) => line.at('cac:Item/cac:ClassifiedTaxCategory/cbc:ID') !== ''),
  'BR-CO-09': ({ seller, buyer }) => [...taxIds(seller).vat, ...taxIds(buyer).vat].every((id) => [...countries, ...alsoCountries].includes(id.slice(0, 2))),
  'BR-CO-10': (subject) => same(total(subject, 'LineExtensionAmount'), rounded(sum(subject.lines.map((line) => numberAt(line, 'cbc:LineExtensionAmount'))))),
  'BR-CO-11': (subject) => same(total(subject, 'AllowanceTotalAmount'), sum(subject.allowances.map((each) => numberAt(each, 'cbc:Amount')))),
  'BR-CO-12': (subject) => same(total(subject, 'ChargeTotalAmount'), sum(subject.charges.map((each) => numberAt(each, 'cbc:Amount')))),
  'BR-CO-13': (subject) =>
    same(
      total(subject, 'TaxExclusiveAmount'),
      plus(minus(total(subject, 'LineExtensionAmount'), total(subject, 'AllowanceTotalAmount')), total(subject, 'ChargeTotalAmount')),
    ),
  'BR-CO-14': ({ taxTotals }) =>
    taxTotals.every((tax) => {
      const parts = tax.all('cac:TaxSubtotal');
      return parts.length === 0 || same(numberAt(tax, 'cbc:TaxAmount'), sum(parts.map((part) => numberAt(part, 'cbc:TaxAmount'))));
    }),
  'BR-CO-15': (subject) => {
    const currency = subject.root.at('cbc:DocumentCurrencyCode');
    const own = subject.taxTotals.find((tax) => tax.first('cbc:TaxAmount')?.attribute('currencyID') === currency);
    return same(total(subject, 'TaxInclusiveAmount'), plus(total(subject, 'TaxExclusiveAmount'), numberAt(own, 'cbc:TaxAmount')));
  },
  'BR-CO-16': (subject) =>
    same(
      total(subject, 'PayableAmount'),
      plus(minus(total(subject, 'TaxInclusiveAmount'), total(subject, 'PrepaidAmount')), total(subject, 'PayableRoundingAmount')),
    ),
  'BR-CO-18': ({ breakdown }) => breakdown.length > 0,
  'BR-CO-19': ({ root }) => root.all('cac:InvoicePeriod').every(isDated),
  'BR-CO-20': everyLine((line) => line.all('cac:InvoicePeriod').every(isDated)),
  'BR-CO-25': (subject) => {
    const { root } = subject;
    const isDue = root.has('cbc:DueDate') || root.has('cac:PaymentMeans/cbc:PaymentDueDate') || root.has('cac:PaymentTerms/cbc:Note');
    return total(subject, 'PayableAmount').over <= zero.over || isDue;
  },
  'BR-CO-26': ({ seller }) =>
    taxIds(seller).vat.length > 0 || seller?.has('cac:PartyIdentification/cbc:ID') === true || seller?.has('cac:PartyLegalEntity/cbc:CompanyID') === true,
};

const atMostTwo = (node: Node | undefined, path: string) => decimals(node?.at(path) ?? '') <= 2;

/** BR-DEC: two decimals at most. */
const digits: Readonly<Record<string, Rule>> = {
  'BR-DEC-09': ({ totals }) => atMostTwo(totals, 'cbc:LineExtensionAmount'),
  'BR-DEC-10': ({ totals }) => atMostTwo(totals, 'cbc:AllowanceTotalAmount'),
  'BR-DEC-11': ({ totals }) => atMostTwo(totals, 'cbc:ChargeTotalAmount'),
  'BR-DEC-12': ({ totals }) => atMostTwo(totals, 'cbc:TaxExclusiveAmount'),
  'BR-DEC-13': ({ taxTotals }) => taxTotals.every((tax) => atMostTwo(tax, 'cbc:TaxAmount')),
  'BR-DEC-14': ({ totals }) => atMostTwo(totals, 'cbc:TaxInclusiveAmount'),
  'BR-DEC-16': ({ totals }) => atMostTwo(totals, 'cbc:PrepaidAmount'),
  'BR-DEC-17': ({ totals }) => atMostTwo(totals, 'cbc:PayableRoundingAmount'),
  'BR-DEC-18': ({ totals }) => atMostTwo(totals, 'cbc:PayableAmount'),
  'BR-DEC-19': everyTax((tax) => atMostTwo(tax, 'cbc:TaxableAmount')),
  'BR-DEC-20': everyTax((tax) => atMostTwo(tax, 'cbc:TaxAmount')),
  'BR-DEC-23': everyLine((line) => atMostTwo(line, 'cbc:LineExtensionAmount')),
};

/** Code lists, as far as our documents use them. */
const codes: Readonly<Record<string, Rule>> = {
  'BR-CL-01': ({ root, isInvoice }) => (isInvoice ? root.at('cbc:InvoiceTypeCode') === '380' : root.at('cbc:CreditNoteTypeCode') === '381'),
  'BR-CL-03': ({ root }) => {
    const amounts = ['cbc:TaxAmount', 'cbc:TaxableAmount', 'cbc:LineExtensionAmount', 'cbc:PriceAmount', 'cbc:PayableAmount'].flatMap((name) =>
      root.anywhere(name),
    );
    return amounts.every((each) => /^[A-Z]{3}$/.test(each.attribute('currencyID') ?? ''));
  },
  'BR-CL-04': ({ root }) => /^[A-Z]{3}$/.test(root.at('cbc:DocumentCurrencyCode')),
  'BR-CL-14': ({ root }) => root.anywhere('cbc:IdentificationCode').every((each) => countries.includes(each.text)),
  'BR-CL-16': ({ root }) => root.all('cac:PaymentMeans').every((each) => /^\d{1,2}$/.test(each.at('cbc:PaymentMeansCode'))),
  'BR-CL-23': everyLine((line, subject) => ['HUR', 'MIN', 'SEC', 'EA'].includes(line.first(quantityOf(subject))?.attribute('unitCode') ?? '')),
};

export const documentRules: Readonly<Record<string, Rule>> = { ...presence, ...conditions, ...digits, ...codes };
