import { getNamedType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { contractFields } from '#gateway/contracts.ts';
import type { Actor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { seesType } from '#kernel/event.ts';
import { readLogCursor, writeLogCursor } from '#kernel/logCursor.ts';
import { scanEvents } from '#kernel/scan.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { eventRules } from '#operations/event/rules.ts';
import { attachSubscriptions } from '../../roles/live.ts';
import { type Canaries, canariesOf, firmCanaries, sung } from '../support/canaries.ts';
import { type Received, subscribe } from '../support/eventWorld.ts';
import { settleProcesses } from '../support/settle.ts';
import { type TwoClients, twoClients, words } from '../support/twoClients.ts';

let world: TwoClients;
let live: Awaited<ReturnType<typeof attachSubscriptions>>;
let client: Client;
let hidden: Canaries;
let shown: ReadonlySet<string>;
let actor: Actor;
let seal: string;
let beginning: string;
beforeAll(async () => {
  world = await twoClients();
  live = await attachSubscriptions({ gateway: world, databaseUrl: world.databaseUrl, log: createLogger({ level: 'silent' }) });
  hidden = [...(await canariesOf(world.sql, world.clients.b.id, words.b)), ...(await firmCanaries(world.sql))];
  shown = contractFields(world.graph.planning().supergraphSchema, 'portal');
  const token = await world.issuer.token(world.portal('a'));
  actor = (await world.authenticate(token)).actor;
  seal = String((await world.sql`select seal from log.head`)[0]?.seal);
  beginning = writeLogCursor(0n, seal);
  client = createClient({ url: world.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { token } });
});
afterAll(async () => {
  await client.dispose();
  await live.close();
  await world[Symbol.asyncDispose]();
});

/** What a client may be told of one type, as the log has it. */
async function expectedOf(type?: string): Promise<string[]> {
  const types = type ? [type] : Object.keys(eventRules).filter((each) => seesType(actor, eventRules, each));
  const facts = await world.sql`select id from log.fact where keys -> 'customerId' ? ${world.clients.a.id} and type = any(${types})
    and not (type in ('ContractUpdated', 'ContractClosed') and payload->>'status' in ('DRAFT', 'IN_REVIEW', 'LOST'))
    and not (type = 'AmendmentStatusChanged' and payload->>'status' <> 'ACCEPTED') order by position`;
  return facts.map(({ id }) => String(id));
}

/** Every field of an event that its contract shows, and of the entities in it every value. */
function selectionOf(typeName: string): string {
  const type = world.schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`no type ${typeName}`);
  return Object.values(type.getFields())
    .filter(({ name, args }) => shown.has(`${typeName}.${name}`) && args.length === 0)
    .map((field) => {
      const below = getNamedType(field.type);
      if (isLeafType(below)) return field.name;
      if (!isObjectType(below)) return '';
      const leaves = Object.values(below.getFields()).filter(
        (each) => isLeafType(getNamedType(each.type)) && each.args.length === 0 && shown.has(`${below.name}.${each.name}`),
      );
      return `${field.name} { ${leaves.map(({ name }) => name).join(' ')} }`;
    })
    .join(' ');
}

const leaksIn = (events: readonly Received[]) => events.flatMap((event) => sung(JSON.stringify(event.data), hidden));

async function refusalOf(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const failure = (await subscribe(client, query, variables).failure()) as [{ extensions: { code: string } }];
  return failure[0].extensions.code;
}

describe("a client's subscription", () => {
  test('to all events gives those of its own customer, of the types for clients, each once and in order', async () => {
    const { made } = world.run;
    const events = subscribe(client, `subscription ($after: Cursor) { businessEvents(after: $after) { ${selectionOf('BusinessEvent')} } }`, {
      after: beginning,
    });
    await made('updateCustomer', { id: world.clients.b.id, billingAddress: `2 ${words.b} Road` });
    await made('updateCustomer', { id: world.clients.a.id, billingAddress: 'elsewhere' });
    await settleProcesses(world.databaseUrl);
    const expected = await expectedOf();
    expect(expected.length).toBeGreaterThan(20);
    const taken = await events.take(expected.length);
    expect(taken.map(({ data }) => data.businessEvents.id)).toEqual(expected);
    expect(taken.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(leaksIn(taken)).toEqual([]);
    await events.end();
  });

  test('to each typed event gives its own, with nothing hidden in the entities that it names', async () => {
    const fields = Object.values(world.schema.getSubscriptionType()?.getFields() ?? {}).filter(
      ({ name }) => shown.has(`Subscription.${name}`) && name !== 'businessEvents',
    );
    expect(fields.length).toBeGreaterThan(15);
    const seen: string[] = [];
    for (const { name, type } of fields) {
      const { name: typeName } = getNamedType(type);
      const query = `subscription ($after: Cursor) { ${name}(after: $after) { ${selectionOf(typeName)} } }`;
      if (!seesType(actor, eventRules, typeName)) {
        expect(await refusalOf(query), name).toBe('FORBIDDEN');
        continue;
      }
      const expected = await expectedOf(typeName);
      if (expected.length === 0) continue;
      const events = subscribe(client, query, { after: beginning });
      const taken = await events.take(expected.length);
      expect(
        taken.map(({ data }) => data[name].id),
        name,
      ).toEqual(expected);
      expect(
        taken.flatMap(({ errors }) => errors ?? []),
        name,
      ).toEqual([]);
      expect(leaksIn(taken), name).toEqual([]);
      seen.push(typeName);
      await events.end();
    }
    expect(seen).toEqual(
      expect.arrayContaining(['ContractConfirmed', 'ProjectStatusChanged', 'ResourceAssigned', 'InvoicePosted', 'PaymentReceived', 'ExpenseApproved']),
    );
  });

  test('says by no cursor how much happens in the firm, and begins at none that somebody made up', async () => {
    const query = 'subscription ($after: Cursor) { businessEvents(after: $after) { id cursor } }';
    const [first, second] = await subscribe(client, query, { after: beginning }).take(2);
    for (const event of [first, second]) {
      expect(event?.data.businessEvents.cursor).toBe(event?.extensions?.cursor);
      expect(readLogCursor(String(event?.extensions?.cursor), seal)).toBeGreaterThan(0n);
    }
    const [next] = await subscribe(client, query, { after: first?.extensions?.cursor }).take(1);
    expect(next?.data).toEqual(second?.data);
    for (const made of [writeLogCursor(0n), writeLogCursor(3n), writeLogCursor(9_999_999n), first?.data.businessEvents.id])
      expect(await refusalOf(query, { after: made }), made).toBe('VALIDATION_FAILED');
    expect(await refusalOf('subscription { businessEvents { position } }')).toBe('FORBIDDEN');
  });

  test('is refused where it could give nothing, or asks beyond its contract', async () => {
    for (const { name, type } of Object.values(world.schema.getSubscriptionType()?.getFields() ?? {})) {
      if (shown.has(`Subscription.${name}`)) continue;
      expect(await refusalOf(`subscription { ${name} { id } }`), `${name}: ${type}`).toBe('FORBIDDEN');
    }
    expect(await refusalOf('subscription { businessEvents(types: [ActualPosted]) { id } }')).toBe('FORBIDDEN');
    expect(await refusalOf('subscription { expenseApproved { approver { name } } }')).toBe('FORBIDDEN');
    expect(await refusalOf('subscription { invoicePosted { invoice { journalEntry { id } } } }')).toBe('FORBIDDEN');
    expect(await refusalOf('subscription ($id: [ID!]) { businessEvents(customerIds: $id) { id } }', { id: world.clients.b.id })).toBe('NOT_FOUND');
  });

  test("filtered by another's engagement, project or employee finds nothing", async () => {
    await using open = openDb({ url: world.databaseUrl, name: 'test', max: 1, scope: 'command' });
    const { engagementId, projects } = world.clients.b;
    for (const filter of [{ engagementIds: [engagementId] }, { projectIds: [projects[0]?.id ?? ''] }, { employeeIds: [world.firm.people.only.b.id] }]) {
      expect((await scanEvents(open.db, { actor, rules: eventRules, filter, after: 0n, limit: 1_000 })).facts).toEqual([]);
    }
    const own = await scanEvents(open.db, { actor, rules: eventRules, filter: { engagementIds: [world.clients.a.engagementId] }, after: 0n, limit: 1_000 });
    expect(own.facts.length).toBeGreaterThan(10);
  });
});
