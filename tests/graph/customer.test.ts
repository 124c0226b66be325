import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { siblings } from '../support/engagements.ts';
import { portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const create = `mutation ($input: CreateCustomerInput!) {
  createCustomer(input: $input) { replayed customer { id version name status parent { name } externalRefs { system externalId } } userErrors { code message field guard retryable correlationId } }
}`;

async function customer(name: string, more: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
  const { createCustomer } = await world.ok(create, { variables: { input: { name, ...more } } });
  expect(createCustomer.userErrors).toEqual([]);
  return createCustomer.customer;
}

describe('a customer', () => {
  test('is created as PROSPECT with its fact', async () => {
    const before = await world.facts();
    const { createCustomer } = await world.ok(create, { variables: { input: { name: 'Acme', externalRefs: [{ system: 'crm', externalId: 'A1' }] } } });
    expect(createCustomer.customer).toMatchObject({
      name: 'Acme',
      status: 'PROSPECT',
      version: 1,
      parent: null,
      externalRefs: [{ system: 'crm', externalId: 'A1' }],
    });
    expect((await world.facts()).slice(before.length)).toEqual(['CustomerCreated']);
  });

  test('replays for the same key, and refuses the key for other arguments', async () => {
    const input = { idempotencyKey: 'k1', name: 'Once' };
    const first = await world.ok(create, { variables: { input } });
    const again = await world.ok(create, { variables: { input } });
    const other = await world.ok(create, { variables: { input: { ...input, name: 'Twice' } } });
    expect(again.createCustomer).toMatchObject({ replayed: true, customer: { id: first.createCustomer.customer.id } });
    expect(other.createCustomer.userErrors[0]).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', correlationId: 'test-correlation' });
  });

  test('becomes ACTIVE only with legal entity and tax profile', async () => {
    const { id } = await customer('Guarded');
    const act = 'mutation ($input: CustomerActionInput!) { activateCustomer(input: $input) { customer { status } userErrors { code guard } } }';
    expect((await world.ok(act, { variables: { input: { id } } })).activateCustomer.userErrors).toEqual([
      { code: 'GUARD_REFUSED', guard: 'legalEntityAndTaxProfile' },
    ]);
    const update =
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { version availableActions { name refusals } } userErrors { code } } }';
    const { legalEntity, taxProfile } = await siblings(world);
    const unknown = await world.ok(update, { variables: { input: { id, legalEntityId: newId(), taxProfileId: taxProfile } } });
    expect(unknown.updateCustomer.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    const updated = await world.ok(update, { variables: { input: { id, expectedVersion: 1, legalEntityId: legalEntity, taxProfileId: taxProfile } } });
    expect(updated.updateCustomer.customer).toEqual({ version: 2, availableActions: [{ name: 'activate', refusals: [] }] });
    expect((await world.ok(update, { variables: { input: { id, expectedVersion: 1, name: 'x' } } })).updateCustomer.userErrors).toEqual([
      { code: 'STALE_VERSION' },
    ]);
    expect((await world.ok(act, { variables: { input: { id } } })).activateCustomer.customer).toEqual({ status: 'ACTIVE' });
  });

  test('refers to its legal entity and tax profile, and not for clients', async () => {
    const { legalEntity, taxProfile } = await siblings(world);
    const { id } = await customer('Taxed', { legalEntityId: legalEntity, taxProfileId: taxProfile });
    const query = 'query ($id: ID!) { customer(id: $id) { legalEntity { id } taxProfile { id } } }';
    expect((await world.ok(query, { variables: { id } })).customer).toEqual({ legalEntity: { id: legalEntity }, taxProfile: { id: taxProfile } });
    expect((await world.ok(query, { variables: { id }, actor: portalOf(id) })).customer).toEqual({ legalEntity: null, taxProfile: null });
  });

  test('keeps both while it is ACTIVE, by the database', async () => {
    const { legalEntity, taxProfile } = await siblings(world);
    const { id } = await customer('Kept', { legalEntityId: legalEntity, taxProfileId: taxProfile });
    await world.ok('mutation ($input: CustomerActionInput!) { activateCustomer(input: $input) { customer { status } } }', { variables: { input: { id } } });
    const update = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { code guard } } }';
    expect((await world.ok(update, { variables: { input: { id, taxProfileId: null } } })).updateCustomer.userErrors).toEqual([
      { code: 'VALIDATION_FAILED', guard: 'customer_active_is_taxable' },
    ]);
  });

  test('takes ids that are no ids, and parents of others, for unknown', async () => {
    const mine = await customer('Own');
    const theirs = await customer('Foreign');
    const confined = { id: 'colleague', kind: 'STAFF' as const, permissions: ['*'], customerIds: [mine.id] };
    const update = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { code field } } }';
    for (const parentId of ['no-id', theirs.id]) {
      const answer = await world.ok(update, { variables: { input: { id: mine.id, parentId } }, actor: confined });
      expect(answer.updateCustomer.userErrors).toEqual([{ code: 'NOT_FOUND', field: 'parentId' }]);
    }
    const foreign = await world.ok(update, { variables: { input: { id: theirs.id, name: 'Taken' } }, actor: confined });
    expect(foreign.updateCustomer.userErrors).toEqual([{ code: 'NOT_FOUND', field: 'id' }]);
  });

  test('never belongs to its own child', async () => {
    const parent = await customer('Parent');
    const child = await customer('Child', { parentId: parent.id });
    const update = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { guard } } }';
    const answer = await world.ok(update, { variables: { input: { id: parent.id, parentId: child.id } } });
    expect(answer.updateCustomer.userErrors).toEqual([{ guard: 'hierarchyAcyclic' }]);
  });

  test('is upserted in bulk, a result for each item', async () => {
    const upsert =
      'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { succeeded failed replayed results { index customer { name version } userErrors { code field } } } }';
    const items = [
      { externalRef: { system: 'psa', externalId: '1' }, name: 'One' },
      { externalRef: { system: 'psa', externalId: '2' }, name: ' ' },
      { externalRef: { system: 'psa', externalId: '3' }, name: 'Three' },
    ];
    const first = await world.ok(upsert, { variables: { input: { idempotencyKey: 'b1', items } } });
    expect(first.upsertCustomers).toEqual({
      succeeded: 2,
      failed: 1,
      replayed: false,
      results: [
        { index: 0, customer: { name: 'One', version: 1 }, userErrors: [] },
        { index: 1, customer: null, userErrors: [{ code: 'VALIDATION_FAILED', field: 'name' }] },
        { index: 2, customer: { name: 'Three', version: 1 }, userErrors: [] },
      ],
    });
    expect((await world.ok(upsert, { variables: { input: { idempotencyKey: 'b1', items } } })).upsertCustomers.replayed).toBe(true);
    const facts = await world.facts();
    const again = await world.ok(upsert, { variables: { input: { idempotencyKey: 'b2', items: [items[0], items[2]] } } });
    expect(again.upsertCustomers.results.map((result: { customer: { version: number } }) => result.customer.version)).toEqual([1, 1]);
    expect(await world.facts()).toEqual(facts);
  });

  test('lists by keyset in both directions, children per parent in one statement', async () => {
    const parents = await Promise.all(['Page A', 'Page B', 'Page C'].map((name) => customer(name)));
    for (const parent of parents) for (const n of [1, 2, 3]) await customer(`Below ${n}`, { parentId: parent.id });
    const list = `query ($after: Cursor, $before: Cursor, $first: Int, $last: Int) {
      customers(first: $first, after: $after, last: $last, before: $before, filter: { nameContains: "page " }) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { name children(first: 2) { totalCount nodes { name } } } } }`;
    const page1 = (await world.ok(list, { variables: { first: 2 } })).customers;
    expect(page1).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(page1.nodes).toEqual(['Page A', 'Page B'].map((name) => ({ name, children: { totalCount: 3, nodes: [{ name: 'Below 1' }, { name: 'Below 2' }] } })));
    const page2 = (await world.ok(list, { variables: { first: 2, after: page1.pageInfo.endCursor } })).customers;
    expect(page2.nodes.map((node: { name: string }) => node.name)).toEqual(['Page C']);
    const back = (await world.ok(list, { variables: { last: 1, before: page2.pageInfo.startCursor } })).customers;
    expect(back).toMatchObject({ nodes: [{ name: 'Page B' }], pageInfo: { hasPreviousPage: true } });
    world.statements.length = 0;
    await world.ok(list, { variables: { first: 3 } });
    expect(world.statements).toHaveLength(4);
  });

  test('is invisible to the portal of another customer, in lists, counts and by id', async () => {
    const mine = await customer('Mine');
    const theirs = await customer('Theirs');
    const query = 'query ($id: ID!) { customer(id: $id) { name } customers { totalCount nodes { name } } }';
    expect(await world.ok(query, { variables: { id: theirs.id }, actor: portalOf(mine.id) })).toEqual({
      customer: null,
      customers: { totalCount: 1, nodes: [{ name: 'Mine' }] },
    });
    const refused = await world.ok(create, { variables: { input: { name: 'x' } }, actor: portalOf(mine.id) });
    expect(refused.createCustomer.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
