import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { constellation, type TransportName } from '../support/constellation.ts';

const create = `mutation ($input: CreateCustomerInput!) {
  createCustomer(input: $input) { customer { id version name status availableActions { name refusals } } userErrors { code field correlationId } }
}`;

describe.each<TransportName>(['in process', 'HTTP'])('customers through the door, %s', (transport) => {
  let world: Awaited<ReturnType<typeof constellation>>;
  beforeAll(async () => {
    world = await constellation({ subgraphs: [engagementsSubgraph], transport });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const customer = async (name: string): Promise<string> => (await world.ok(create, { input: { name } }, { role: 'crm' })).createCustomer.customer.id;

  test('a mutation commits its row and its fact under the caller and the correlation id', async () => {
    const response = await world.post(
      { query: create, variables: { input: { name: 'Acme' } } },
      { role: 'crm', subject: 'salesforce' },
      { 'x-correlation-id': 'deal-1' },
    );
    const { data, errors } = (await response.json()) as { data: { createCustomer: { customer: { id: string } } }; errors?: unknown };
    expect(errors).toBeUndefined();
    const { id } = data.createCustomer.customer;
    expect(data.createCustomer).toMatchObject({ customer: { name: 'Acme', status: 'PROSPECT', version: 1 }, userErrors: [] });
    const [fact] = await world.sql`select type, actor_id, actor_kind, correlation_id, traceparent from log.pending where subject_id = ${id}`;
    expect(fact).toMatchObject({ type: 'CustomerCreated', actor_id: 'salesforce', actor_kind: 'INTEGRATION', correlation_id: 'deal-1' });
    expect(fact?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('a portal token sees its own customer in lists, counts and by id', async () => {
    const mine = await customer('Mine');
    const theirs = await customer('Theirs');
    const query =
      'query ($mine: ID!, $theirs: ID!) { mine: customer(id: $mine) { name } theirs: customer(id: $theirs) { name } customers { totalCount nodes { name } } }';
    const seen = await world.ok(query, { mine, theirs }, { role: 'portal', customerIds: [mine] });
    expect(seen).toEqual({ mine: { name: 'Mine' }, theirs: null, customers: { totalCount: 1, nodes: [{ name: 'Mine' }] } });
    const refused = await world.ask(create, { input: { name: 'x' } }, { role: 'portal', customerIds: [mine] });
    expect(refused).toMatchObject({ errors: [{ message: 'Mutation.createCustomer is not in the portal contract.', extensions: { code: 'FORBIDDEN' } }] });
    expect(refused.data).toBeUndefined();
  });

  test('a query without the permission is refused with its path', async () => {
    const { data, errors } = await world.ask('{ customers { totalCount } }', {}, { role: 'hr' });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: 'FORBIDDEN', retryable: false } }]);
  });

  test('a page of a million is refused, also by variable', async () => {
    const { errors } = await world.ask('query ($first: Int) { customers(first: $first) { totalCount } }', { first: 1_000_000 });
    expect(errors).toMatchObject([{ message: 'first must be 0 to 250.', extensions: { code: 'VALIDATION_FAILED', field: 'first' } }]);
  });

  test('/ready asks every subgraph', async () => {
    const ready = await fetch(new URL('/ready', world.url));
    expect(await ready.json()).toEqual({ status: 'ready', checks: { 'subgraph engagements': 'ok' } });
  });
});
