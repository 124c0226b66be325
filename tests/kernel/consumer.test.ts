import { afterAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { type Consumer, consumeOnce, consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { retryParked } from '#kernel/delivery.ts';
import { record } from '#kernel/facts.ts';
import { decimal, id, text } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, document, documents, fact } from '#kernel/published.ts';
import { lockReferences, publish, published, references } from '#kernel/reference.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const about = { subject: 'Thing', description: 'For the test.', read: 'task:read' } as const;
/** The catalogue as it was when the first facts were stated. */
const before = catalogue('test', {
  Weighed: fact({ ...about, fields: { thingId: id('Thing'), kilos: decimal('How heavy.') } }),
  Named: fact({ ...about, fields: { name: text('Its name.') } }),
});
/** The same, one release later. */
const now = catalogue('test', {
  Weighed: fact({
    ...about,
    version: 2,
    fields: { thingId: id('Thing'), weight: decimal('How heavy.'), unit: text('In what.') },
    upcasts: { 1: ({ kilos, ...rest }) => ({ ...rest, weight: kilos, unit: 'kg' }) },
  }),
  Named: fact({ ...about, fields: { name: text('Its name.') } }),
});

const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test' });
const log = createLogger({ level: 'silent' });
const clock = () => new Date('2026-03-02T09:00:00Z');

afterAll(() => open.close());
beforeEach(async () => {
  await database.sql`truncate log.pending, log.fact, log.delivery, log.consumer`;
  await database.sql`update log.head set position = 0`;
});

const scope = (): Scope => ({ tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: clock() });
const subject = () => ({ id: newId(), version: 1 });
const run = async (who: Consumer) => {
  while ((await sequenceOnce(open.db)) > 0);
  while (await consumeOnce({ db: open.db, consumer: who, clock, log }));
};
const deliveries = async () =>
  (await database.sql`select status, reason from log.delivery order by position`).map(({ status, reason }) => ({ status, reason }));

type Seen = FactOf<typeof now.Weighed> | FactOf<typeof now.Named>;
const hearing = (seen: Seen[]) => consumer({ name: 'hearing', facts: [now.Weighed, now.Named], handle: async (_, facts) => void seen.push(...facts) });

describe('a consumer of catalogued facts', () => {
  test('sees old and new facts in the newest shape, in the order of the log', async () => {
    const [old, fresh] = [newId(), newId()];
    await record(scope(), before.Weighed, { subject: subject(), payload: { thingId: old, kilos: '1.5' } });
    await record(scope(), now.Named, { subject: subject(), payload: { name: 'Ada' } });
    await record(scope(), now.Weighed, { subject: subject(), payload: { thingId: fresh, weight: '3', unit: 'lb' } });
    const seen: Seen[] = [];
    await run(hearing(seen));
    expect(seen.map(({ type, version, payload }) => ({ type, version, payload }))).toEqual([
      { type: 'Weighed', version: 2, payload: { thingId: old, weight: '1.5', unit: 'kg' } },
      { type: 'Named', version: 1, payload: { name: 'Ada' } },
      { type: 'Weighed', version: 2, payload: { thingId: fresh, weight: '3', unit: 'lb' } },
    ]);
    expect((await database.sql`select version, payload from log.fact order by position limit 1`)[0]).toEqual({
      version: 1,
      payload: { thingId: old, kilos: '1.5' },
    });
  });

  test('has a type per fact: the payload follows from the name', () => {
    consumer({
      name: 'typed',
      facts: [now.Weighed, now.Named],
      handle: async (_, facts) => {
        for (const each of facts) {
          expectTypeOf(each.type).toEqualTypeOf<'Weighed' | 'Named'>();
          if (each.type === 'Named') expectTypeOf(each.payload).toEqualTypeOf<{ name: string }>();
          else expectTypeOf(each.payload).toEqualTypeOf<{ thingId: string; weight: string; unit: string }>();
        }
      },
    });
  });

  test('hears nothing of other facts', () => {
    expect(consumer({ name: 'some', facts: [now.Named], batch: 7, handle: async () => {} })).toMatchObject({ name: 'some', types: ['Named'], batch: 7 });
  });

  test('parks what does not fit at its first try, and says which fact and which fields; the others go on', async () => {
    await record(scope(), now.Named, [
      { subject: subject(), payload: { name: 'Ada' } },
      { subject: subject(), payload: { name: 'Bob' } },
    ]);
    await database.sql`update log.pending set payload = '{"name": 7}' where payload->>'name' = 'Ada'`;
    const seen: Seen[] = [];
    await run(hearing(seen));
    expect(seen.map(({ payload }) => payload)).toEqual([{ name: 'Bob' }]);
    const [wrong] = await database.sql`select id from log.fact order by position limit 1`;
    const reason = `The fact Named ${wrong?.id}, stated at version 1, does not fit what this program reads: name: Invalid input: expected string, received number`;
    expect(await deliveries()).toEqual([
      { status: 'PARKED', reason },
      { status: 'DELIVERED', reason: null },
    ]);
    expect(await database.sql`select attempts from log.delivery`).toEqual([{ attempts: 1 }, { attempts: 1 }]);
  });

  test.each([
    { what: 'no object', payload: null, reason: /version 1, does not fit what this program reads: it cannot be lifted to version 2: / },
    {
      what: 'much at once',
      payload: { thingId: 'x', kilos: 5 },
      reason: /reads: thingId: must be an id; weight: Invalid input: expected string, received number$/,
    },
  ])('parks an old fact that no upcast can save: $what', async ({ payload, reason }) => {
    await record(scope(), before.Weighed, { subject: subject(), payload: { thingId: newId(), kilos: '1.5' } });
    await database.sql`update log.pending set payload = ${JSON.stringify(payload)}::text::jsonb`;
    await run(hearing([]));
    expect(await deliveries()).toEqual([{ status: 'PARKED', reason: expect.stringMatching(reason) }]);
  });

  test('hears a parked fact, and what waits behind it, when an operator retries it with a program that reads it', async () => {
    const same = subject();
    for (const name of ['Ada', 'Bob']) await record(scope(), now.Named, { subject: same, payload: { name } });
    await database.sql`update log.pending set payload = '{"name": 7}' where payload->>'name' = 'Ada'`;
    const seen: unknown[] = [];
    await run(hearing(seen as Seen[]));
    expect((await deliveries()).map(({ status }) => status)).toEqual(['PARKED', 'PENDING']);
    const lenient = catalogue('test', {
      Named: fact({ ...about, version: 2, fields: { name: text('Its name.') }, upcasts: { 1: ({ name }) => ({ name: String(name) }) } }),
    });
    const repaired = consumer({ name: 'hearing', facts: [lenient.Named], handle: async (_, facts) => void seen.push(...facts) });
    await run(repaired);
    expect(seen).toEqual([]);
    const [parked] = await database.sql`select fact_id from log.delivery where status = 'PARKED'`;
    await retryParked(open.db, { consumer: 'hearing', factId: parked?.fact_id, now: clock() });
    await run(repaired);
    expect(seen).toMatchObject([{ payload: { name: '7' } }, { payload: { name: 'Bob' } }]);
    expect(await deliveries()).toEqual([
      { status: 'DELIVERED', reason: null },
      { status: 'DELIVERED', reason: null },
    ]);
  });

  test('tries again what fails for reasons that may pass', async () => {
    await record(scope(), now.Named, { subject: subject(), payload: { name: 'Ada' } });
    const failing = consumer({
      name: 'failing',
      facts: [now.Named],
      handle: async () => {
        throw new Error('not yet');
      },
    });
    await run(failing);
    expect(await deliveries()).toEqual([{ status: 'FAILED', reason: 'not yet' }]);
  });

  test('tries a fact again that is newer than the program: a deploy may be under way', async () => {
    await record(scope(), now.Weighed, { subject: subject(), payload: { thingId: newId(), weight: '3', unit: 'lb' } });
    await run(consumer({ name: 'late', facts: [before.Weighed], handle: async () => {} }));
    expect(await deliveries()).toEqual([{ status: 'FAILED', reason: 'Weighed is stated at version 2; this program knows it up to 1' }]);
  });
});

describe('who states or publishes', () => {
  const things = documents('test', { Thing: document('A thing.', { name: text('Its name.') }) });

  test('states nothing that is not declared', async () => {
    const payload = { name: 'Ada', shoeSize: 40 };
    await expect(record(scope(), now.Named, { subject: subject(), payload })).rejects.toThrow(/Named does not fit its schema: .*shoeSize/);
    expect(await database.sql`select from log.pending`).toHaveLength(0);
  });

  test('publishes nothing that is not declared, and readers get what was', async () => {
    const [ada, bob] = [newId(), newId()];
    await publish(scope(), [
      published(things.Thing, { id: ada, version: 2, data: { name: 'Ada' } }),
      published(things.Thing, { id: bob, version: 1, data: { name: 'Bob' } }),
    ]);
    await publish(scope(), [published(things.Thing, { id: ada, version: 1, data: { name: 'Late' } })]);
    const wrong = { name: 'Eve', shoeSize: 40 };
    expect(() => published(things.Thing, { id: bob, version: 2, data: wrong })).toThrow(/Thing does not fit its schema: .*shoeSize/);
    const found = await references(open.db, things.Thing, [ada, bob, bob, newId()]);
    expectTypeOf(found).toEqualTypeOf<Map<string, { name: string }>>();
    expect(found).toEqual(
      new Map([
        [ada, { name: 'Ada' }],
        [bob, { name: 'Bob' }],
      ]),
    );
    expect(await lockReferences(scope(), things.Thing, [bob])).toEqual(new Map([[bob, { name: 'Bob' }]]));
    expect(await references(open.db, things.Thing, [])).toEqual(new Map());
  });
});
