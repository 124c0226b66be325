import { expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { eventWorld } from '../support/eventWorld.ts';
import { rawSocket } from '../support/rawSocket.ts';

/** More clients than a beat has turns, and not a multiple of them. */
const count = 45;

test('a beat reaches every client, those too who come and those who stay while others go', async () => {
  await using world = await eventWorld({ settings: { heartbeat: 60 } });
  const open = async () => {
    const client = await rawSocket(world);
    await client.init();
    client.send({ type: 'subscribe', id: 'a', payload: { query: `subscription { customerUpdated(customerIds: ["${newId()}"]) { name } }` } });
    const beats = () => client.messages.filter(({ type, payload }) => type === 'ping' && payload?.cursors?.a).length;
    await client.until(() => beats() > 0);
    return { ...client, beats };
  };
  const clients = await Promise.all(Array.from({ length: count }, open));
  await Promise.all(clients.map((client) => client.until(() => client.beats() > 3)));
  for (const { socket } of clients.splice(0, 20)) socket.close();
  clients.push(await open());
  const before = clients.map((client) => client.beats());
  await Promise.all(clients.map((client, n) => client.until(() => client.beats() > (before[n] ?? 0) + 2)));
  expect(world.subscriptions.count().sockets).toBeGreaterThanOrEqual(clients.length);
});
