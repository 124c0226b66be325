import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';
import { timeWorld } from '../support/time.ts';

let time: Awaited<ReturnType<typeof timeWorld>>;
let engagements: Awaited<ReturnType<typeof subgraphWorld>>;
let ada: string;
let project: { id: string };
beforeAll(async () => {
  [time, engagements] = [await timeWorld(), await subgraphWorld(engagementsSubgraph)];
  [ada, project] = [await time.employee(), await time.project()];
});
afterAll(async () => {
  await time[Symbol.asyncDispose]();
  await engagements[Symbol.asyncDispose]();
});

type Result = { row: unknown; userErrors: { code: string; field: string | null }[] };
const codes = (results: Result[]) => results.map(({ userErrors: [error] }) => error?.code ?? 'done');

describe('an item that no database can hold is refused alone', () => {
  test('for its amount', async () => {
    const expense = (amount: string) => ({
      employeeId: ada,
      projectId: project.id,
      category: 'MEALS',
      workDate: '2026-02-24',
      amount: { amount, currency: 'USD' },
    });
    const { results } = await time.bulk('recordExpenses', [expense('10.00'), expense('99999999999999999999999.99')]);
    expect(codes(results)).toEqual(['done', 'VALIDATION_FAILED']);
  });

  test('for its hours and its day', async () => {
    const wild = [{ hours: '999999999999999999999' }, { workDate: '9999-12-31' }, { workDate: '9999-12-31', span: 'WEEK' }];
    const { results } = await time.bulk(
      'recordTimeEntries',
      [{}, ...wild].map((more) => time.item(ada, project.id, more)),
    );
    expect(codes(results)).toEqual(['done', 'VALIDATION_FAILED', 'VALIDATION_FAILED', 'VALIDATION_FAILED']);
  });

  test('for the year 0, which PostgreSQL has not', async () => {
    const { errors } = await time.run('query ($day: Date) { timeEntries(first: 1, filter: { workDateFrom: $day }) { totalCount } }', {
      variables: { day: '0000-01-01' },
    });
    expect(errors[0]?.message).toContain('Date cannot represent');
  });
});

describe('a cursor that somebody made up', () => {
  test.each(['WORK_DATE DESC', 'CREATED_AT DESC'])('is refused in the order %s', async (order) => {
    const after = Buffer.from(JSON.stringify([order, 'tomorrow', newId()])).toString('base64url');
    const [field, direction] = order.split(' ');
    const { errors } = await time.run(`{ timeEntries(first: 1, after: "${after}", orderBy: { field: ${field}, direction: ${direction} }) { nodes { id } } }`);
    expect(errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });
});

describe('external references', () => {
  const create =
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { externalRefs { system externalId version } } userErrors { code field } } }';

  test('that stand twice in an input are one', async () => {
    const ref = { system: 'crm', externalId: 'twice' };
    const { createCustomer } = await engagements.ok(create, { variables: { input: { name: 'Twice', externalRefs: [ref, { ...ref, version: '2' }] } } });
    expect(createCustomer).toEqual({ customer: { externalRefs: [{ ...ref, version: '2' }] }, userErrors: [] });
  });

  test('are told apart though system and id run together', async () => {
    const refs = [
      { system: 'crm', externalId: 'eu 7' },
      { system: 'crm eu', externalId: '7' },
    ];
    const upsert = 'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { results { customer { id name } userErrors { code } } } }';
    const items = refs.map((externalRef, index) => ({ externalRef, name: `Customer ${index}` }));
    const { upsertCustomers } = await engagements.ok(upsert, { variables: { input: { idempotencyKey: newId(), items } } });
    const found = upsertCustomers.results.map((result: { customer: { id: string; name: string } }) => result.customer);
    expect(found.map((each: { name: string }) => each.name)).toEqual(['Customer 0', 'Customer 1']);
    expect(found[0].id).not.toBe(found[1].id);
  });
});

describe('who may write and not read', () => {
  test('is told that the write was done', async () => {
    const actor = { ...allowed, id: 'writer', permissions: ['expense:write', 'expense:delegate'] };
    const item = { employeeId: ada, projectId: project.id, category: 'MEALS', workDate: '2026-02-24', amount: { amount: '1.00', currency: 'USD' } };
    const one = await time.mutate('recordExpense', { idempotencyKey: newId(), ...item }, { actor, select: 'id' });
    expect(one).toMatchObject({ row: null, userErrors: [] });
    const many = await time.bulk('recordExpenses', [item], { actor, select: 'id' });
    expect(many).toMatchObject({ succeeded: 1, failed: 0, userErrors: [], results: [{ row: null, userErrors: [] }] });
  });
});
