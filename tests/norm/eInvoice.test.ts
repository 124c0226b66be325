import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '#finance/document/problems.ts';
import { ublOf } from '#finance/document/ubl.ts';
import { portionOf } from '#kernel/money.ts';
import { parseXml } from '../support/en16931/tree.ts';
import { violations } from '../support/en16931/validate.ts';
import { aPaper, type LineWish, particulars } from '../support/papers.ts';

const nullable = <Value>(value: Value) => fc.constantFrom(value, null);
const address = nullable(particulars().seller.address);
const party = fc.record({
  address,
  vatId: fc.constantFrom('NL123456789B01', 'QQ1', null),
  registrationNumber: nullable('R 1'),
  name: fc.string({ minLength: 1 }).map((text) => `N${text}`),
});
const seller = fc
  .tuple(party, fc.record({ taxNumber: nullable('T 1'), bankAccount: nullable('NL91ABNA0417164300'), bic: nullable('ABNANL2A') }))
  .map(([a, b]) => ({ ...a, ...b }));
const category = fc.constantFrom('ZERO_RATED', 'EXEMPT', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE', null);
/** Per cents off a line that asks for money. */
const off = fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: null });
const plainLine = fc.record({
  amountMinor: fc.bigInt(-1_000_000n, 1_000_000n),
  seconds: fc.option(fc.bigInt(-400_000n, 400_000n), { nil: null }),
  rateMinor: fc.option(fc.bigInt(0n, 50_000n), { nil: null }),
  basisPoints: fc.constantFrom(0, 700, 725, 1900, 2100),
});
const line = fc.tuple(plainLine, off).map(([each, percent]): LineWish => {
  const minor = percent === null || each.amountMinor <= 0n ? 0n : portionOf(each.amountMinor, BigInt(percent), 'HALF_UP');
  if (minor === 0n) return each;
  return { ...each, amountMinor: each.amountMinor - minor, adjusted: { discountMinor: minor, discountBasisPoints: percent, discountReason: 'Off' } };
});
const anyPaper = fc
  .record({
    ...{ seller, buyer: party, category, note: nullable('Because.'), exempt: fc.boolean() },
    ...{
      lines: fc.array(line, { minLength: 1, maxLength: 8 }),
      currency: fc.constantFrom('EUR', 'JPY', 'USD'),
      kind: fc.constantFrom('INVOICE' as const, 'CREDIT_NOTE' as const),
    },
  })
  .map(({ seller: by, buyer, category: code, note, exempt, lines, ...rest }) =>
    aPaper({
      ...rest,
      lines: exempt ? lines.map((each) => ({ ...each, basisPoints: 0 })) : lines,
      said: particulars({ seller: by, buyer, tax: { exempt, category: exempt ? code : null, note } }),
    }),
  );

describe('an electronic invoice', () => {
  test('of any paper is valid exactly where no problem is named', () => {
    fc.assert(
      fc.property(anyPaper, (paper) => {
        fc.pre([paper.seller.name, paper.buyer.name].every((name) => name.isWellFormed() && !/[\p{Cc}\uFFFE\uFFFF]/u.test(name)));
        const broken = new Set(violations(ublOf(paper, 'EN_16931')));
        const named = problemsOf(paper, 'EN_16931').map(({ rule }) => rule);
        // A document that must not have a rule broken twice says each once; all that it says is so, and nothing is left out.
        expect(named.filter((rule) => !broken.has(rule))).toEqual([]);
        expect(broken.size === 0).toBe(named.length === 0);
      }),
      { numRuns: 60 },
    );
  });

  test('says what it must, with every character in its place', () => {
    const root = parseXml(ublOf(aPaper(), 'PEPPOL_BIS_3'));
    expect(root.at('cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName')).toBe('Café Zürich & Söhne <Łódź>');
    expect(root.at('cbc:BuyerReference')).toBe('04011000-12345-03');
    expect(root.at('cac:OrderReference/cbc:ID')).toBe('PO 7');
    expect(root.at('cac:PaymentMeans/cbc:PaymentMeansCode')).toBe('58');
    expect(root.at('cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID')).toBe('NL91ABNA0417164300');
    expect(root.at('cac:PaymentTerms/cbc:Note')).toBe('Payable within 30 days, by 2026-04-30.');
    expect(root.at('cac:InvoiceLine/cac:InvoicePeriod/cbc:StartDate')).toBe('2026-03-01');
    expect(root.at('cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:AddressLine/cbc:Line')).toBe('Box 3');
    expect(root.at('cbc:ProfileID')).toBe('urn:fdc:peppol.eu:2017:poacc:billing:01:1.0');
  });

  test('of a credit note names what it credits, and gives back amounts above zero', () => {
    const root = parseXml(ublOf(aPaper({ kind: 'CREDIT_NOTE' }), 'EN_16931'));
    expect(root.name).toBe('CreditNote');
    expect(root.at('cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID')).toBe('NL-INV-2026-000001');
    expect(root.at('cac:LegalMonetaryTotal/cbc:PayableAmount')).toBe('181.50');
    expect(root.at('cac:CreditNoteLine/cbc:CreditedQuantity')).toBe('1.5');
    expect(root.at('cbc:Note')).toBe('Billed twice');
  });

  test('is the same text whenever it is asked for', () => {
    expect(ublOf(aPaper(), 'EN_16931')).toBe(ublOf(aPaper(), 'EN_16931'));
  });

  test.each(['\u0000', '\u0008', '\uFFFE', '\uD800'])('is not written with a character that XML cannot hold', (character) => {
    expect(() => ublOf(aPaper({ lines: [{ amountMinor: 1n, description: `a${character}b` }] }), 'EN_16931')).toThrow('XML cannot hold');
  });
});

describe('amounts', () => {
  test('of a currency with three digits pass where they end in a zero, and are named where they do not', () => {
    const dinars = (amountMinor: bigint) => aPaper({ currency: 'KWD', lines: [{ amountMinor, seconds: 3600n, rateMinor: amountMinor, basisPoints: 500 }] });
    expect(problemsOf(dinars(120_400n), 'EN_16931')).toEqual([]);
    expect(violations(ublOf(dinars(120_400n), 'EN_16931'))).toEqual([]);
    expect(problemsOf(dinars(120_405n), 'EN_16931').map(({ rule }) => rule)).toEqual(['BR-DEC-12', 'BR-DEC-14', 'BR-DEC-23']);
    expect(problemsOf(dinars(120_450n), 'EN_16931').map(({ rule }) => rule)).toEqual(['BR-DEC-13', 'BR-DEC-14']);
  });
});

describe('Peppol', () => {
  test('asks for electronic addresses and a reference of the buyer, which the core does not', () => {
    const said = particulars({ seller: { electronicAddress: null }, buyer: { electronicAddress: null, buyerReference: null } });
    const paper = aPaper({ said, row: { purchaseOrderNumber: null } });
    expect(problemsOf(paper, 'EN_16931')).toEqual([]);
    expect(problemsOf(paper, 'PEPPOL_BIS_3').map(({ rule }) => rule)).toEqual(['PEPPOL-EN16931-R020', 'PEPPOL-EN16931-R010', 'PEPPOL-EN16931-R003']);
    expect(problemsOf(aPaper(), 'PEPPOL_BIS_3')).toEqual([]);
  });
});
