import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { replayOnce } from '#operations/webhook/router.ts';
import { schedule } from '#operations/webhook/verdict.ts';
import { type Receiver, receiver } from '../support/receiver.ts';
import { type WebhookWorld, webhookWorld } from '../support/webhooks.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  world.time.now = new Date();
});

const made = { filter: { types: ['CustomerCreated'] } };
const names = ({ calls }: Receiver) => calls.map(({ event }) => String(event.data.name));
const replay = (id: string, more: Record<string, unknown>) => world.ok('replayWebhookDeliveries', { id, ...more }, 'webhookEndpoint { id }');
const refused = async (id: string, more: Record<string, unknown>) => (await world.graph.mutate('replayWebhookDeliveries', { id, ...more })).userErrors[0];

/** Where in the log each of these customers was made. */
async function told(wanted: readonly string[]): Promise<string[]> {
  for (const name of wanted) await world.customer(name);
  await world.route();
  const rows = await world.sql`select position, payload ->> 'name' as name from log.fact where type = 'CustomerCreated' order by position`;
  return wanted.map((name) => writeLogCursor(BigInt(String(rows.findLast((row) => row.name === name)?.position))));
}

describe('a replay of a range', () => {
  test('sends exactly the events behind one cursor up to another, in their order, under the ids that they had', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    const [first, second, , fourth] = await told(['One', 'Two', 'Three', 'Four', 'Five']);
    await world.send();
    const ids = new Map(hook.calls.map(({ event, headers }) => [event.data.name, headers['webhook-id']]));
    hook.calls.length = 0;
    await replay(id, { after: first, upTo: fourth });
    await world.route();
    await world.send();
    expect(names(hook).sort()).toEqual(['Four', 'Three', 'Two']);
    for (const { event, headers } of hook.calls) expect(headers['webhook-id']).toBe(ids.get(event.data.name));
    hook.calls.length = 0;
    await replay(id, { after: second, upTo: second });
    await world.route();
    await world.send();
    expect(hook.calls).toEqual([]);
    await replay(id, { after: fourth });
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['Five']);
  });

  test('keeps the order of what happened to one thing', async () => {
    await using hook = await receiver();
    const customerId = await world.customer();
    await world.route();
    const [row] = await world.sql`select position from log.head`;
    const { id } = await world.endpoint(hook.url, { filter: { types: ['CustomerUpdated'] } });
    const wanted = Array.from({ length: 10 }, (_, n) => `Version ${n}`);
    for (const name of wanted) await world.rename(customerId, name);
    await world.route();
    await world.send();
    await replay(id, { after: writeLogCursor(BigInt(String(row?.position))) });
    await world.route();
    await world.send();
    expect(names(hook)).toEqual([...wanted, ...wanted]);
  });

  test('reaches back before the endpoint was made, as far as it may see and asks', async () => {
    await using hook = await receiver();
    const [first] = await told(['History']);
    const { id } = await world.endpoint(hook.url, made);
    const before = BigInt(Buffer.from(String(first), 'base64url').toString('utf8').replace('log:', '')) - 1n;
    await replay(id, { after: writeLogCursor(before) });
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['History']);
  });

  test('is judged by what the endpoint may see now', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    const start = (await told(['Mark']))[0];
    const wanted = await world.customer('Mine');
    await world.customer('Theirs');
    await world.route();
    await world.send();
    hook.calls.length = 0;
    await world.ok('updateWebhookEndpoint', { id, customerIds: [wanted] }, 'webhookEndpoint { customerIds }');
    await replay(id, { after: start });
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['Mine']);
  });

  test('goes on where it was when it is broken off, and sends nothing twice', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    const [first] = await told(['Anchor', 'Broken one', 'Broken two']);
    await world.send();
    hook.calls.length = 0;
    await replay(id, { after: first });
    const cut = {
      ...world.parts,
      clock: () => {
        throw new Error('gone');
      },
    };
    await expect(replayOnce(cut)).rejects.toThrow('gone');
    await world.route();
    await world.send();
    expect(names(hook).sort()).toEqual(['Broken one', 'Broken two']);
  });

  test('waits in the queue of an endpoint that is disabled', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    const [first] = await told(['Start', 'Kept']);
    await world.send();
    hook.calls.length = 0;
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await replay(id, { after: first });
    await world.route();
    await world.send();
    expect(hook.calls).toEqual([]);
    await world.ok('enableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await world.send();
    expect(names(hook)).toEqual(['Kept']);
  });
});

describe('an endpoint that was disabled', () => {
  test('is told of what it missed if that is wanted, exactly', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    await told(['Heard']);
    await world.send();
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await told(['Missed one', 'Missed two']);
    await world.ok('enableWebhookEndpoint', { id, sendMissed: true }, 'webhookEndpoint { status }');
    await told(['Heard again']);
    await world.send();
    expect(names(hook).sort()).toEqual(['Heard', 'Heard again', 'Missed one', 'Missed two']);
  });

  test('is told of nothing that it missed otherwise', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await told(['Not heard']);
    await world.ok('enableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await told(['Heard later']);
    await world.send();
    expect(names(hook)).toEqual(['Heard later']);
  });

  test('loses nothing that lay between its states, whenever the router comes to it', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    await world.customer('Before the router came');
    await world.sequence();
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await world.ok('enableWebhookEndpoint', { id, sendMissed: true }, 'webhookEndpoint { status }');
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['Before the router came']);
  });
});

describe('a replay of what failed', () => {
  test('sends that alone, once more from the beginning of the schedule', async () => {
    await using hook = await receiver(({ event }) => (String(event.data.name).startsWith('Bad') ? 500 : 204));
    const { id } = await world.endpoint(hook.url, made);
    await told(['Bad one', 'Good', 'Bad two']);
    for (const wait of [...schedule.slice(1), 0]) {
      await world.send();
      world.pass(wait);
    }
    expect((await world.ledger(id)).map(({ status }) => status).sort()).toEqual(['DELIVERED', 'FAILED', 'FAILED']);
    hook.say(() => 204);
    hook.calls.length = 0;
    await world.ok('replayWebhookDeliveries', { id, failed: true, idempotencyKey: 'replay-failed' }, 'webhookEndpoint { id }');
    const again = await world.graph.mutate('replayWebhookDeliveries', { id, failed: true, idempotencyKey: 'replay-failed' });
    expect(again.replayed).toBe(true);
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['Bad one', 'Bad two']);
    const ledger = await world.ledger(id);
    expect(ledger.map(({ status, attemptCount }) => [status, attemptCount])).toEqual([
      ['DELIVERED', 1],
      ['DELIVERED', 1],
      ['DELIVERED', 1],
    ]);
    expect(ledger.map(({ attempts }) => attempts.nodes.length).sort()).toEqual([1, 11, 11]);
  });
});

describe('a replay by id', () => {
  test('sends these deliveries once more, and no one else’s', async () => {
    await using hook = await receiver();
    await using other = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    const { id: otherId } = await world.endpoint(other.url, made);
    await told(['Named', 'Unnamed']);
    await world.send();
    const sent = hook.calls.find(({ event }) => event.data.name === 'Named');
    const named = (await world.ledger(id)).find(({ event }) => event.id === sent?.event.id);
    const [foreign] = await world.ledger(otherId);
    hook.calls.length = 0;
    other.calls.length = 0;
    await replay(id, { deliveryIds: [named.id, foreign.id] });
    await world.send();
    expect([names(hook), names(other)]).toEqual([['Named'], []]);
    expect(hook.calls[0]?.headers['webhook-id']).toBe(named.id);
  });
});

describe('a replay', () => {
  test.each([
    [{}, 'after'],
    [{ failed: true, deliveryIds: [] }, 'after'],
    [{ after: writeLogCursor(0n), failed: true }, 'after'],
    [{ failed: true, upTo: writeLogCursor(1n) }, 'upTo'],
    [{ deliveryIds: ['x'] }, 'deliveryIds'],
    [{ deliveryIds: [] }, 'deliveryIds'],
    [{ after: 'nowhere' }, 'after'],
    [{ after: writeLogCursor(0n), upTo: writeLogCursor(10_000_000n) }, 'upTo'],
    [{ after: writeLogCursor(2n), upTo: writeLogCursor(1n) }, 'upTo'],
    [{ deliveryIds: Array.from({ length: 251 }, () => '0190b5a0-0000-7000-8000-00000000000a') }, 'deliveryIds'],
  ])('is refused with %j', async (more, field) => {
    const { id } = await world.endpoint('https://receiver.example/hook', { filter: { types: ['InvoicePaid'] } });
    expect(await refused(id, more)).toMatchObject({ code: 'VALIDATION_FAILED', field });
  });
});
