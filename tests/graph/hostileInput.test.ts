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
  test('is refused, and takes no key: the whole one may come after it', async () => {
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { replayed customer { name } userErrors { code field message } } }';
    const make = async (name: string) => (await engagements.ok(create, { variables: { input: { idempotencyKey: 'half', name } } })).createCustomer;
    const message = 'name holds half a character. Send whole ones, as UTF-8.';
    expect(await make('Half \ud800 a client')).toEqual({
      replayed: false,
      customer: null,
      userErrors: [{ code: 'VALIDATION_FAILED', field: 'name', message }],
    });
    expect(await make('Half 😀 a client')).toEqual({ replayed: false, customer: { name: 'Half 😀 a client' }, userErrors: [] });
  });
});

describe('composed and decomposed text', () => {
  const [composed, decomposed] = ['Café Zürich'.normalize('NFC'), 'Café Zürich'.normalize('NFD')];
  const names = 'query ($text: String) { customers(filter: { nameContains: $text }) { nodes { name } } }';
  const byRef = 'query ($refs: [ExternalRefInput!]) { customers(filter: { externalRefs: $refs }) { totalCount } }';
  const upsert = 'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { results { customer { id name } userErrors { code } } } }';

  test('is one text: in names, in external references and in searches for either', async () => {
    const item = (text: string) => ({ name: text, externalRef: { system: ' crm ', externalId: ` ${text}\u00a0` } });
    const call = async (text: string) =>
      (await engagements.ok(upsert, { variables: { input: { idempotencyKey: newId(), items: [item(text)] } } })).upsertCustomers.results;
    const [first] = await call(decomposed);
    expect(first).toMatchObject({ customer: { name: composed }, userErrors: [] });
    expect(await call(composed)).toEqual([first]);
    for (const text of [composed, decomposed, ` ${decomposed} `]) {
      expect((await engagements.ok(names, { variables: { text } })).customers.nodes).toEqual([{ name: composed }]);
      const refs = [{ system: 'crm', externalId: text }];
      expect((await engagements.ok(byRef, { variables: { refs } })).customers.totalCount).toBe(1);
    }
  });

  test('is one intent', async () => {
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { replayed userErrors { code } } }';
    const make = async (name: string) => (await engagements.ok(create, { variables: { input: { idempotencyKey: 'composed', name } } })).createCustomer;
    expect(await make(decomposed)).toEqual({ replayed: false, userErrors: [] });
    expect(await make(composed)).toEqual({ replayed: true, userErrors: [] });
  });
});

describe('an address', () => {
  const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { billingEmail } userErrors { code field } } }';
  const make = async (input: object) => (await engagements.ok(create, { variables: { input: { name: 'Addressed', ...input } } })).createCustomer;

  test.each(['ap@client.example', "o'brien+ap@sub.client.example", 'buchhaltung@müller.example', 'ap@localhost'])('is %j', async (billingEmail) => {
    expect(await make({ billingEmail })).toEqual({ customer: { billingEmail }, userErrors: [] });
  });

  test.each([
    'not an email',
    'a@b.c\r\nBcc: z@z.z',
    'a@b.c, z@z.z',
    'a@b.c;z@z.z',
    'Ada <a@b.c>',
    'a@@b.c',
    '@b.c',
    'a@',
    'a@.c',
    'a..b@c.d',
    'a@b.c.',
    `${'x'.repeat(65)}@b.c`,
    `a@${'x'.repeat(253)}`,
  ])('is not %j', async (billingEmail) => {
    expect(await make({ billingEmail })).toEqual({ customer: null, userErrors: [{ code: 'VALIDATION_FAILED', field: 'billingEmail' }] });
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
