import { randomUUID } from 'node:crypto';
import { getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { readSdl } from '#kernel/sdl.ts';
import { subgraphDocument } from '#kernel/subgraph.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { subgraphNames } from '../support/contract.ts';
import { firmWorld } from '../support/firmWorld.ts';
import type { Json } from '../support/graph.ts';
import { root } from '../support/house.ts';

const { graph, firm } = await firmWorld();

const run = randomUUID();
const ref = (externalId: string) => ({ system: 'source', externalId: `${run} ${externalId}` });
const codes = 'results { userErrors { code field message } }';

/** Sends items and gives their ids; none may be refused. */
async function sent(mutation: string, entity: string, items: readonly object[]): Promise<string[]> {
  const { results } = await graph.done(mutation, { items }, { select: `results { ${entity} { id } userErrors { code field message } }` });
  return results.map((result: Json) => result[entity].id);
}

async function refusals(mutation: string, items: readonly object[]): Promise<Json[]> {
  const { results } = await graph.mutate(mutation, { idempotencyKey: randomUUID(), items }, { select: codes });
  return results.map(({ userErrors: [error] }: Json) => (error ? `${error.code} ${error.field}` : 'done'));
}

const keyed = (externalId: string) => ({ externalRef: ref(externalId) });
const march = { startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '10' };
const day = { workDate: '2026-03-03', hours: '2' };

describe('a firm whose source knows no id of Accord', () => {
  test('comes in whole, from the legal entity to the hour, level by level', async () => {
    await sent('upsertLegalEntities', 'legalEntity', [{ ...keyed('le'), code: run.slice(0, 12), name: 'Source GmbH', currency: 'EUR', countryCode: 'DE' }]);
    await sent('upsertTaxProfiles', 'taxProfile', [{ ...keyed('tax'), legalEntityRef: ref('le'), code: 'NONE', name: 'None', exempt: true, note: 'No tax.' }]);
    await sent('upsertCostCenters', 'costCenter', [{ ...keyed('cc'), legalEntityRef: ref('le'), code: 'CC', name: 'Consulting' }]);
    await sent('upsertLaborCategories', 'laborCategory', [{ ...keyed('lc'), code: run.slice(0, 12), name: 'Senior' }]);
    const laborCategories = [{ laborCategoryRef: ref('lc'), effectiveFrom: '2020-01-01' }];
    await sent('upsertEmployees', 'employee', [
      { ...keyed('ada'), name: 'Ada', hiredOn: '2020-01-01', legalEntityRef: ref('le'), costCenterRef: ref('cc'), laborCategories },
    ]);
    await sent('upsertCustomers', 'customer', [{ ...keyed('c'), name: 'Client', legalEntityRef: ref('le'), taxProfileRef: ref('tax'), activate: true }]);
    await sent('upsertRateCards', 'rateCard', [
      { ...keyed('rc'), name: 'Client rates', kind: 'SALES', scope: 'CUSTOMER', currency: 'EUR', legalEntityRef: ref('le'), customerRef: ref('c') },
    ]);
    await sent('upsertEngagements', 'engagement', [{ ...keyed('e'), name: 'Programme', customerRef: ref('c') }]);
    await sent('upsertContracts', 'contract', [
      { ...keyed('k'), name: 'Terms', engagementRef: ref('e'), legalEntityRef: ref('le'), rateCardRef: ref('rc'), currency: 'EUR', startDate: '2026-01-01' },
    ]);
    const [project] = await sent('upsertProjects', 'project', [
      { ...keyed('p'), name: 'Build', engagementRef: ref('e'), contractRef: ref('k'), managerRef: ref('ada') },
    ]);
    await sent('upsertTasks', 'task', [{ ...keyed('t'), name: 'Design', projectRef: ref('p') }]);
    await sent('upsertAssignments', 'assignment', [{ ...keyed('a'), ...march, employeeRef: ref('ada'), projectRef: ref('p'), taskRef: ref('t') }]);
    const shown = `query ($id: ID!) { project(id: $id) { name customer { name } contract { name legalEntity { name } } manager { name } tasks { nodes { name } } } }`;
    expect((await graph.ok(shown, { id: project })).project).toEqual({
      ...{ name: 'Build', customer: { name: 'Client' }, contract: { name: 'Terms', legalEntity: { name: 'Source GmbH' } } },
      ...{ manager: { name: 'Ada' }, tasks: { nodes: [{ name: 'Design' }] } },
    });
  });

  test('records time and expenses, one by one and many at once', async () => {
    const [employeeRef, projectRef] = [ref('hopper'), ref('works')];
    const { results } = await graph.done(
      'upsertEmployees',
      { items: [{ externalRef: employeeRef, name: 'Hopper', hiredOn: '2020-01-01', status: 'ACTIVE' }] },
      { select: codes },
    );
    expect(results).toEqual([{ userErrors: [] }]);
    await graph.done('updateProject', { id: firm.projectId, externalRefs: [projectRef], selfAssignable: true });
    const spent = { employeeRef, projectRef, category: 'MEALS', workDate: day.workDate, amount: { amount: '5', currency: 'EUR' } };
    await sent('createTimesheets', 'timesheet', [{ employeeRef, startDate: '2026-03-02', endDate: '2026-03-08' }]);
    await sent('recordTimeEntries', 'timeEntry', [{ ...day, employeeRef, projectRef }]);
    await sent('recordExpenses', 'expense', [spent]);
    const one = await graph.done(
      'recordTimeEntry',
      { ...day, hours: '1', employeeRef, projectId: firm.projectId },
      { select: 'timeEntry { employee { name } }' },
    );
    expect(one.timeEntry).toEqual({ employee: { name: 'Hopper' } });
    await graph.done('recordExpense', spent);
    await graph.done('updateCustomer', { id: firm.customerId, externalRefs: [ref('payer')] });
    const paid = { receivedOn: '2026-03-03', amount: { amount: '1', currency: 'EUR' }, customerRef: ref('payer'), legalEntityId: firm.legalEntityId };
    await graph.done('recordPayment', paid);
  });
});

describe('inside lists', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const priced = async () => {
    const [employeeId] = await sent('upsertEmployees', 'employee', [{ ...keyed('lin'), name: 'Lin', hiredOn: '2020-01-01' }]);
    const [laborCategoryId] = await sent('upsertLaborCategories', 'laborCategory', [{ ...keyed('lead'), code: randomUUID().slice(0, 12), name: 'Lead' }]);
    await sent('upsertEngagements', 'engagement', [{ ...keyed('plan'), name: 'Plan', customerId: firm.customerId }]);
    const projects = [keyed('north'), keyed('south')].map((key) => ({ ...key, name: 'Part', engagementRef: ref('plan') }));
    const projectIds = await sent('upsertProjects', 'project', projects);
    return { employeeId, laborCategoryId, projectIds };
  };
  const content = 'lines { projects { id } rates { laborCategory { id } } } rates { employee { id } laborCategory { id } rate { amount } }';
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] };
  const contract = { name: 'Terms', engagementRef: ref('plan'), legalEntityId: firm.legalEntityId, currency: 'EUR', startDate: '2026-01-01' };

  test('references name projects, employees and labor categories as ids do', async () => {
    const { employeeId, laborCategoryId, projectIds } = await priced();
    const lines = [
      { ...line, projectIds: [projectIds[0]], projectRefs: [ref('south'), ref('north')], rates: [{ laborCategoryRef: ref('lead'), rate: eur('90') }] },
    ];
    const rates = [
      { employeeRef: ref('lin'), rate: eur('120') },
      { laborCategoryId, rate: eur('100') },
    ];
    const [id] = await sent('upsertContracts', 'contract', [{ ...contract, ...keyed('terms'), lines, rates }]);
    const shown = (await graph.ok(`query ($id: ID!) { contract(id: $id) { ${content} } }`, { id })).contract;
    expect(shown.lines).toEqual([
      { projects: expect.arrayContaining(projectIds.map((each) => ({ id: each }))), rates: [{ laborCategory: { id: laborCategoryId } }] },
    ]);
    expect(shown.lines[0].projects).toHaveLength(2);
    expect(shown.rates).toEqual(
      expect.arrayContaining([
        { employee: { id: employeeId }, laborCategory: null, rate: { amount: '120.00' } },
        { employee: null, laborCategory: { id: laborCategoryId }, rate: { amount: '100.00' } },
      ]),
    );
    const card = await graph.done('createRateCard', { name: 'Card', kind: 'SALES', scope: 'NAMED', currency: 'EUR' }, { select: 'rateCard { id }' });
    const version = await graph.done(
      'createRateCardVersion',
      {
        rateCardId: card.rateCard.id,
        effectiveFrom: '2026-01-01',
        lines: [
          { laborCategoryRef: ref('lead'), rate: '80' },
          { employeeRef: ref('lin'), rate: '85' },
        ],
      },
      { select: 'rateCardVersion { lines { laborCategory { id } employee { id } } }' },
    );
    const priceless = [
      { laborCategory: { id: laborCategoryId }, employee: null },
      { laborCategory: null, employee: { id: employeeId } },
    ];
    expect(version.rateCardVersion.lines).toEqual(expect.arrayContaining(priceless));
    const held = await graph.done(
      'setEmployeeLaborCategory',
      { id: employeeId, laborCategoryRef: ref('lead'), effectiveFrom: '2026-01-01' },
      { select: 'employee { laborCategory(asOf: "2026-02-01") { id } }' },
    );
    expect(held.employee.laborCategory).toEqual({ id: laborCategoryId });
  });

  test('an unknown one refuses its item alone, by the field that named it', async () => {
    await priced();
    const wrong = [
      {
        rates: [
          { employeeRef: ref('lin'), rate: eur('1') },
          { employeeRef: ref('nobody'), rate: eur('1') },
        ],
      },
      { rates: [{ laborCategoryRef: ref('lin'), rate: eur('1') }] },
      { rates: [{ employeeRef: ref('lin'), employeeId: newId(), rate: eur('1') }] },
      { lines: [{ ...line, projectRefs: [ref('nowhere')] }] },
      { lines: [{ ...line, rates: [{ laborCategoryRef: ref('none'), rate: eur('1') }] }] },
      { rates: [{ employeeRef: ref('lin'), rate: eur('1') }] },
    ];
    const items = wrong.map((each, index) => ({ ...contract, ...keyed(`terms ${index}`), ...each }));
    expect(await refusals('upsertContracts', items)).toEqual([
      'NOT_FOUND rates.employeeRef',
      'NOT_FOUND rates.laborCategoryRef',
      'VALIDATION_FAILED rates.employeeRef',
      'NOT_FOUND lines.projectRefs',
      'NOT_FOUND lines.rates.laborCategoryRef',
      'done',
    ]);
    const starts = [[{ laborCategoryRef: ref('none'), effectiveFrom: '2026-01-01' }], [{ effectiveFrom: '2026-01-01' }]];
    const people = starts.map((laborCategories, index) => ({ ...keyed(`late ${index}`), name: 'Late', hiredOn: '2020-01-01', laborCategories }));
    expect(await refusals('upsertEmployees', people)).toEqual([
      'NOT_FOUND laborCategories.laborCategoryRef',
      'VALIDATION_FAILED laborCategories.laborCategoryId',
    ]);
  });
});

describe('of the id and the reference', () => {
  const task = (more: object) => ({ ...keyed(randomUUID()), name: 'Task', ...more });

  test('one is given; what is unknown is refused by the field that named it, and no other item', async () => {
    await graph.done('updateProject', { id: firm.projectId, externalRefs: [ref('own')] });
    const items = [
      task({ projectRef: ref('own') }),
      task({ projectRef: ref('nobody') }),
      task({}),
      task({ projectId: firm.projectId, projectRef: ref('own') }),
      task({ projectId: newId() }),
      task({ projectRef: { system: ' ', externalId: '1' } }),
      task({ projectRef: { ...ref('own'), system: 'Source' } }),
      task({ projectId: firm.projectId, projectRef: null }),
    ];
    expect(await refusals('upsertTasks', items)).toEqual([
      'done',
      'NOT_FOUND projectRef',
      'VALIDATION_FAILED projectId',
      'VALIDATION_FAILED projectRef',
      'NOT_FOUND projectId',
      'VALIDATION_FAILED projectRef.system',
      'NOT_FOUND projectRef',
      'done',
    ]);
  });

  test('each finds its own kind only', async () => {
    await graph.done('updateCustomer', { id: firm.customerId, externalRefs: [ref('same')] });
    expect(await refusals('upsertTasks', [task({ projectRef: ref('same') })])).toEqual(['NOT_FOUND projectRef']);
  });

  test('the one given is the one that a refusal names, and nobody is told the id of what they may not see', async () => {
    await graph.done('updateCustomer', { id: firm.customerId, externalRefs: [ref('hidden')] });
    const input = { idempotencyKey: randomUUID(), items: [{ ...keyed(randomUUID()), name: 'Mine', customerRef: ref('hidden') }] };
    const wish = { role: 'psa', customerIds: [newId()] } as const;
    const { results, userErrors } = await graph.mutate('upsertEngagements', input, { select: codes, wish });
    const [error] = [...userErrors, ...results.flatMap((result: Json) => result.userErrors)];
    expect(error).toMatchObject({ code: 'NOT_FOUND', field: 'customerRef' });
    expect(error.message).not.toContain(firm.customerId);
    await graph.done('createEngagement', { customerId: firm.customerId, name: 'Other', externalRefs: [ref('other')] });
    const moved = { ...keyed(randomUUID()), name: 'Moved', engagementId: firm.engagementId };
    await sent('upsertProjects', 'project', [moved]);
    expect(await refusals('upsertProjects', [{ ...moved, engagementId: undefined, engagementRef: ref('other') }])).toEqual(['VALIDATION_FAILED engagementRef']);
  });
});

/** Ids that no other system has a name for, or whose reference is a field of another kind. */
const own = ['Upsert.*Item.personId', 'Record.*.timesheetId', 'RecordActualItem.contractLineId'];

test('every id that an upsert or a record takes of another entity may be a reference', async () => {
  const kernel = await readSdl(new URL('schema/', root), 'kernel');
  const lacking: string[] = [];
  for (const name of subgraphNames) {
    const schema = subgraphSchema(subgraphDocument(kernel, await readSdl(new URL('schema/', root), name)), {});
    for (const type of Object.values(schema.getTypeMap())) {
      if (
        !isInputObjectType(type) ||
        !/^((Upsert|Record|CreateTimesheet)\w*(Item|Input)|(ContractLine|ContractRate|OpportunityLine|RateCardLine|EmployeeLaborCategory)Input)$/.test(
          type.name,
        )
      )
        continue;
      const fields = type.getFields();
      for (const field of Object.keys(fields)) {
        const coordinate = `${type.name}.${field}`;
        if (!/Ids?$/.test(field) || getNamedType(fields[field]?.type)?.name !== 'ID' || own.some((each) => new RegExp(`^${each}$`).test(coordinate))) continue;
        if (!fields[field.replace(/Id(s?)$/, 'Ref$1')]) lacking.push(coordinate);
      }
    }
  }
  expect(lacking).toEqual([]);
});
