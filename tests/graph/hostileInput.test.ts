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

describe('half a character, which JSON can spell and no database holds', () => {
  test('becomes what the database makes of it, in the row and in what is told of it', async () => {
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id name } userErrors { code } } }';
    const { createCustomer } = await engagements.ok(create, { variables: { input: { name: 'Half \ud800 a client' } } });
    expect(createCustomer).toMatchObject({ customer: { name: 'Half \ufffd a client' }, userErrors: [] });
    const [stated] = await engagements.sql`select payload ->> 'name' as name from log.pending where subject_id = ${createCustomer.customer.id}`;
    expect(stated).toEqual({ name: 'Half \ufffd a client' });
  });

  test('is no second intent: the whole one replays it', async () => {
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { replayed customer { id } userErrors { code } } }';
    const make = async (name: string) => (await engagements.ok(create, { variables: { input: { idempotencyKey: 'half', name } } })).createCustomer;
    const first = await make('\udc00 and co');
    expect(await make('\ufffd and co')).toEqual({ ...first, replayed: true });
  });
});

describe('an id in capital letters', () => {
  test('names the same rows to every subgraph', async () => {
    const loud = (id: string) => id.toUpperCase();
    const recorded = await time.bulk('recordTimeEntries', [time.item(loud(ada), loud(project.id), {})], { select: 'id' });
    expect(codes(recorded.results)).toEqual(['done']);
    const make = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }';
    const { id } = (await engagements.ok(make, { variables: { input: { name: 'Loud' } } })).createCustomer.customer;
    const update = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } userErrors { code field } } }';
    const change = async (input: object) => (await engagements.ok(update, { variables: { input } })).updateCustomer;
    expect(await change({ id: loud(id), name: 'Louder' })).toEqual({ customer: { id }, userErrors: [] });
    expect(await change({ id, parentId: loud(id) })).toMatchObject({ userErrors: [{ code: 'GUARD_REFUSED', field: 'parentId' }] });
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
