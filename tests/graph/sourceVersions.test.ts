import { randomUUID } from 'node:crypto';
import { type InputValueDefinitionNode, print, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { sdlOf, subgraphNames } from '../support/contract.ts';
import { firmWorld } from '../support/firmWorld.ts';
import type { Json } from '../support/graph.ts';
import { boughtBy } from '../support/subcontracting.ts';

const { sql, graph, firm } = await firmWorld();
const { subcontractorId } = await boughtBy(graph, firm);

type Item = Readonly<Record<string, unknown>>;
/** What another system delivers: an item, something of it that changes, and how the entity shows that. */
type Delivery = { mutation: string; entity: string; room: string; item: () => Item; change: Item; shown: string };

let days = 0;
/** Another work day of the firm each time: sheets, hours and receipts do not meet. */
const nextDay = () => {
  days += 1;
  return new Date(Date.UTC(2026, 0, 4 + days)).toISOString().slice(0, 10);
};
const code = () => randomUUID().slice(0, 12);
const onProject = () => ({ employeeId: firm.employeeId, projectId: firm.projectId });

const deliveries: Delivery[] = [
  { ...of('Customer', 'engagements'), item: () => ({ name: 'Client' }) },
  { ...of('Opportunity', 'engagements', 'upsertOpportunities'), item: () => ({ customerId: firm.customerId, name: 'Deal' }) },
  { ...of('Engagement', 'engagements'), item: () => ({ customerId: firm.customerId, name: 'Programme' }) },
  { ...of('Contract', 'engagements'), item: () => ({ engagementId: firm.engagementId, name: 'Terms', startDate: '2026-01-01' }) },
  { ...of('Project', 'engagements'), item: () => ({ engagementId: firm.engagementId, name: 'Build' }) },
  { ...of('Task', 'engagements'), item: () => ({ projectId: firm.projectId, name: 'Design' }) },
  { ...of('Employee', 'resources'), item: () => ({ name: 'Somebody', hiredOn: '2024-01-01' }) },
  { ...of('Subcontractor', 'resources'), item: () => ({ name: 'Zeta Works', legalEntityId: firm.legalEntityId, currency: 'EUR' }) },
  { ...of('Subcontract', 'resources'), item: () => ({ subcontractorId, name: 'Order 8' }) },
  { ...of('LaborCategory', 'resources', 'upsertLaborCategories'), item: () => ({ code: code(), name: 'Expert' }) },
  {
    ...of('Assignment', 'resources'),
    item: () => ({ ...onProject(), startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '1' }),
    ...{ change: { endDate: '2026-03-30' }, shown: 'endDate' },
  },
  {
    ...of('ResourceRequest', 'resources'),
    item: () => ({ projectId: firm.projectId, name: 'Build', percent: 50, startDate: '2026-03-02', endDate: '2026-03-27' }),
  },
  {
    ...of('Absence', 'resources'),
    item: () => ({ employeeId: firm.employeeId, startDate: '2026-03-02', endDate: '2026-03-06' }),
    ...{ change: { endDate: '2026-03-05' }, shown: 'endDate' },
  },
  { ...of('Holiday', 'resources'), item: () => ({ date: '2026-04-27', name: 'Day' }) },
  { ...of('TimesheetEntry', 'time', 'recordTimeEntries'), entity: 'timeEntry', ...noted(), item: () => ({ ...onProject(), workDate: nextDay(), hours: '1' }) },
  {
    ...of('ExpenseItem', 'time', 'recordExpenses'),
    ...{ entity: 'expense', ...noted() },
    item: () => ({ ...onProject(), category: 'TRAVEL', workDate: nextDay(), amount: { amount: '10.00', currency: 'EUR' } }),
  },
  { ...of('LegalEntity', 'finance', 'upsertLegalEntities'), item: () => ({ code: code(), name: 'Books', currency: 'EUR', countryCode: 'NL' }) },
  { ...of('TaxProfile', 'finance'), item: () => ({ legalEntityId: firm.legalEntityId, code: code(), name: 'VAT' }) },
  { ...of('CostCenter', 'finance'), item: () => ({ legalEntityId: firm.legalEntityId, code: code(), name: 'Delivery' }) },
  {
    ...of('RateCard', 'finance'),
    item: () => ({ name: 'Card', kind: 'SALES', scope: 'STANDARD', currency: 'USD', legalEntityId: firm.legalEntityId }),
  },
];

function of(type: string, room: string, mutation = `upsert${type}s`) {
  return { mutation, room, entity: `${type.charAt(0).toLowerCase()}${type.slice(1)}`, change: { name: 'Renamed' }, shown: 'name' };
}

function noted() {
  return { change: { notes: 'Other notes' }, shown: 'notes' };
}

const stale = 'STALE_SOURCE_VERSION externalRef.version';

describe.each(deliveries)('$mutation', ({ mutation, entity, room, item, change, shown }) => {
  const send = async (...items: Item[]): Promise<string[]> => {
    const select = `results { ${entity} { id version ${shown} } userErrors { code field message } }`;
    const { results } = await graph.mutate(mutation, { idempotencyKey: randomUUID(), items }, { select });
    return results.map(({ userErrors: [no], [entity]: row }: Json) => (no ? `${no.code} ${no.field}` : `v${row.version}`));
  };
  const at = (externalId: string, version?: string) => ({ externalRef: { system: 'src', externalId, ...(version === undefined ? {} : { version }) } });
  const told = async (externalId: string) => {
    const [row] = await sql`select external_version as version, synced_at from ${sql(room)}.external_ref where system = 'src' and external_id = ${externalId}`;
    return row as { version: string | null; synced_at: Date };
  };

  test('takes no version that is older than the one that was taken, and says what the reference is at', async () => {
    const id = randomUUID();
    const [first, other] = [item(), change];
    expect(await send({ ...first, ...at(id, '9') })).toEqual(['v1']);
    const before = await told(id);
    expect(before.version).toBe('9');
    expect(await send({ ...first, ...other, ...at(id, '8') })).toEqual([stale]);
    expect(await send({ ...first, ...other, ...at(id, '9') })).toEqual([stale]);
    expect(await told(id)).toEqual(before);
    expect(await send({ ...first, ...at(id, '9') })).toEqual(['v1']);
    expect((await told(id)).synced_at.getTime()).toBeGreaterThan(before.synced_at.getTime());
    expect(await send({ ...first, ...other, ...at(id, '10') })).toEqual(['v2']);
    expect((await told(id)).version).toBe('10');
    // Unchanged content of a later version is a later version all the same.
    expect(await send({ ...first, ...other, ...at(id, '11') })).toEqual(['v2']);
    expect(await send({ ...first, ...at(id, '10') })).toEqual([stale]);
    expect((await told(id)).version).toBe('11');
  });

  test('refuses the old ones of a call alone, and compares nothing where no version is told', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    // Cards of one kind, scope and currency are one: a second entity would be another fault.
    const two = mutation === 'upsertRateCards' ? [item()] : [item(), item()];
    const refs = [a, b].slice(0, two.length);
    const all = (version?: string, more: Item = {}) => two.map((each, index) => ({ ...each, ...more, ...at(refs[index] ?? '', version) }));
    if (mutation === 'upsertRateCards') for (const each of two) Object.assign(each, { currency: 'GBP' });
    expect(await send(...all('2026-03-02T09:00:00Z'))).toEqual(two.map(() => 'v1'));
    const [newer, ...rest] = all('2026-03-02T10:30:00+01:00', change);
    const [older] = all('2026-03-02T09:30:00+01:00', change);
    expect(await send(...[newer as Item], ...rest.map(() => ({ ...rest[0], ...at(b, '2026-03-01') })))).toEqual(['v2', ...rest.map(() => stale)]);
    expect(await send(older as Item)).toEqual([stale]);
    expect(await send(...all().slice(0, 1))).toEqual(['v3']);
    expect((await told(a)).version).toBeNull();
  });

  test.each([
    ['older', 'newer'],
    ['newer', 'older'],
  ])('ends at the newer of two deliveries at once (%s first)', async (first) => {
    const known = mutation !== 'upsertRateCards';
    for (const isNew of known ? [true, false, true] : [false]) {
      const id = randomUUID();
      const base = { ...item(), ...(known ? {} : { currency: first === 'older' ? 'CHF' : 'SEK' }) };
      if (!isNew) await send({ ...base, ...at(id, '6') });
      const [older, newer] = [() => send({ ...base, ...at(id, '7') }), () => send({ ...base, ...change, ...at(id, '8') })];
      const answers = await Promise.all((first === 'older' ? [older, newer] : [newer, older]).map((deliver) => deliver()));
      for (const answer of answers.flat()) expect(answer).toMatch(/^v\d$|^STALE_SOURCE_VERSION/);
      expect((await told(id)).version).toBe('8');
      const [end] = await send({ ...base, ...change, ...at(id, '8') });
      expect(end).toMatch(/^v\d$/);
    }
  });
});

test('an actual of another system keeps the version that it was recorded at last', async () => {
  const ref = { system: 'src', externalId: randomUUID() };
  const item = { kind: 'COST', transactionClass: 'FEE', projectId: firm.projectId, workDate: '2026-02-02', amount: { amount: '5.00', currency: 'EUR' } };
  const send = async (version: string) => {
    const items = [{ ...item, externalRef: { ...ref, version } }];
    const select = 'results { actual { externalRefs { version } } userErrors { code } }';
    const { results } = await graph.mutate('recordActuals', { idempotencyKey: randomUUID(), items }, { select });
    return results[0].userErrors[0]?.code ?? results[0].actual.externalRefs[0].version;
  };
  expect([await send('2'), await send('3'), await send('1'), await send('3')]).toEqual(['2', '3', 'STALE_SOURCE_VERSION', '3']);
});

test('a change that mentions a reference may not turn its version back, and keeps the one that it does not tell', async () => {
  const { customerId } = firm;
  const put = async (externalRef: object) => {
    const { customer, userErrors } = await graph.mutate(
      'updateCustomer',
      { id: customerId, externalRefs: [{ system: 'src', externalId: 'mentioned', ...externalRef }] },
      { select: 'customer { externalRefs { version } }' },
    );
    return userErrors[0]?.code ?? customer.externalRefs[0].version;
  };
  expect([await put({ version: '5' }), await put({}), await put({ version: '4' }), await put({ version: '6' })]).toEqual([
    '5',
    '5',
    'STALE_SOURCE_VERSION',
    '6',
  ]);
});

test('a timesheet keeps the version that it was delivered at last', async () => {
  const ref = { system: 'src', externalId: randomUUID() };
  const send = async (version: string) => {
    const items = [{ externalRef: { ...ref, version }, employeeId: firm.approverId, startDate: '2026-05-04', endDate: '2026-05-10' }];
    const select = 'results { timesheet { externalRefs { version } } userErrors { code } }';
    const { results } = await graph.mutate('createTimesheets', { idempotencyKey: randomUUID(), items }, { select });
    return results[0].userErrors[0]?.code ?? results[0].timesheet.externalRefs[0].version;
  };
  expect([await send('2'), await send('3'), await send('1')]).toEqual(['2', '3', 'STALE_SOURCE_VERSION']);
});

test('all mutations that take deliveries are tried here', async () => {
  const inputs = new Map<string, readonly InputValueDefinitionNode[]>();
  const mutations: { name: string; input: string }[] = [];
  for (const name of subgraphNames)
    visit(await sdlOf(name), {
      InputObjectTypeDefinition: (node) => void inputs.set(node.name.value, node.fields ?? []),
      ObjectTypeDefinition: (node) => {
        if (node.name.value !== 'Mutation') return;
        for (const field of node.fields ?? []) mutations.push({ name: field.name.value, input: named(field.arguments?.[0]) });
      },
    });
  const fieldOf = (input: string, field: string) => inputs.get(input)?.find(({ name }) => name.value === field);
  const taking = mutations.filter(({ input }) => fieldOf(named(fieldOf(input, 'items')), 'externalRef'));
  const tried = [...deliveries.map(({ mutation }) => mutation), 'createTimesheets', 'recordActuals'];
  expect(
    taking
      .map(({ name }) => name)
      .filter((name) => !/^(recordTimeEntry|recordExpense)$/.test(name))
      .sort(),
  ).toEqual(tried.sort());
});

function named(value: InputValueDefinitionNode | undefined): string {
  return value ? print(value.type).replace(/[[\]!]/g, '') : '';
}
