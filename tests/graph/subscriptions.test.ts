import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { openExceptions } from '#operations/exception/commands.ts';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';
import type { TransportName } from '../support/fixtureGraph.ts';
import { headCursor } from '../support/headCursor.ts';

const updated = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name cursor } }';

describe.each<TransportName>(['in process', 'HTTP'])('subscriptions over the transport %s', (transport) => {
  let world: EventWorld;
  beforeAll(async () => {
    world = await eventWorld({ transport });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('give typed events with aliases, fragments and fields of other subgraphs', async () => {
    const after = await headCursor(world.sql);
    const events = subscribe(
      world.client(),
      `subscription ($after: Cursor, $deep: Boolean!) { changed: customerCreated(after: $after) { ...Head what: name status customer { id now: name children(first: 2) @include(if: $deep) { totalCount } } } }
       fragment Head on BusinessEvent { type occurredAt actorId actorKind subject { type entityId version } correlationId }`,
      { after, deep: true },
    );
    const { id } = await world.customer('Nested');
    expect((await events.next()).data).toEqual({
      changed: {
        type: 'CustomerCreated',
        occurredAt: expect.any(String),
        actorId: 'service:test',
        actorKind: 'SERVICE',
        subject: { type: 'Customer', entityId: id, version: 1 },
        correlationId: expect.any(String),
        what: 'Nested',
        status: 'PROSPECT',
        customer: { id, now: 'Nested', children: { totalCount: 0 } },
      },
    });
    await events.end();
  });

  test('give what only the subgraph of the events knows', async () => {
    const after = await headCursor(world.sql);
    const customer = await world.customer('In trouble');
    const [exception] = await world.write((scope) =>
      openExceptions(scope, [
        {
          process: 'p',
          code: 'RATE_NOT_FOUND',
          message: 'm',
          subject: { type: 'TimesheetEntry', id: newId() },
          owner: 'o',
          keys: { customerId: customer.id },
          seconds: 5400n,
        },
      ]),
    );
    const query = `subscription ($after: Cursor) { exceptionOpened(after: $after) { hours code exception { id status age availableActions { name } customer { name } } timeEntry { id exceptions { totalCount } } } }`;
    const event = await subscribe(world.client(), query, { after }).next();
    expect(event.errors).toBeUndefined();
    expect(event.data.exceptionOpened).toMatchObject({
      hours: '1.50',
      exception: { id: exception?.id, status: 'OPEN', customer: { name: 'In trouble' } },
      timeEntry: { exceptions: { totalCount: 1 } },
    });
  });

  test('give all events by interface, or the types asked for', async () => {
    const after = await headCursor(world.sql);
    const { id } = await world.customer('Various');
    await world.state(id, 'Various 2');
    const query = `subscription ($after: Cursor, $types: [BusinessEventType!]) { businessEvents(after: $after, types: $types, customerIds: ["${id}"]) { __typename type ... on CustomerCreated { name } ... on CustomerUpdated { was: status customer { name } } } }`;
    const all = await subscribe(world.client(), query, { after }).take(2);
    expect(all.map((event) => event.data.businessEvents)).toEqual([
      { __typename: 'CustomerCreated', type: 'CustomerCreated', name: 'Various' },
      { __typename: 'CustomerUpdated', type: 'CustomerUpdated', was: 'ACTIVE', customer: { name: 'Various' } },
    ]);
    const [only] = await subscribe(world.client(), query, { after, types: ['CustomerUpdated'] }).take(1);
    expect(only?.data.businessEvents.type).toBe('CustomerUpdated');
  });

  test('start at the moment of asking: what the same client does next is in them', async () => {
    const client = world.client();
    const { id } = await world.customer('Racing');
    for (let round = 0; round < 5; round += 1) {
      const events = subscribe(client, updated, { customerId: id });
      const first = events.next();
      const mutation = subscribe(
        client,
        'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { name } userErrors { message } } }',
        { input: { id, name: `Racing ${round}` } },
      );
      expect((await mutation.next()).data.updateCustomer).toEqual({ customer: { name: `Racing ${round}` }, userErrors: [] });
      let event = await first;
      while (event.data.customerUpdated.name !== `Racing ${round}`) event = await events.next();
      await events.end();
    }
  });

  test('follow several customers in one stream, and nothing of a third', async () => {
    const [one, other, third] = [await world.customer('One'), await world.customer('Other'), await world.customer('Third')];
    const after = await headCursor(world.sql);
    const query = 'subscription ($ids: [ID!], $after: Cursor) { customerUpdated(customerIds: $ids, after: $after) { name } }';
    const events = subscribe(world.client(), query, { ids: [one.id, other.id.toUpperCase()], after });
    for (const { id } of [third, other, one]) await world.state(id, `Renamed ${id}`);
    expect([(await events.next()).data, (await events.next()).data]).toEqual([other, one].map(({ id }) => ({ customerUpdated: { name: `Renamed ${id}` } })));
    await events.end();
  });

  test('refuse before the first event what can never give one', async () => {
    const refusal = async (query: string, variables = {}, wish?: Parameters<EventWorld['client']>[0]) => {
      const failure = await subscribe(world.client(wish), query, variables).failure();
      return (failure as { extensions: { code: string } }[])[0]?.extensions.code;
    };
    const far = Buffer.from('log:99999999').toString('base64url');
    const customerId = newId();
    expect(await refusal(updated, { after: far })).toBe('VALIDATION_FAILED');
    expect(await refusal(updated, { after: 'bm9uc2Vuc2U' })).toBe('VALIDATION_FAILED');
    expect(await refusal(updated, { customerId: 'x' })).toBe('VALIDATION_FAILED');
    expect(await refusal('subscription { nothing { id } }')).toBe('VALIDATION_FAILED');
    const told = async (wish?: Parameters<EventWorld['client']>[0]) =>
      ((await subscribe(world.client(wish), 'subscription { customerUpdate { id } }').failure()) as { message: string }[])[0]?.message;
    expect(await told()).toContain('Did you mean "customerUpdated"');
    expect(await told({ role: 'portal', customerIds: [customerId] })).toBe('Cannot query field "customerUpdate" on type "Subscription".');
    expect(await refusal('subscription { customerUpdated { id } customerCreated { id } }')).toBe('VALIDATION_FAILED');
    expect(await refusal('subscription { journalPosted { id } }', {}, { role: 'psa' })).toBe('FORBIDDEN');
    expect(await refusal('subscription { exceptionOpened { id } }', {}, { role: 'portal', customerIds: [customerId] })).toBe('FORBIDDEN');
    expect(await refusal(updated, { customerId: newId() }, { role: 'portal', customerIds: [customerId] })).toBe('NOT_FOUND');
  });

  test('show a portal its own customers and nothing of others', async () => {
    const [mine, theirs] = [await world.customer('Mine'), await world.customer('Theirs')];
    const after = await headCursor(world.sql, 'outside');
    const wish = { role: 'portal', customerIds: [mine.id] };
    const events = subscribe(
      world.client(wish),
      'subscription ($after: Cursor) { businessEvents(after: $after) { type actorId customer { id name } ... on CustomerUpdated { name } } }',
      { after },
    );
    for (let round = 0; round < 5; round += 1) {
      await world.state(theirs.id, `theirs ${round}`);
      await world.state(mine.id, `mine ${round}`);
    }
    const seen = await events.take(5);
    expect(seen.map((event) => event.data.businessEvents)).toEqual(
      [0, 1, 2, 3, 4].map((round) => ({ type: 'CustomerUpdated', actorId: 'SERVICE', name: `mine ${round}`, customer: { id: mine.id, name: 'Mine' } })),
    );
  });

  test('keep a field that fails from failing the event', async () => {
    const after = await headCursor(world.sql);
    const { id } = await world.customer('Hidden');
    await world.state(id, 'Hidden 2');
    const wish = { role: 'analyst' };
    const event = await subscribe(
      world.client(wish),
      'subscription ($after: Cursor) { customerUpdated(after: $after) { name customer { availableActions { name } contracts { nodes { id } } } } }',
      { after },
    ).next();
    expect(event.data.customerUpdated.name).toBe('Hidden 2');
  });

  test('carry queries as well', async () => {
    const answer = await subscribe(world.client(), '{ customers(first: 1) { nodes { id } } operations { log { newestPosition } } }').next();
    expect(answer.data).toMatchObject({ operations: { log: { newestPosition: expect.any(String) } } });
    const refused = await subscribe(world.client(), '{ operations { events(first: 999) { nodes { id } } } }').next();
    expect(refused.errors?.[0]?.extensions.code).toBe('VALIDATION_FAILED');
  });
});
