import { afterAll, beforeAll, expect, test } from 'vitest';
import { logBounds } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { retain } from '#kernel/retention.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
  // Small partitions for the facts of this test; the sequencer's own come after them.
  await world.sql`select log.open_partitions('fact', 999, 100)`;
});
afterAll(() => world[Symbol.asyncDispose]());

const query = 'subscription ($after: Cursor) { customerUpdated(after: $after) { position cursor name } }';
const names = (count: number, from: number) => Array.from({ length: count }, (_, index) => `n${from + index}`);
/** What the worker does once the facts are a year older, and the time for those who had begun to read is over. */
async function forget(): Promise<void> {
  const log = createLogger({ level: 'silent' });
  for (const days of [500, 501]) {
    const turn = () =>
      world.db.transaction((tx) => retain(tx, { retention: { age: 86_400_000, grace: 60_000 }, now: new Date(Date.now() + days * 86_400_000), log }));
    while ((await turn()) > 0);
  }
}

test('an open subscription goes on over what is forgotten; a late cursor is told, and finds its way back', async () => {
  const customerId = newId();
  const live = subscribe(world.client(), query, { after: Buffer.from('log:0').toString('base64url') });
  await world.state(customerId, ...names(450, 0));
  const first = await live.take(450);
  const early = first[10]?.extensions?.cursor;
  await forget();
  const { head, tail } = await logBounds(world.db);
  expect([head, tail]).toEqual([450n, 400n]);
  expect((await world.sql`select count(*)::int as n from log.fact`)[0]?.n).toBe(51);
  const late = (await subscribe(world.client(), query, { after: early }).failure()) as { extensions?: { code: string } }[];
  expect(late[0]?.extensions?.code).toBe('CURSOR_EXPIRED');
  await world.state(customerId, ...names(5, 450));
  expect((await live.take(5)).map(({ data }) => data.customerUpdated.name)).toEqual(names(5, 450));
  const kept = subscribe(world.client(), query, { after: Buffer.from('log:420').toString('base64url') });
  expect((await kept.take(35)).map(({ data }) => Number(data.customerUpdated.position))).toEqual(Array.from({ length: 35 }, (_, index) => 421 + index));
  await Promise.all([live.end(), kept.end()]);
});
