import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { createEntity, createPeriods, createTaxProfile, done, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import { parseXml } from '../support/en16931/tree.ts';
import { violations } from '../support/en16931/validate.ts';
import type { Json } from '../support/graph.ts';
import { aContract, aContractLine, aContractVersion, aCustomer, aLaborCategory, aProject } from '../support/siblings.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
const category = newId();
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  await world.publish(resources.LaborCategory, [{ id: category, data: aLaborCategory({ code: 'SR', name: 'Senior' }) }]);
});
afterAll(() => world[Symbol.asyncDispose]());

const must = async (name: string, select: string, input: object): Promise<Json> => {
  const type = world.schema.getMutationType()?.getFields()[name]?.args[0]?.type;
  const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${select} userErrors { code field message } } }`;
  const answer = (await world.ok(text, { variables: { input: { idempotencyKey: newId(), ...input } } }))[name];
  expect([...answer.userErrors, ...(answer.results ?? []).flatMap(({ userErrors }: Json) => userErrors ?? [])]).toEqual([]);
  return answer;
};

const address = { lines: ['Keizersgracht 1'], city: 'Amsterdam', postalCode: '1015 CJ', region: null, countryCode: 'NL' };
const party = { legalName: 'Café Zürich & Łódź B.V.', postalAddress: { ...address, countryCode: 'PL' }, vatId: 'PL1234567890', billingAddress: null };
const known = { ...party, registrationNumber: 'KRS 1', buyerReference: 'Cost center 7', electronicAddress: null };

type Profile = { exempt?: boolean; category?: string; note?: string; rates?: object[] };
type Wish = { currency?: string; profile?: Profile };
const vat = [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }];

/** Books in a currency with all that a seller says, and a customer who is taxed like this. */
async function firm({ currency = 'EUR', profile = { rates: vat } }: Wish = {}) {
  const own = { vatId: 'NL123456789B01', registrationNumber: '12345678', bankAccount: 'NL91 ABNA 0417 1643 00', bic: 'ABNANL2A', locale: 'nl-NL' };
  const seller = { code: newId().slice(-8), name: 'Northlight B.V.', currency, countryCode: 'NL', postalAddress: address, ...own };
  const legalEntityId: string = (await done(world, createEntity, seller)).legalEntity.id;
  await done(world, createPeriods, { idempotencyKey: newId(), legalEntityId, firstYear: 2026 });
  const { taxProfile } = await done(world, createTaxProfile, { legalEntityId, code: 'T', name: 'Tax', ...profile });
  const [customerId, engagementId, contractId, projectId] = [newId(), newId(), newId(), newId()];
  const work = aContractLine({ kinds: ['TIME', 'EXPENSE'] });
  const fixed = aContractLine({ name: 'Fixed', method: 'FIXED_FEE', kinds: ['FEE'], amountMinor: '10000000' });
  const milestone = aContractLine({ name: 'Go live', method: 'MILESTONE', kinds: ['FEE'] });
  const owner = { customerId, engagementId, legalEntityId };
  await world.publish(engagements.Customer, [{ id: customerId, data: aCustomer({ currency, legalEntityId, taxProfileId: taxProfile.id, party: known }) }]);
  const versions = [aContractVersion({ lines: [work, fixed, milestone] })];
  await world.publish(engagements.Contract, [{ id: contractId, data: aContract({ ...owner, currency, versions }) }]);
  await world.publish(engagements.Project, [{ id: projectId, data: aProject({ ...owner, contractId, name: 'Apollo' }) }]);
  const item = (transactionClass: string, amount: string, more: object) => {
    const contractLineId = more && 'contractLineId' in more ? more.contractLineId : transactionClass === 'FEE' ? fixed.id : work.id;
    const externalRef = { system: 'erp', externalId: newId() };
    return { externalRef, kind: 'UNBILLED_SALES', transactionClass, projectId, workDate: '2026-02-10', amount: { amount, currency }, ...more, contractLineId };
  };
  /** Posts an invoice of these items. */
  const posted = async (...items: object[]): Promise<string> => {
    await must('recordActuals', 'results { userErrors { code message } }', { items });
    const { results } = await must('draftInvoices', 'results { invoice { id } userErrors { code message } }', {
      ...{ cutOffDate: '2026-03-31', contractIds: [contractId], invoiceDate: '2026-03-31' },
    });
    const { id } = results[0].invoice;
    await must('validateInvoice', 'invoice { id }', { id });
    await must('postInvoice', 'invoice { number }', { id });
    return id;
  };
  const hours = (amount: string, time: string, more: object = {}) => item('TIME', amount, { hours: time, laborCategoryId: category, ...more });
  return { posted, item, hours, customerId, contractId, legalEntityId, taxProfileId: String(taxProfile.id), milestone: milestone.id };
}

const read = async (id: string): Promise<Json> =>
  (
    await world.ok('query ($id: ID!) { invoice(id: $id) { number eInvoice { xml problems { rule message } } document { status html pdf xml } } }', {
      variables: { id },
    })
  ).invoice;

/** Its electronic invoice, which must be valid by a judge that shares nothing with who wrote it. */
async function valid(id: string) {
  const { eInvoice } = await read(id);
  expect(eInvoice.problems).toEqual([]);
  expect(violations(eInvoice.xml)).toEqual([]);
  return parseXml(eInvoice.xml);
}

const codesIn = async (id: string) => (await valid(id)).all('cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID').map(({ text }) => text);
const free = (code: string, note?: string): Wish => ({ profile: { exempt: true, category: code, ...(note ? { note } : {}) } });

describe('the electronic invoice of', () => {
  test('time and materials', async () => {
    const { posted, hours } = await firm();
    const root = await valid(await posted(hours('150.00', '1.5'), hours('75.00', '0.75')));
    expect(root.at('cac:InvoiceLine/cbc:InvoicedQuantity')).toBe('2.25');
    expect(root.at('cac:LegalMonetaryTotal/cbc:PayableAmount')).toBe('272.25');
  });

  test('a fixed fee', async () => {
    const { posted, item } = await firm();
    expect((await valid(await posted(item('FEE', '4999.99', { description: 'First instalment' })))).at('cac:InvoiceLine/cac:Item/cbc:Name')).toBe(
      'Apollo: First instalment',
    );
  });

  test('a milestone', async () => {
    const { posted, item, milestone } = await firm();
    await valid(await posted(item('FEE', '12000.00', { contractLineId: milestone, description: 'Go live' })));
  });

  test('expenses', async () => {
    const { posted, item } = await firm();
    const root = await valid(await posted(item('EXPENSE', '47.11', { description: 'Train' }), item('EXPENSE', '0.01', { description: 'Toll' })));
    expect(root.all('cac:InvoiceLine')).toHaveLength(2);
  });

  test('work at several rates', async () => {
    const rates = [
      { basisPoints: 2100, effectiveFrom: '2020-01-01' },
      { basisPoints: 725, effectiveFrom: '2026-02-15' },
      { basisPoints: 0, effectiveFrom: '2026-03-15' },
    ];
    const { posted, hours } = await firm({ profile: { rates } });
    const id = await posted(hours('100.05', '1'), hours('99.99', '1', { workDate: '2026-02-20' }), hours('10.00', '0.1', { workDate: '2026-03-20' }));
    expect((await codesIn(id)).sort()).toEqual(['S', 'S', 'Z']);
  });

  test.each([
    ['of a rate of zero', free('ZERO_RATED'), 'Z'],
    ['that is exempt', free('EXEMPT', 'Exempt: education, article 132.'), 'E'],
    ['whose tax the client owes', free('REVERSE_CHARGE', 'Reverse charge.'), 'AE'],
    ['that is exported', free('EXPORT'), 'G'],
    ['that is not subject to the tax', free('OUT_OF_SCOPE'), 'O'],
  ] as const)('work %s', async (_, wish, code) => {
    const { posted, hours } = await firm(wish);
    expect(await codesIn(await posted(hours('100.00', '1')))).toEqual([code]);
  });

  test('a credit note', async () => {
    const { posted, hours } = await firm();
    const id = await posted(hours('100.00', '1'));
    const { number } = await read(id);
    const { invoice } = await must('creditInvoice', 'invoice { id }', { id, reason: 'Billed twice', creditDate: '2026-03-31' });
    const root = await valid(invoice.id);
    expect([root.name, root.at('cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID')]).toEqual(['CreditNote', number]);
    expect(root.at('cac:LegalMonetaryTotal/cbc:PayableAmount')).toBe('121.00');
  });

  test.each([
    ['no minor unit', 'JPY', ['10001', '8333']],
    ['three digits', 'KWD', ['120.400', '33.200']],
  ])('a currency with %s', async (_, currency, [first = '', second = '']) => {
    const { posted, hours } = await firm({ currency, profile: { rates: [{ basisPoints: 500, effectiveFrom: '2020-01-01' }] } });
    await valid(await posted(hours(first, '1'), hours(second, '0.7')));
  });

  test('a line that adds up entries that were rounded each', async () => {
    const { posted, hours } = await firm();
    const entries = Array.from({ length: 7 }, () => hours('33.34', '0.333333'));
    await valid(await posted(...entries, hours('11.11', '0.1')));
  });

  test('thousandths that EN 16931 does not take names them, and is not written', async () => {
    const { posted, hours } = await firm({ currency: 'KWD', profile: { rates: [{ basisPoints: 500, effectiveFrom: '2020-01-01' }] } });
    const { eInvoice } = await read(await posted(hours('120.405', '1')));
    expect(eInvoice.xml).toBeNull();
    expect(eInvoice.problems.map(({ rule }: Json) => rule)).toContain('BR-DEC-23');
  });
});

describe('what was posted', () => {
  test('stays as it was, whatever becomes of customer, firm and tax', async () => {
    const { posted, hours, customerId, legalEntityId, taxProfileId } = await firm(free('EXEMPT', 'Because.'));
    const id = await posted(hours('100.00', '1'));
    const before = await read(id);
    await world.publish(engagements.Customer, [{ id: customerId, version: 2, data: aCustomer({ name: 'Renamed', legalEntityId, taxProfileId }) }]);
    await must('updateLegalEntity', 'legalEntity { id }', {
      id: legalEntityId,
      name: 'Renamed',
      postalAddress: { countryCode: 'BE' },
      bankAccount: '1234567',
      vatId: null,
    });
    await must('updateTaxProfile', 'taxProfile { id }', { id: taxProfileId, note: 'Otherwise.' });
    expect(await read(id)).toEqual(before);
    await expect(plantCorruption(world.sql)`update finance.invoice_document set particulars = '{}' where invoice_id = ${id}`).rejects.toThrow('is final');
  });

  test('names what is missing before anything is posted, so that it can be mended', async () => {
    const { hours, posted, customerId, contractId, legalEntityId } = await firm();
    const id = await posted(hours('1.00', '1'));
    await world.publish(engagements.Customer, [{ id: customerId, version: 3, data: aCustomer({ legalEntityId, party: null }) }]);
    await must('recordActuals', 'results { userErrors { code } }', { items: [hours('5.00', '1')] });
    const { results } = await must('draftInvoices', 'results { invoice { id } userErrors { code } }', { cutOffDate: '2026-03-31', contractIds: [contractId] });
    const { eInvoice, document } = await read(results[0].invoice.id);
    expect(document).toBeNull();
    expect([eInvoice.xml, eInvoice.problems.map(({ rule }: Json) => rule)]).toEqual([null, ['BR-10']]);
    expect((await read(id)).eInvoice.problems).toEqual([]);
  });
});
