import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts as engagementFacts } from '#engagements/published.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { type EventWorld, eventWorld, type Received, subscribe } from '../support/eventWorld.ts';
import { type Choices, choices, seeds } from '../support/seeds.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const query = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name position cursor } }';

const customers = Array.from({ length: 3 }, () => newId());

/** Writes in transactions that overlap and commit in another order than they began in. */
async function writer(name: string, { rounds, random }: { rounds: number; random: Choices }): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await world.write(async (scope) => {
      const inputs = Array.from({ length: 1 + random.below(3) }, (_, n) => {
        const customerId = random.one(customers);
        return { subject: { id: customerId, version: 1 }, keys: { customerId }, payload: { customerId, name: `${name}.${round}.${n}`, status: 'ACTIVE' } };
      });
      await record(scope, engagementFacts.CustomerUpdated, inputs);
      await scope.tx.execute(sql`select pg_sleep(${random.next() * 0.02})`);
    });
  }
}

const shape = ({ data }: Received) => ({ position: data.customerUpdated.position, name: data.customerUpdated.name });

type Following = { variables?: Record<string, unknown>; last: string; random: Choices };

/** Follows the log with clients that are cut off again and again, until it has seen the event of this name. */
async function follower({ variables, last, random }: Following): Promise<{ seen: ReturnType<typeof shape>[]; cuts: number }> {
  const seen: ReturnType<typeof shape>[] = [];
  let after = writeLogCursor(0n);
  for (let cuts = 0; ; cuts += 1) {
    const client = world.client();
    const events = subscribe(client, query, { ...variables, after });
    for (let left = 1 + random.below(80); left > 0; left -= 1) {
      const event = await events.next();
      seen.push(shape(event));
      after = event.data.customerUpdated.cursor;
      if (event.data.customerUpdated.name === last) return { seen, cuts };
    }
    client.terminate();
  }
}

describe.each(seeds())('a subscriber that is cut off at random while 12 writers write (seed %i)', (seed) => {
  const branch = (number: number) => choices(seed + number);

  test('sees exactly its slice of the log: no gap, no repeat, in order', async () => {
    const followers = [
      follower({ last: 'end.2', random: branch(0) }),
      follower({ last: 'end.2', random: branch(1) }),
      ...customers.map((customerId, index) => follower({ variables: { customerId }, last: `end.${index}`, random: branch(2 + index) })),
    ];
    await Promise.all(Array.from({ length: 12 }, (_, index) => writer(`w${index}`, { rounds: 25, random: branch(100 + index) })));
    for (const [index, customerId] of customers.entries()) await world.state(customerId, `end.${index}`);
    const results = await Promise.all(followers);
    const log =
      await world.sql`select position, keys -> 'customerId' ->> 0 as customer_id, payload from log.fact where type = 'CustomerUpdated' order by position`;
    const slice = (customerId?: string) =>
      log.filter((row) => !customerId || row.customer_id === customerId).map((row) => ({ position: String(row.position), name: row.payload.name }));
    expect(log.length).toBeGreaterThan(300);
    expect(log.map((row) => Number(row.position))).toEqual(log.map((_, index) => index + 1));
    for (const [index, customerId] of [undefined, undefined, ...customers].entries()) expect(results[index]?.seen).toEqual(slice(customerId));
    expect(results.reduce((sum, result) => sum + result.cuts, 0)).toBeGreaterThan(5);
  });

  test('may start in the past, and goes over into the present without a seam', async () => {
    const before = await world.logged('CustomerUpdated');
    const customerId = customers[0] ?? '';
    const events = subscribe(world.client(), query, { after: writeLogCursor(BigInt(before[9]?.position ?? 0)) });
    const writing = Promise.all(Array.from({ length: 4 }, (_, index) => writer(`late${index}`, { rounds: 10, random: branch(200 + index) }))).then(() =>
      world.state(customerId, 'late end'),
    );
    const seen: ReturnType<typeof shape>[] = [];
    while (seen.at(-1)?.name !== 'late end') seen.push(shape(await events.next()));
    await writing;
    expect(seen).toEqual((await world.logged('CustomerUpdated')).slice(10));
  });
});

describe('a subscriber', () => {
  test("outlives lost database connections, its own and the sequencer's, without a gap", async () => {
    const customerId = newId();
    const head = (await world.sql`select position from log.head`)[0]?.position;
    const events = subscribe(world.client(), query, { customerId, after: writeLogCursor(BigInt(head)) });
    await world.state(customerId, 'before');
    const seen = [shape(await events.next()).name];
    for (let round = 0; round < 3; round += 1) {
      await world.sql`select pg_terminate_backend(pid, 10_000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      const state = async (): Promise<void> => world.state(customerId, `after ${round}`).catch(state);
      await state();
      seen.push(shape(await events.next()).name);
    }
    expect(seen).toEqual(['before', 'after 0', 'after 1', 'after 2']);
  });
});

describe('a cursor', () => {
  test('that retention has passed is refused, and the last one that is kept is not', async () => {
    const early = writeLogCursor(3n);
    const open = subscribe(world.client(), query, { after: early });
    await open.take(2);
    await world.sql`update log.head set oldest = 6`;
    const failure = (await subscribe(world.client(), query, { after: early }).failure()) as { extensions: { code: string; correlationId: string } }[];
    expect(failure[0]?.extensions).toMatchObject({ code: 'CURSOR_EXPIRED', correlationId: expect.any(String) });
    const kept = subscribe(world.client(), query, { after: writeLogCursor(5n) });
    expect((await kept.next()).data.customerUpdated.position).toBe('6');
    await world.sql`update log.head set oldest = 1`;
  });

  test('stands in the extensions of every event, whatever was selected', async () => {
    const [first] = await subscribe(world.client(), 'subscription ($after: Cursor) { customerUpdated(after: $after) { name } }', {
      after: writeLogCursor(4n),
    }).take(1);
    expect(first?.extensions).toEqual({ cursor: writeLogCursor(5n) });
  });
});
