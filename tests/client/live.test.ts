import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ClientOptions, createClient } from '#client/client.ts';
import type { AccordError } from '#client/errors.ts';
import { serverEvents } from '#client/eventStream.ts';
import type { LiveEvent } from '#client/follow.ts';
import { newId } from '#kernel/ids.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { gatewayDouble } from '../support/gatewayDouble.ts';
import { frailLine } from '../support/roughWay.ts';
import { choices, seeds } from '../support/seeds.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld({ settings: { heartbeat: 100 } });
});
afterAll(() => world[Symbol.asyncDispose]());

const document = 'subscription ($ids: [ID!], $after: Cursor) { customerUpdated(customerIds: $ids, after: $after) { name position cursor } }';
type Updated = { customerUpdated: { name: string; position: string; cursor: string } };
const begin = writeLogCursor(0n);

const ways = [{ live: 'sse' }, { live: 'websocket', webSocketImpl: WebSocket }] as const;

async function frail(options: Partial<ClientOptions> = {}) {
  const line = await frailLine(world.url);
  const lost: AccordError[] = [];
  const client = createClient({ url: line.url, token: () => world.tokenFor(), onRetry: (error) => lost.push(error), ...options });
  return { client, line, lost, [Symbol.asyncDispose]: line[Symbol.asyncDispose] };
}

const nameOf = ({ data }: LiveEvent<Updated>) => data?.customerUpdated.name ?? '';

/** Takes events until one has this name. */
async function until(events: AsyncGenerator<LiveEvent<Updated>>, name: string): Promise<string[]> {
  const names: string[] = [];
  while (names.at(-1) !== name) {
    const next = await events.next();
    if (next.done) throw new Error(`the events ended before ${name}`);
    names.push(nameOf(next.value));
  }
  return names;
}

describe.each(ways)('live events over $live', (way) => {
  test('come in their order, and end when nobody takes them any more', async () => {
    await using made = await frail(way);
    const id = newId();
    await world.state(id, 'one', 'two');
    const events = made.client.subscribe<Updated>(document, { ids: [id] }, { after: begin });
    expect(await until(events, 'two')).toEqual(['one', 'two']);
    await world.state(id, 'three');
    const { value } = await events.next();
    expect(value).toMatchObject({ data: { customerUpdated: { name: 'three' } }, errors: [], cursor: value?.data?.customerUpdated.cursor });
    await events.return();
    expect(await events.next()).toMatchObject({ done: true });
  });

  test.each(seeds())('survive cuts at random: no gap, no repeat, in order (seed %i)', async (seed) => {
    const random = choices(seed);
    await using made = await frail(way);
    const id = newId();
    const events = made.client.subscribe<Updated>(document, { ids: [id] }, { after: begin });
    const names = Array.from({ length: 120 }, (_, n) => `n${n}`);
    let cuts = 0;
    const writing = (async () => {
      for (const name of names) {
        await world.state(id, name);
        if (random.below(6) > 0) continue;
        await expect.poll(() => made.line.connections()).toBeGreaterThan(cuts);
        made.line.cut();
        cuts = made.line.connections();
      }
      await world.state(id, 'end');
    })();
    expect(await until(events, 'end')).toEqual([...names, 'end']);
    await writing;
    expect(made.line.connections()).toBeGreaterThan(cuts);
    expect(made.lost.every(({ code, retryable }) => code === 'NETWORK' && retryable)).toBe(true);
    await events.return();
  });

  test('go on after an outage in which nobody answered, from the place that the last beat told', async () => {
    await using made = await frail(way);
    const id = newId();
    const events = made.client.subscribe<Updated>(document, { ids: [id] });
    const first = events.next();
    // The stream stands once the gateway has beaten; what is stated from then on is in it.
    await expect.poll(() => made.line.connections()).toBeGreaterThan(0);
    const stating = (async () => {
      for (let n = 0; ; n += 1) {
        await world.state(id, `early ${n}`);
        const taken = await Promise.race([first, new Promise<undefined>((turn) => setImmediate(turn, undefined))]);
        if (taken) return n;
      }
    })();
    const begun = nameOf((await first).value as LiveEvent<Updated>);
    const last = await stating;
    const following = until(events, 'in the dark');
    made.line.down();
    await world.state(id, 'in the dark');
    await expect.poll(() => made.lost.length).toBeGreaterThan(1);
    made.line.up();
    const seen = await following;
    const early = Number(begun.split(' ')[1]);
    expect([begun, ...seen]).toEqual([...Array.from({ length: last - early + 1 }, (_, n) => `early ${early + n}`), 'in the dark']);
    await events.return();
  });

  test('that come faster than they are taken wait in bounded memory, and none is lost', async () => {
    await using made = await frail(way);
    const id = newId();
    const names = Array.from({ length: 300 }, (_, n) => `fast ${n}`);
    await world.state(id, ...names);
    const events = made.client.subscribe<Updated>(document, { ids: [id] }, { after: begin, buffer: 20 });
    expect(await until(events, 'fast 299')).toEqual(names);
    if (way.live === 'websocket') expect(made.lost.some(({ code }) => code === 'BUFFER')).toBe(true);
    await events.return();
  });

  test('end with a cursor of nobody, with what the actor may not see, and with the signal', async () => {
    await using made = await frail(way);
    const refused = (given: string, after?: string) => made.client.subscribe(given, {}, { after }).next();
    await expect(refused(document, 'nothing')).rejects.toMatchObject({ code: 'VALIDATION_FAILED', retryable: false });
    await expect(refused('subscription ($after: Cursor) { nothing(after: $after) }')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(refused('subscription { customerUpdated { name } }')).rejects.toMatchObject({ code: 'PROTOCOL' });
    const stop = new AbortController();
    const waiting = made.client.subscribe(document, { ids: [newId()] }, { signal: stop.signal }).next();
    await expect.poll(() => made.line.connections()).toBeGreaterThan(0);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(made.lost).toEqual([]);
  });

  test('take a new token when theirs is refused, and end when the new one is refused too', async () => {
    const id = newId();
    await world.state(id, 'renewed');
    const asked: boolean[] = [];
    const token = async ({ renew }: { renew: boolean }) => {
      asked.push(renew);
      return renew ? world.tokenFor() : 'a.b.c';
    };
    await using made = await frail({ ...way, token });
    const events = made.client.subscribe<Updated>(document, { ids: [id] }, { after: begin });
    expect(await until(events, 'renewed')).toEqual(['renewed']);
    expect(asked).toEqual([false, true]);
    await events.return();
    await using bad = await frail({ ...way, token: () => 'a.b.c' });
    await expect(bad.client.subscribe(document, { ids: [id] }).next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('give up after so much time without a sign of life, when that is asked for', async () => {
    await using made = await frail(way);
    made.line.down();
    const events = made.client.subscribe(document, {}, { patience: 300 });
    await expect(events.next()).rejects.toMatchObject({ code: 'NETWORK', retryable: true });
    expect(made.lost.length).toBeGreaterThan(0);
  });

  test('are typed by their name, and say all that their facts say', async () => {
    await using made = await frail(way);
    const created = await world.customer(`Typed over ${way.live}`);
    await world.state(created.id, 'Renamed');
    const events = made.client.events(
      { types: ['CustomerCreated', 'CustomerUpdated', 'InvoicePosted'], filter: { customerIds: [created.id] } },
      { after: begin },
    );
    const seen: string[] = [];
    for await (const { data } of events) {
      if (data?.__typename === 'CustomerCreated') seen.push(`created ${data.name}`);
      if (data?.__typename === 'CustomerUpdated') {
        expect(data).toMatchObject({ type: 'CustomerUpdated', status: 'ACTIVE', customer: { id: created.id }, subject: { entityId: created.id, version: 1 } });
        seen.push(`renamed ${data.name}`);
        break;
      }
      // @ts-expect-error: an invoice has a number, and what is left has no name
      if (data?.__typename === 'InvoicePosted') seen.push(data.name);
    }
    expect(seen).toEqual([`created Typed over ${way.live}`, 'renamed Renamed']);
  });
});

describe('a cursor that the log no longer covers', () => {
  test.each(ways)('is told as CURSOR_EXPIRED over $live, and nothing is tried again', async (way) => {
    await using own = await eventWorld();
    await own.state(newId(), 'one', 'two', 'three');
    await expect.poll(async () => (await own.logged('CustomerUpdated')).length).toBe(3);
    await own.sql`update log.head set oldest = 3`;
    const lost: AccordError[] = [];
    const client = createClient({ url: own.url, token: () => own.tokenFor(), onRetry: (error) => lost.push(error), ...way });
    const refused = client.subscribe(document, {}, { after: begin }).next();
    await expect(refused).rejects.toMatchObject({ code: 'CURSOR_EXPIRED', retryable: false, correlationId: expect.any(String) });
    expect(lost).toEqual([]);
  });
});

describe('a stream that is not a gateway’s best', () => {
  const next = (name: string, cursor: string) => `event: next\nid: ${cursor}\ndata: ${JSON.stringify({ data: { customerUpdated: { name } } })}\n\n`;
  const stream = (body: string) => ({ headers: { 'content-type': 'text/event-stream' }, body });

  test('may send an event twice: it is told once', async () => {
    const bodies = [next('a', '1') + next('a', '1') + next('b', '2'), `${next('b', '2')}${next('a', '1')}${next('c', '3')}event: complete\ndata:\n\n`];
    await using gateway = await gatewayDouble((_, count) => stream(bodies[count - 1] ?? ''));
    const names: string[] = [];
    for await (const event of createClient({ url: gateway.url, token: 't' }).subscribe<Updated>(document)) names.push(nameOf(event));
    expect(names).toEqual(['a', 'b', 'c']);
    expect(gateway.asked.map(({ headers, variables }) => [headers['last-event-id'], variables.after])).toEqual([
      [undefined, undefined],
      ['2', '2'],
    ]);
  });

  test('whose events have no cursor is not opened again in silence', async () => {
    await using gateway = await gatewayDouble(() => stream(`event: next\ndata: ${JSON.stringify({ data: { customerUpdated: { name: 'a' } } })}\n\n`));
    const events = createClient({ url: gateway.url, token: 't' }).subscribe<Updated>(document);
    expect(nameOf((await events.next()).value as LiveEvent<Updated>)).toBe('a');
    await expect(events.next()).rejects.toMatchObject({ code: 'GAP', retryable: false });
  });

  test('that says nothing is left after a while', async () => {
    await using gateway = await gatewayDouble((_, count) => (count === 1 ? new Promise(() => undefined) : stream(`${next('late', '9')}`)));
    const events = createClient({ url: gateway.url, token: 't' }).subscribe<Updated>(document, {}, { silence: 100 });
    expect(nameOf((await events.next()).value as LiveEvent<Updated>)).toBe('late');
    await events.return();
  });

  test.each([
    ['a busy door', { status: 503, body: 'busy' }, 'NETWORK'],
    ['something that is no stream', { body: { data: { a: 1 } } }, 'PROTOCOL'],
    ['no JSON in an event', stream('event: next\ndata: {\n\n'), 'PROTOCOL'],
  ])('is told as what it is: %s', async (_, answer, code) => {
    await using gateway = await gatewayDouble(() => answer);
    await expect(createClient({ url: gateway.url, token: 't' }).subscribe(document, {}, { patience: 0 }).next()).rejects.toMatchObject({ code });
  });

  test.each(['\n', '\r\n', '\r'])('is read with lines that end in %j, wherever it is torn', async (end) => {
    const text = [':', 'id: 1', '', 'event: next', 'id: 2', 'data: a', 'data:b', '', 'event: complete', 'data', '', ''].join(end);
    for (let size = 1; size < 9; size += 1) {
      const bytes = new TextEncoder().encode(text);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.slice(n * size, (n + 1) * size));
      const found = [];
      for await (const event of serverEvents(new Blob(chunks).stream(), 'here')) found.push(event);
      expect(found).toEqual([
        { name: '', data: '', id: '1' },
        { name: 'next', data: 'a\nb', id: '2' },
        { name: 'complete', data: '', id: undefined },
      ]);
    }
  });
});
