import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';
import { rawSocket } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Wish = Parameters<EventWorld['tokenFor']>[0];

/** A subscription on a socket of its own, once it stands. */
async function standing(query: string, wish: Wish) {
  const client = await rawSocket(world);
  await client.init(wish);
  client.send({ type: 'subscribe', id: 'a', payload: { query } });
  await client.until(({ type, payload }) => type === 'ping' && payload?.cursors?.a);
  const renew = async (next: Wish) => {
    client.send({ type: 'ping', payload: { token: await world.tokenFor(next) } });
    await client.until(({ type, payload }) => type === 'pong' && payload?.expiresAt);
  };
  return { ...client, renew, names: () => client.messages.filter(({ type }) => type === 'next').map(({ payload }) => payload.data.customerUpdated.name) };
}

describe('a subscription that waits', () => {
  const query = 'subscription { customerUpdated { name } }';

  test('hears by its new rights what happens after it was renewed, and nothing of before', async () => {
    const [mine, theirs] = [newId(), newId()];
    const client = await standing(query, { role: 'admin', subject: 'kim', customerIds: [mine] });
    const all = subscribe(world.client(), query);
    const first = all.next();
    await all.opened;
    await world.state(theirs, 'not yet');
    expect((await first).data.customerUpdated.name).toBe('not yet');
    await client.renew({ role: 'admin', subject: 'kim', customerIds: [theirs] });
    await world.state(mine, 'no longer');
    await world.state(theirs, 'now');
    await client.until(({ type }) => type === 'next');
    expect(client.names()).toEqual(['now']);
    client.socket.close();
    await all.end();
  });

  test('is taken away with the right to it, although nothing happens', async () => {
    const client = await standing('subscription { businessEvents(types: [JournalPosted, CustomerUpdated]) { type } }', { role: 'finance', subject: 'kim' });
    await client.renew({ role: 'consultant', subject: 'kim' });
    expect(await client.until(({ type }) => type === 'error')).toMatchObject({ id: 'a', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    client.socket.close();
  });
});
