import { expect, test } from 'vitest';
import { ublOf } from '#finance/document/ubl.ts';
import { id } from '../support/decide.ts';
import { rules, violations } from '../support/en16931/validate.ts';
import { aPaper, type LineWish, particulars } from '../support/papers.ts';

const standard = ublOf(aPaper(), 'PEPPOL_BIS_3');
const note = ublOf(aPaper({ kind: 'CREDIT_NOTE' }), 'EN_16931');
const taxed = (category: 'ZERO_RATED' | 'EXEMPT' | 'REVERSE_CHARGE' | 'EXPORT' | 'OUT_OF_SCOPE') =>
  ublOf(
    aPaper({ lines: [{ amountMinor: 150_00n, seconds: 5400n, rateMinor: 100_00n }], said: particulars({ tax: { exempt: true, category, note: 'Because.' } }) }),
    'EN_16931',
  );
/** Ten per cent off a line, and ten per cent off the document. */
const discounted: readonly LineWish[] = [
  {
    ...{ amountMinor: 135_00n, seconds: 5400n, rateMinor: 100_00n, basisPoints: 2100 },
    adjusted: { discountMinor: 15_00n, discountBasisPoints: 1000, discountReason: 'Volume' },
  },
  {
    ...{ kind: 'DISCOUNT', amountMinor: -13_50n, basisPoints: 2100, description: 'Season' },
    adjusted: { allowanceId: id(9), discountBasisPoints: 1000, discountBaseMinor: 135_00n },
  },
];
const docs = {
  D: ublOf(aPaper({ lines: discounted }), 'PEPPOL_BIS_3'),
  S: standard,
  CN: note,
  Z: taxed('ZERO_RATED'),
  E: taxed('EXEMPT'),
  AE: taxed('REVERSE_CHARGE'),
  G: taxed('EXPORT'),
  O: taxed('OUT_OF_SCOPE'),
};

/** The document without an element, found by its name inside another. */
const without = (xml: string, name: string, inside = '') => {
  const at = inside === '' ? 0 : xml.indexOf(`<${inside}`);
  const start = xml.indexOf(`<${name}`, at);
  const end = xml.indexOf(`</${name}>`, start) + name.length + 3;
  if (at < 0 || start < 0) throw new Error(`there is no ${name} in ${inside}`);
  return xml.slice(0, start) + xml.slice(end);
};
/** The document with another text in an element. */
const saying = (xml: string, name: string, text: string, inside = '') => {
  const at = inside === '' ? 0 : xml.indexOf(`<${inside}`);
  const start = xml.indexOf('>', xml.indexOf(`<${name}`, at)) + 1;
  return xml.slice(0, start) + text + xml.slice(xml.indexOf('<', start));
};
const before = (xml: string, mark: string, text: string) => xml.replace(mark, `${text}${mark}`);
const allowance = (isCharge: boolean, inside: string) =>
  `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator>${inside}<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>`;

const { D, S, CN, Z, E, AE, G, O } = docs;
const party = (who: 'Supplier' | 'Customer') => `cac:Accounting${who}Party`;

/** A document that breaks the rule, for each rule. */
const faults: Readonly<Record<string, string>> = {
  'BR-01': without(S, 'cbc:CustomizationID'),
  'BR-02': without(S, 'cbc:ID'),
  'BR-03': saying(S, 'cbc:IssueDate', '31.3.2026'),
  'BR-04': without(S, 'cbc:InvoiceTypeCode'),
  'BR-05': without(S, 'cbc:DocumentCurrencyCode'),
  'BR-06': without(S, 'cbc:RegistrationName', party('Supplier')),
  'BR-07': without(S, 'cbc:RegistrationName', party('Customer')),
  'BR-08': without(S, 'cac:PostalAddress', party('Supplier')),
  'BR-09': without(S, 'cac:Country', party('Supplier')),
  'BR-10': without(S, 'cac:PostalAddress', party('Customer')),
  'BR-11': without(S, 'cac:Country', party('Customer')),
  'BR-12': without(S, 'cbc:LineExtensionAmount', 'cac:LegalMonetaryTotal'),
  'BR-13': without(S, 'cbc:TaxExclusiveAmount'),
  'BR-14': without(S, 'cbc:TaxInclusiveAmount'),
  'BR-15': without(S, 'cbc:PayableAmount'),
  'BR-16': without(S, 'cac:InvoiceLine'),
  'BR-21': without(S, 'cbc:ID', 'cac:InvoiceLine'),
  'BR-22': without(S, 'cbc:InvoicedQuantity'),
  'BR-23': S.replace(' unitCode="HUR"', ''),
  'BR-24': without(S, 'cbc:LineExtensionAmount', 'cac:InvoiceLine'),
  'BR-25': without(S, 'cbc:Name', 'cac:Item'),
  'BR-26': without(S, 'cbc:PriceAmount'),
  'BR-27': saying(S, 'cbc:PriceAmount', '-100.00'),
  'BR-28': before(S, '</cac:Price>', '<cac:AllowanceCharge><cbc:BaseAmount>-1</cbc:BaseAmount></cac:AllowanceCharge>'),
  'BR-29': saying(S, 'cbc:EndDate', '2026-01-01'),
  'BR-30': saying(S, 'cbc:EndDate', '2026-01-01', 'cac:InvoiceLine'),
  'BR-31': before(S, '<cac:TaxTotal>', allowance(false, '<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>')),
  'BR-32': without(D, 'cac:TaxCategory', 'cac:AllowanceCharge'),
  'BR-33': before(S, '<cac:TaxTotal>', allowance(false, '<cbc:Amount>1.00</cbc:Amount>')),
  'BR-36': before(S, '<cac:TaxTotal>', allowance(true, '<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>')),
  'BR-38': before(S, '<cac:TaxTotal>', allowance(true, '<cbc:Amount>1.00</cbc:Amount>')),
  'BR-41': without(D, 'cbc:Amount', 'cac:InvoiceLine'),
  'BR-42': without(D, 'cbc:AllowanceChargeReason', 'cac:InvoiceLine'),
  'BR-DEC-01': saying(D, 'cbc:Amount', '13.500', 'cac:AllowanceCharge'),
  'BR-DEC-02': saying(D, 'cbc:BaseAmount', '135.000', 'cac:AllowanceCharge'),
  'BR-DEC-24': saying(D, 'cbc:Amount', '15.000', 'cac:InvoiceLine'),
  'BR-DEC-25': saying(D, 'cbc:BaseAmount', '150.000', 'cac:InvoiceLine'),
  'PEPPOL-EN16931-R040': saying(D, 'cbc:MultiplierFactorNumeric', '11', 'cac:InvoiceLine'),
  'BR-45': without(S, 'cbc:TaxableAmount'),
  'BR-46': without(S, 'cbc:TaxAmount', 'cac:TaxSubtotal'),
  'BR-47': without(S, 'cbc:ID', 'cac:TaxCategory'),
  'BR-48': without(S, 'cbc:Percent', 'cac:TaxCategory'),
  'BR-49': without(S, 'cbc:PaymentMeansCode'),
  'BR-50': without(S, 'cbc:ID', 'cac:PayeeFinancialAccount'),
  'BR-55': without(CN, 'cbc:ID', 'cac:InvoiceDocumentReference'),
  'BR-61': without(S, 'cac:PayeeFinancialAccount'),
  'BR-62': S.replace(' schemeID="0106"', ''),
  'BR-63': S.replace(' schemeID="9945"', ''),
  'BR-CO-03': before(S, '<cbc:DocumentCurrencyCode>', '<cbc:TaxPointDate>2026-03-31</cbc:TaxPointDate>').replace(
    '<cac:InvoicePeriod>',
    '<cac:InvoicePeriod><cbc:DescriptionCode>3</cbc:DescriptionCode>',
  ),
  'BR-CO-04': without(S, 'cbc:ID', 'cac:ClassifiedTaxCategory'),
  'BR-CO-09': saying(S, 'cbc:CompanyID', 'QQ123456789'),
  'BR-CO-10': saying(S, 'cbc:LineExtensionAmount', '150.01', 'cac:LegalMonetaryTotal'),
  'BR-CO-11': before(S, '<cbc:PrepaidAmount', '<cbc:AllowanceTotalAmount>1.00</cbc:AllowanceTotalAmount>'),
  'BR-CO-12': before(S, '<cbc:PrepaidAmount', '<cbc:ChargeTotalAmount>1.00</cbc:ChargeTotalAmount>'),
  'BR-CO-13': saying(S, 'cbc:TaxExclusiveAmount', '150.01'),
  'BR-CO-14': saying(S, 'cbc:TaxAmount', '31.51'),
  'BR-CO-15': saying(S, 'cbc:TaxInclusiveAmount', '181.51'),
  'BR-CO-16': saying(S, 'cbc:PrepaidAmount', '1.00'),
  'BR-CO-17': saying(S, 'cbc:TaxAmount', '31.49', 'cac:TaxSubtotal'),
  'BR-CO-18': without(S, 'cac:TaxSubtotal'),
  'BR-CO-19': saying(without(without(S, 'cbc:StartDate'), 'cbc:EndDate'), 'cac:InvoicePeriod', ''),
  'BR-CO-20': without(without(S, 'cbc:StartDate', 'cac:InvoiceLine'), 'cbc:EndDate', 'cac:InvoiceLine'),
  'BR-CO-25': without(without(S, 'cbc:DueDate'), 'cac:PaymentTerms'),
  'BR-CO-26': without(
    without(without(S, 'cac:PartyTaxScheme', party('Supplier')), 'cac:PartyTaxScheme', party('Supplier')),
    'cbc:CompanyID',
    party('Supplier'),
  ),
  'BR-DEC-09': saying(S, 'cbc:LineExtensionAmount', '150.000', 'cac:LegalMonetaryTotal'),
  'BR-DEC-10': before(S, '<cbc:PrepaidAmount', '<cbc:AllowanceTotalAmount>0.000</cbc:AllowanceTotalAmount>'),
  'BR-DEC-11': before(S, '<cbc:PrepaidAmount', '<cbc:ChargeTotalAmount>0.000</cbc:ChargeTotalAmount>'),
  'BR-DEC-12': saying(S, 'cbc:TaxExclusiveAmount', '150.000'),
  'BR-DEC-13': saying(S, 'cbc:TaxAmount', '31.500'),
  'BR-DEC-14': saying(S, 'cbc:TaxInclusiveAmount', '181.500'),
  'BR-DEC-16': saying(S, 'cbc:PrepaidAmount', '0.000'),
  'BR-DEC-17': before(S, '<cbc:PayableAmount', '<cbc:PayableRoundingAmount>0.000</cbc:PayableRoundingAmount>'),
  'BR-DEC-18': saying(S, 'cbc:PayableAmount', '181.500'),
  'BR-DEC-19': saying(S, 'cbc:TaxableAmount', '150.000'),
  'BR-DEC-20': saying(S, 'cbc:TaxAmount', '31.500', 'cac:TaxSubtotal'),
  'BR-DEC-23': saying(S, 'cbc:LineExtensionAmount', '150.000', 'cac:InvoiceLine'),
  'BR-CL-01': saying(S, 'cbc:InvoiceTypeCode', '42'),
  'BR-CL-03': S.replace('<cbc:TaxAmount currencyID="EUR">', '<cbc:TaxAmount currencyID="Euro">'),
  'BR-CL-04': saying(S, 'cbc:DocumentCurrencyCode', 'Euro'),
  'BR-CL-14': saying(S, 'cbc:IdentificationCode', 'QQ'),
  'BR-CL-16': saying(S, 'cbc:PaymentMeansCode', 'SEPA'),
  'BR-CL-17': saying(S, 'cbc:ID', 'X', 'cac:TaxCategory'),
  'BR-CL-23': S.replace('unitCode="HUR"', 'unitCode="hours"'),
  'BR-S-01': saying(S, 'cbc:ID', 'Z', 'cac:TaxCategory'),
  'BR-S-02': without(without(S, 'cac:PartyTaxScheme', party('Supplier')), 'cac:PartyTaxScheme', party('Supplier')),
  'BR-S-05': saying(S, 'cbc:Percent', '0', 'cac:ClassifiedTaxCategory'),
  'BR-S-08': saying(S, 'cbc:TaxableAmount', '149.99'),
  'BR-S-09': saying(S, 'cbc:TaxAmount', '31.49', 'cac:TaxSubtotal'),
  'BR-S-10': S.replace('</cbc:Percent>', '</cbc:Percent><cbc:TaxExemptionReason>none</cbc:TaxExemptionReason>'),
  'BR-Z-10': Z.replace('</cbc:Percent>', '</cbc:Percent><cbc:TaxExemptionReason>none</cbc:TaxExemptionReason>'),
  ...ofFree({ Z, E, AE, G }),
  ...reasons({ E, AE, G, O }),
  'BR-O-01': saying(O, 'cbc:ID', 'E', 'cac:TaxCategory'),
  'BR-O-02': before(
    O,
    '<cac:PartyTaxScheme>',
    '<cac:PartyTaxScheme><cbc:CompanyID>NL1</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>',
  ),
  'BR-O-05': O.replace('<cac:ClassifiedTaxCategory>\n        <cbc:ID>O</cbc:ID>', '<cac:ClassifiedTaxCategory><cbc:ID>O</cbc:ID><cbc:Percent>0</cbc:Percent>'),
  'BR-O-08': saying(O, 'cbc:TaxableAmount', '149.99'),
  'BR-O-09': saying(O, 'cbc:TaxAmount', '1.00', 'cac:TaxSubtotal'),
  'BR-O-11': before(O, '</cac:TaxTotal>', O.slice(O.indexOf('<cac:TaxSubtotal>'), O.indexOf('</cac:TaxTotal>')).replace('<cbc:ID>O<', '<cbc:ID>E<')),
  'BR-O-12': saying(O, 'cbc:ID', 'E', 'cac:ClassifiedTaxCategory'),
  'BT-131': saying(S, 'cbc:PriceAmount', '100.01'),
  'BT-150': before(S, '</cac:Price>', '<cbc:BaseQuantity unitCode="EA">1</cbc:BaseQuantity>'),
  'UBL-ORDER': before(without(S, 'cbc:IssueDate'), '<cbc:ID>', '<cbc:IssueDate>2026-03-31</cbc:IssueDate>'),
  'UBL-EMPTY': saying(S, 'cbc:CityName', ''),
};

function ofFree(all: Readonly<Record<string, string>>): Record<string, string> {
  const each = Object.entries(all).map(([code, xml]) => ({
    [`BR-${code}-01`]: saying(xml, 'cbc:ID', code === 'E' ? 'Z' : 'E', 'cac:TaxCategory'),
    [`BR-${code}-02`]: without(without(xml, 'cac:PartyTaxScheme', party('Supplier')), 'cac:PartyTaxScheme', party('Supplier')),
    [`BR-${code}-05`]: saying(xml, 'cbc:Percent', '7', 'cac:ClassifiedTaxCategory'),
    [`BR-${code}-08`]: saying(xml, 'cbc:TaxableAmount', '149.99'),
    [`BR-${code}-09`]: saying(xml, 'cbc:TaxAmount', '1.00', 'cac:TaxSubtotal'),
  }));
  return Object.assign({}, ...each);
}

function reasons(all: Readonly<Record<string, string>>): Record<string, string> {
  const bare = (xml: string) =>
    [...['cbc:TaxExemptionReasonCode', 'cbc:TaxExemptionReason']].reduce((left, name) => (left.includes(`<${name}>`) ? without(left, name) : left), xml);
  return Object.fromEntries(Object.entries(all).map(([code, xml]) => [`BR-${code}-10`, bare(xml)]));
}

test.each(Object.entries(docs))('a document of the kind %s breaks no rule', (_, xml) => {
  expect(violations(xml)).toEqual([]);
});

test.each([
  ['a discount of a line that the line does not take off', saying(D, 'cbc:LineExtensionAmount', '150.00', 'cac:InvoiceLine'), 'BT-131'],
  ['a discount of the document that the totals leave out', saying(D, 'cbc:AllowanceTotalAmount', '0.00'), 'BR-CO-11'],
  ['a discount that is not taken off what is taxed', saying(D, 'cbc:TaxableAmount', '135.00'), 'BR-S-08'],
  ['a total that forgets the discount', saying(D, 'cbc:TaxExclusiveAmount', '135.00'), 'BR-CO-13'],
  [
    'a discount in front of the terms',
    before(without(D, 'cac:AllowanceCharge'), '<cac:PaymentTerms>', D.slice(D.indexOf('<cac:AllowanceCharge>'), D.indexOf('<cac:TaxTotal>'))),
    'UBL-ORDER',
  ],
])('%s is found', (_, xml, rule) => {
  expect(violations(xml)).toContain(rule);
});

test('every rule has a planted fault', () => {
  expect(Object.keys(faults).sort()).toEqual(Object.keys(rules).sort());
});

test.each(Object.entries(faults))('a document that breaks %s is found', (rule, xml) => {
  expect(violations(xml)).toContain(rule);
});
