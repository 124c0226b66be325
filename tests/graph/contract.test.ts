import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, engaged, factsOf, made, mutate, reference, siblings, upsert } from '../support/engagements.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let customer: string;
let engagement: string;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  customer = (await made(world, 'createCustomer', { name: 'Acme', currency: 'USD', legalEntityId: ids.legalEntity, taxProfileId: ids.taxProfile })).id;
  engagement = (await made(world, 'createEngagement', { customerId: customer, name: 'Programme' })).id;
});
afterAll(() => world[Symbol.asyncDispose]());

const usd = (amount: string) => ({ amount, currency: 'USD' });
const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'], notToExceed: usd('5000') };
const fee = { name: 'Fee', method: 'FIXED_FEE', kinds: ['FEE'], amount: usd('1000.5') };
const draft = (more: Record<string, unknown> = {}, options = {}) =>
  made(world, 'createContract', { engagementId: engagement, name: 'Terms', startDate: '2026-01-01', ...more }, options);
const refusal = async (mutation: string, input: Record<string, unknown>) => (await mutate(world, mutation, input)).errors[0];
const content =
  'id version status lines { id name method kinds amount { amount currency } notToExceed { amount } rates { rate { amount } } projects { name } } rates { lineId employee { id } laborCategory { id } rate { amount currency } effectiveFrom effectiveTo }';

describe('a contract', () => {
  test('is drafted with lines and rates, and takes currency and legal entity from its customer', async () => {
    let drafted: Record<string, never> = {};
    const facts = await factsOf(world, async () => {
      drafted = await draft(
        {
          lines: [{ ...work, rates: [{ rate: usd('150') }] }, fee],
          rates: [
            { employeeId: ids.manager, rate: usd('200') },
            { laborCategoryId: ids.laborCategory, rate: usd('99.99'), effectiveTo: '2026-12-31' },
          ],
        },
        { select: `${content} currency rounding paymentTermDays legalEntity { id } rateCard { id } customer { name } engagement { name }` },
      );
    });
    const {
      id,
      lines: [first],
    } = drafted as never as { id: string; lines: { id: string }[] };
    expect(drafted).toMatchObject({
      status: 'DRAFT',
      currency: 'USD',
      rounding: 'HALF_UP',
      paymentTermDays: 30,
      legalEntity: { id: ids.legalEntity },
      rateCard: null,
      customer: { name: 'Acme' },
      engagement: { name: 'Programme' },
      lines: [
        { name: 'Work', kinds: ['TIME', 'EXPENSE'], amount: null, notToExceed: { amount: '5000.00' }, rates: [{ rate: { amount: '150.00' } }], projects: [] },
        { name: 'Fee', method: 'FIXED_FEE', amount: { amount: '1000.50', currency: 'USD' }, notToExceed: null, rates: [] },
      ],
      rates: [
        { lineId: first?.id, employee: null, laborCategory: null, rate: usd('150.00'), effectiveFrom: '2026-01-01', effectiveTo: null },
        { lineId: null, employee: { id: ids.manager }, rate: usd('200.00') },
        { lineId: null, laborCategory: { id: ids.laborCategory }, rate: usd('99.99'), effectiveTo: '2026-12-31' },
      ],
    });
    expect(facts).toMatchObject([
      {
        type: 'ContractUpdated',
        customer_id: customer,
        engagement_id: engagement,
        legal_entity_id: ids.legalEntity,
        payload: { contractId: id, status: 'DRAFT', currency: 'USD' },
      },
    ]);
    expect((await reference(world, 'Contract', id))?.data).toMatchObject({
      customerId: customer,
      engagementId: engagement,
      legalEntityId: ids.legalEntity,
      status: 'DRAFT',
      startDate: '2026-01-01',
      versions: [
        {
          ...{ number: 1, effectiveFrom: '2026-01-01', effectiveTo: null, rounding: 'HALF_UP', endDate: null },
          lines: [
            {
              id: first?.id,
              method: 'TIME_AND_MATERIALS',
              kinds: ['TIME', 'EXPENSE'],
              projectIds: [],
              notToExceedMinor: '500000',
              amountMinor: null,
              startDate: null,
              endDate: null,
            },
            { amountMinor: '100050' },
          ],
          rates: [
            { lineId: first?.id, employeeId: null, laborCategoryId: null, minor: '15000', effectiveFrom: '2026-01-01', effectiveTo: null },
            { minor: '20000' },
            { minor: '9999' },
          ],
        },
      ],
    });
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ['an engagement that is none', { engagementId: newId() }, 'NOT_FOUND', 'engagementId'],
    ['a legal entity that is none', { legalEntityId: newId() }, 'NOT_FOUND', 'legalEntityId'],
    ['a rate card that is none', { rateCardId: 'x' }, 'NOT_FOUND', 'rateCardId'],
    ['a term of a year and a day', { paymentTermDays: 366 }, 'VALIDATION_FAILED', 'paymentTermDays'],
    ['an end before the start', { endDate: '2025-12-31' }, 'VALIDATION_FAILED', 'endDate'],
    ['a rate for nobody known', { rates: [{ employeeId: newId(), rate: usd('1') }] }, 'NOT_FOUND', 'rates.employeeId'],
    [
      'a line rate for no known category',
      { lines: [{ ...work, rates: [{ laborCategoryId: newId(), rate: usd('1') }] }] },
      'NOT_FOUND',
      'rates.laborCategoryId',
    ],
    ['a line for no known project', { lines: [{ ...work, projectIds: [newId()] }] }, 'NOT_FOUND', 'lines.projectIds'],
    ['two lines of one name', { lines: [work, work] }, 'VALIDATION_FAILED', 'lines.name'],
  ])('is not drafted with %s', async (_, more, code, field) => {
    expect(await refusal('createContract', { engagementId: engagement, name: 'Terms', startDate: '2026-01-01', ...more })).toMatchObject({ code, field });
  });

  test('is priced by a sales card of the firm or of its own customer', async () => {
    const input = { engagementId: engagement, name: 'Terms', startDate: '2026-01-01' };
    expect(await refusal('createContract', { ...input, rateCardId: ids.costCard })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'rateCardId' });
    expect(await refusal('createContract', { ...input, rateCardId: ids.otherCard })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'rateCardId' });
    expect(await draft({ rateCardId: ids.salesCard }, { select: 'rateCard { id }' })).toEqual({ rateCard: { id: ids.salesCard } });
  });

  test('needs a currency of its own when the customer has none', async () => {
    const poor = await made(world, 'createCustomer', { name: 'Unknown' });
    const { id } = await made(world, 'createEngagement', { customerId: poor.id, name: 'Try' });
    expect(await refusal('createContract', { engagementId: id, name: 'Terms', startDate: '2026-01-01' })).toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'currency',
    });
    const contract = await made(world, 'createContract', {
      engagementId: id,
      name: 'Terms',
      startDate: '2026-01-01',
      currency: 'JPY',
      lines: [{ ...fee, amount: { amount: '1000', currency: 'JPY' } }],
    });
    expect((await action(world, 'submitContract', { id: contract.id })).refused).toMatchObject({ guard: 'legalEntityKnown' });
    await made(world, 'updateContract', { id: contract.id, legalEntityId: ids.legalEntity });
    expect(await action(world, 'submitContract', { id: contract.id })).toMatchObject({ status: 'IN_REVIEW' });
  });

  test('goes its way, each step with its fact', async () => {
    const { id } = await draft({ lines: [work] });
    const facts = await factsOf(world, async () => {
      for (const name of ['submit', 'confirm', 'suspend', 'resume', 'complete', 'close']) await action(world, `${name}Contract`, { id });
    });
    expect(facts.map((fact) => `${fact.type} ${fact.payload.status}`)).toEqual([
      'ContractUpdated IN_REVIEW',
      'ContractConfirmed CONFIRMED',
      'ContractUpdated SUSPENDED',
      'ContractUpdated CONFIRMED',
      'ContractUpdated COMPLETED',
      'ContractClosed CLOSED',
    ]);
    expect((await reference(world, 'Contract', id))?.data).toMatchObject({ status: 'CLOSED', versions: [{ lines: [{ name: 'Work' }] }] });
    const lost = await draft();
    expect((await factsOf(world, () => action(world, 'loseContract', { id: lost.id }))).map((fact) => `${fact.type} ${fact.payload.status}`)).toEqual([
      'ContractClosed LOST',
    ]);
  });

  test('is confirmed by whoever may confirm', async () => {
    const { id } = await draft();
    await action(world, 'submitContract', { id });
    const clerk = { ...allowed, permissions: ['contract:write', 'contract:read'] };
    expect((await action(world, 'confirmContract', { id }, { actor: clerk })).refused).toMatchObject({ code: 'FORBIDDEN' });
    expect(await action(world, 'confirmContract', { id }, { actor: { ...clerk, permissions: ['contract:confirm', 'contract:read'] } })).toMatchObject({
      status: 'CONFIRMED',
    });
  });

  test('may be drafted in two currencies and with overlapping lines, but not reviewed', async () => {
    const { id } = await draft({ lines: [{ ...fee, amount: { amount: '5', currency: 'EUR' } }, work] });
    expect((await action(world, 'submitContract', { id })).refused).toMatchObject({ code: 'GUARD_REFUSED', guard: 'oneCurrency' });
    await made(world, 'updateContract', { id, lines: [work, { ...work, name: 'Travel', kinds: ['EXPENSE'] }] });
    expect((await action(world, 'submitContract', { id })).refused).toMatchObject({
      guard: 'linesDoNotOverlap',
      message: expect.stringContaining('Work and Travel'),
    });
    const query = 'query ($id: ID!) { contract(id: $id) { availableActions { name refusals } } }';
    expect((await world.ok(query, { variables: { id } })).contract.availableActions).toEqual([
      { name: 'submit', refusals: [expect.stringMatching(/^linesDoNotOverlap/)] },
      { name: 'lose', refusals: [] },
    ]);
    await made(world, 'updateContract', {
      id,
      lines: [
        { ...work, endDate: '2026-06-30' },
        { ...work, name: 'Travel', kinds: ['EXPENSE'], startDate: '2026-07-01' },
      ],
    });
    expect(await action(world, 'submitContract', { id })).toMatchObject({ status: 'IN_REVIEW' });
  });

  test('changes its content as a DRAFT: kept lines keep their ids, rates are replaced', async () => {
    const before = await draft({ lines: [work, fee], rates: [{ employeeId: ids.manager, rate: usd('200') }] }, { select: content });
    const after = await made(
      world,
      'updateContract',
      { id: before.id, expectedVersion: 1, paymentTermDays: 14, lines: [{ ...fee, amount: usd('2000') }] },
      { select: content },
    );
    expect(after).toMatchObject({ version: 2, lines: [{ id: before.lines[1].id, amount: { amount: '2000.00' } }], rates: [{ rate: { amount: '200.00' } }] });
    expect(await made(world, 'updateContract', { id: before.id, rates: [] }, { select: content })).toMatchObject({
      version: 3,
      lines: [{ name: 'Fee' }],
      rates: [],
    });
    expect(await made(world, 'updateContract', { id: before.id, rates: [], paymentTermDays: 14 }, { select: 'version' })).toEqual({ version: 3 });
    expect(await refusal('updateContract', { id: before.id, expectedVersion: 2, name: 'x' })).toMatchObject({ code: 'STALE_VERSION' });
  });

  test('is frozen once it is in review, but for the internal notes', async () => {
    const { id } = await draft({ lines: [work] });
    await action(world, 'submitContract', { id });
    for (const change of [{ name: 'Other' }, { paymentTermDays: 1 }, { lines: [] }, { rates: [{ employeeId: ids.manager, rate: usd('1') }] }]) {
      expect(await refusal('updateContract', { id, ...change })).toMatchObject({ code: 'GUARD_REFUSED', guard: 'contentFrozen' });
    }
    expect(await made(world, 'updateContract', { id, internalNotes: 'Ask Ada', lines: [work] }, { select: 'version internalNotes' })).toEqual({
      version: 3,
      internalNotes: 'Ask Ada',
    });
  });

  test('bills projects of its own engagement only', async () => {
    const project = await made(world, 'createProject', { engagementId: engagement, name: 'Ours' });
    const other = await engaged(world, ids, 'Other');
    const foreign = await made(world, 'createProject', { engagementId: other.engagement, name: 'Theirs' });
    expect(await draft({ lines: [{ ...work, projectIds: [project.id] }] }, { select: content })).toMatchObject({ lines: [{ projects: [{ name: 'Ours' }] }] });
    expect(
      await refusal('createContract', { engagementId: engagement, name: 'T', startDate: '2026-01-01', lines: [{ ...work, projectIds: [foreign.id] }] }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('tells its projects when its legal entity changes', async () => {
    const { id } = await draft();
    const project = await made(world, 'createProject', { engagementId: engagement, contractId: id, name: 'Follower' });
    expect((await reference(world, 'Project', project.id))?.data.legalEntityId).toBe(ids.legalEntity);
    const stranger = await made(world, 'createProject', { engagementId: engagement, name: 'Stranger' });
    const [before, other] = [await reference(world, 'Project', project.id), await reference(world, 'Project', stranger.id)];
    await made(world, 'updateContract', { id, legalEntityId: null });
    expect(await reference(world, 'Project', project.id)).toEqual({ ...before, version: 1, data: { ...before?.data, legalEntityId: null } });
    expect(await reference(world, 'Project', stranger.id)).toEqual(other);
  });
});

describe('contracts in bulk', () => {
  const item = (n: number | string, more: Record<string, unknown> = {}) => ({
    externalRef: { system: 'erp', externalId: `C${n}` },
    engagementId: engagement,
    name: `Contract ${n}`,
    startDate: '2026-01-01',
    lines: [work],
    confirm: true,
    ...more,
  });
  const run = (idempotencyKey: string, items: object[]) => upsert(world, 'Contract', { idempotencyKey, items }, 'id version status lines { id }');

  test('are drafted, reviewed and confirmed, each with its own result', async () => {
    const facts = await factsOf(world, async () => {
      const done = await run('c1', [
        item(1),
        item(2, { lines: [work, { ...work, name: 'Again' }] }),
        item(3, { lines: [{ ...work, amount: usd('1') }] }),
        item(4, { confirm: false }),
      ]);
      expect(done.results.map((result: { contract: object | null; userErrors: object[] }) => result.contract ?? result.userErrors[0])).toMatchObject([
        { status: 'CONFIRMED', version: 3 },
        { code: 'GUARD_REFUSED', guard: 'linesDoNotOverlap' },
        { code: 'VALIDATION_FAILED', field: 'lines.amount' },
        { status: 'DRAFT', version: 1 },
      ]);
    });
    expect(facts.map((fact) => `${fact.type} ${fact.payload.status}`)).toEqual([
      'ContractUpdated DRAFT',
      'ContractUpdated IN_REVIEW',
      'ContractConfirmed CONFIRMED',
      'ContractUpdated DRAFT',
    ]);
  });

  test('change nothing the second time, and refuse other content of what is confirmed', async () => {
    const [first] = (await run('c2', [item('a')])).results;
    const facts = await factsOf(world, async () => {
      const again = await run('c3', [item('a'), item('b', { lines: undefined })]);
      expect(again.results).toMatchObject([{ contract: first.contract }, { contract: { status: 'CONFIRMED', lines: [] } }]);
      expect((await run('c4', [item('a', { lines: [fee] })])).results).toMatchObject([{ contract: null, userErrors: [{ guard: 'contentFrozen' }] }]);
    });
    expect(facts).toHaveLength(3);
  });

  test('of 500 take as many statements as one', async () => {
    const count = async (key: string, items: object[]): Promise<number> => {
      world.statements.length = 0;
      const done = await upsert(world, 'Contract', { idempotencyKey: key, items }, 'id status');
      expect(done).toMatchObject({ failed: 0, succeeded: items.length });
      return world.statements.length;
    };
    const rates = [
      { employeeId: ids.manager, rate: usd('200') },
      { laborCategoryId: ids.laborCategory, rate: usd('100') },
    ];
    const one = await count('c5', [item('x0', { rates })]);
    expect(
      await count(
        'c6',
        Array.from({ length: 500 }, (_, n) => item(`y${n}`, { rates })),
      ),
    ).toBe(one);
    const [counted] =
      await world.sql`select count(*)::int as n from engagements.contract_rate r join engagements.contract c on c.id = r.contract_id where c.name like 'Contract y%'`;
    expect(counted).toEqual({ n: 1000 });
  });
});
