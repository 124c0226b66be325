import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { consumeOnce } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { text } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { type Process, process, type Step, Waiting } from '#kernel/process.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { runOnce, stepAttempts } from '#kernel/run.ts';
import { cancelRun, retryRun, wakeRuns } from '#kernel/runState.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const row = { subject: 'Order', description: 'For the test.', read: 'task:read', fields: { what: text('What.') } } as const;
const facts = catalogue('test', { Ordered: fact(row), Shipped: fact(row) });
const log = createLogger({ level: 'silent' });
const start = new Date('2026-03-02T09:00:00Z');
const minutes = (count: number) => count * 60_000;
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 6 });
let now = start;

beforeAll(async () => {
  await database.sql`create table public.diary (place bigint generated always as identity, entry text not null)`;
});
afterAll(() => open.close());
beforeEach(async () => {
  await database.sql`truncate log.pending, log.fact, log.fact_key, log.delivery, log.consumer, log.process_run, log.process_step, public.diary`;
  await database.sql`update log.head set position = 0`;
  now = start;
});

const wrote = async () => (await database.sql`select entry from public.diary order by place`).map((each) => String(each.entry));
const write = (scope: Scope, entry: string) => scope.tx.execute(sql`insert into public.diary (entry) values (${entry})`);
/** A step that writes its name down, and takes it back the same way. */
type Kept = { what: string };
const step = (name: string, more: Partial<Step<Kept>> = {}): Step<Kept> => ({
  name,
  run: async (scope) => void (await write(scope, name)),
  compensate: async (scope) => void (await write(scope, `not ${name}`)),
  ...more,
});
const story = (...steps: [Step<Kept>, ...Step<Kept>[]]): Process => process({ name: 'story', starts: [facts.Ordered], data: ({ payload }) => payload, steps });

/** States orders, and lets the router turn them into runs. */
async function order(made: Process, count = 1): Promise<void> {
  const scope: Scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now };
  for (let n = 0; n < count; n += 1) await record(scope, facts.Ordered, { subject: { id: newId(), version: 1 }, payload: { what: `order ${n}` } });
  await route(made);
}
async function route(made: Process): Promise<void> {
  while ((await sequenceOnce(open.db)) > 0);
  while (await consumeOnce({ db: open.db, consumer: made.router, clock: () => now, log }));
}
const once = (made: Process, more: { lease?: number } = {}) => runOnce({ db: open.db, processes: [made], clock: () => now, log, ...more });
const drain = async (made: Process) => {
  while (await once(made));
};
const runs = async () => database.sql`select id, state, reason from log.process_run order by id`;
const steps = async () =>
  (await database.sql`select name, state, undoes is not null as back from log.process_step order by run_id, number`).map(
    (each) => `${each.back ? 'undo ' : ''}${each.name} ${each.state}`,
  );

describe('a run', () => {
  test('does its steps one after the other, each with what the former ones gave, and states facts as effects of its first', async () => {
    const made = story(
      step('pack', {
        run: async (scope, run) => {
          await write(scope, `pack ${run.data.what}`);
          return { parcel: 7 };
        },
      }),
      step('ship', {
        run: async (scope, run) => {
          await write(scope, `ship ${JSON.stringify(run.results.pack)}`);
          await record(scope, facts.Shipped, { subject: { id: run.subject.id, version: 2 }, payload: { what: 'parcel' } });
        },
      }),
    );
    await order(made);
    expect(await steps()).toEqual(['pack OPEN']);
    await drain(made);
    expect(await wrote()).toEqual(['pack order 0', 'ship {"parcel":7}']);
    expect(await runs()).toMatchObject([{ state: 'DONE', reason: null }]);
    while ((await sequenceOnce(open.db)) > 0);
    const [first, second] = await database.sql`select id, causation_id, correlation_id from log.fact order by position`;
    expect(second).toMatchObject({ causation_id: first?.id, correlation_id: 'c' });
  });

  test('is started once by a fact, however often the fact comes', async () => {
    const made = story(step('pack'));
    await order(made, 3);
    await database.sql`delete from log.delivery`;
    await database.sql`update log.consumer set position = 0`;
    await route(made);
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'pack', 'pack']);
    expect(await runs()).toHaveLength(3);
  });

  test('is not started by a fact that it does not want', async () => {
    const made = process({
      name: 'story',
      starts: [facts.Ordered, facts.Shipped],
      when: (each) => each.type === 'Shipped',
      data: ({ payload }) => payload,
      steps: [step('pack')],
    });
    await order(made);
    expect(await runs()).toEqual([]);
  });

  test('is worked by many at once, each step once', async () => {
    const made = story(step('pack'), step('ship'), step('bill'));
    await order(made, 30);
    const worker = async () => {
      for (let idle = 0; idle < 3; ) idle = (await once(made)) ? 0 : idle + 1;
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await drain(made);
    const entries = await wrote();
    expect(entries).toHaveLength(90);
    for (const name of ['pack', 'ship', 'bill']) expect(entries.filter((entry) => entry === name)).toHaveLength(30);
    expect((await runs()).every(({ state }) => state === 'DONE')).toBe(true);
  });

  test('waits for the time of its step, also when all workers were away when it came', async () => {
    const made = story(step('pack'), step('remind', { due: (_, at) => new Date(at.getTime() + minutes(60)) }));
    await order(made);
    await drain(made);
    now = new Date(start.getTime() + minutes(59));
    expect(await once(made)).toBe(false);
    now = new Date(start.getTime() + minutes(600));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'remind']);
  });
});

describe('a step that cannot be done', () => {
  test('leaves nothing behind, is tried again, later each time, then waits for a person', async () => {
    let repaired = false;
    const made = story(
      step('pack', {
        run: async (scope) => {
          await write(scope, 'half of pack');
          if (!repaired) throw new Error('no cardboard');
        },
      }),
      step('ship'),
    );
    await order(made);
    expect(await once(made)).toBe(true);
    expect(await wrote()).toEqual([]);
    expect(await once(made)).toBe(false);
    for (let attempt = 1; attempt < stepAttempts; attempt += 1) {
      now = new Date(now.getTime() + minutes(10));
      expect(await once(made)).toBe(true);
    }
    now = new Date(now.getTime() + minutes(1_000));
    expect(await once(made)).toBe(false);
    const [failed] = await runs();
    expect(failed).toMatchObject({ state: 'FAILED', reason: 'no cardboard' });
    repaired = true;
    expect(await open.db.transaction((tx) => retryRun(tx, { id: failed?.id, now }))).toBe(true);
    await drain(made);
    expect(await wrote()).toEqual(['half of pack', 'ship']);
    expect(await open.db.transaction((tx) => retryRun(tx, { id: failed?.id, now }))).toBe(false);
  });

  test('by a "no" has what was done compensated, the last first', async () => {
    const no = async () => {
      throw new Refused('GUARD_REFUSED', 'The customer has left.');
    };
    const made = story(step('pack'), step('weigh', { compensate: undefined as never }), step('ship'), step('bill', { run: no }));
    await order(made);
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'weigh', 'ship', 'not ship', 'not pack']);
    expect(await runs()).toMatchObject([{ state: 'COMPENSATED', reason: 'The customer has left.' }]);
    expect(await steps()).toEqual(['pack DONE', 'weigh DONE', 'ship DONE', 'bill CANCELLED', 'undo ship DONE', 'undo pack DONE']);
  });

  test('by its deadline goes back as well', async () => {
    const made = story(step('pack'), step('sign', { within: minutes(30), run: async () => Promise.reject(new Error('not signed')) }));
    await order(made);
    await drain(made);
    now = new Date(start.getTime() + minutes(31));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'not pack']);
    expect(await runs()).toMatchObject([{ state: 'COMPENSATED', reason: expect.stringMatching(/^sign was not done by 2026-03-02T09:30/) }]);
  });

  test('whose compensation fails is tried again from there, not from the beginning', async () => {
    let stuck = true;
    const made = story(
      step('pack'),
      step('ship', {
        compensate: async (scope) => {
          if (stuck) throw new Error('the van is gone');
          await write(scope, 'not ship');
        },
      }),
      step('bill', { run: () => Promise.reject(new Refused('GUARD_REFUSED', 'no')) }),
    );
    await order(made);
    await drain(made);
    expect(await runs()).toMatchObject([{ state: 'COMPENSATING', reason: 'the van is gone' }]);
    stuck = false;
    now = new Date(now.getTime() + minutes(10));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'ship', 'not ship', 'not pack']);
  });
});

describe('a step that waits for somebody', () => {
  const asked = (answered: () => boolean, late: string | null = null) =>
    story(
      step('pack'),
      step('sign', {
        within: minutes(60),
        run: async (scope, { results }) => {
          await write(scope, `asked, with ${Object.keys(results).join()}`);
          return answered() ? 'signed' : new Waiting(new Date(scope.now.getTime() + minutes(20)), late);
        },
      }),
      step('ship'),
    );

  test('keeps what it did, is asked again when its time comes, and goes on once it has an answer; waiting is no attempt', async () => {
    let answered = false;
    const made = asked(() => answered, 'nobody signs');
    await order(made);
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'asked, with pack']);
    expect(await runs()).toMatchObject([{ state: 'RUNNING', reason: 'nobody signs' }]);
    now = new Date(start.getTime() + minutes(20));
    await drain(made);
    expect(await database.sql`select attempts, reason from log.process_step where name = 'sign'`).toMatchObject([{ attempts: 0, reason: 'nobody signs' }]);
    answered = true;
    now = new Date(start.getTime() + minutes(40));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'asked, with pack', 'asked, with pack', 'asked, with pack', 'ship']);
    expect(await runs()).toMatchObject([{ state: 'DONE', reason: null }]);
  });

  test('is asked at once when somebody answers, and only for the subject and the process that are meant', async () => {
    let answered = false;
    const made = asked(() => answered);
    await order(made);
    await drain(made);
    answered = true;
    const [{ subject_id: id } = {}] = await database.sql`select subject_id from log.process_run`;
    const wake = (process: string, subjectId: string) => open.db.transaction((tx) => wakeRuns({ tx, now }, process, [subjectId]));
    await wake('another story', id);
    await wake('story', newId());
    await drain(made);
    expect(await runs()).toMatchObject([{ state: 'RUNNING' }]);
    await wake('story', id);
    await drain(made);
    expect(await runs()).toMatchObject([{ state: 'DONE' }]);
  });

  test('goes back at its deadline, though it would have waited longer, and what takes the run back learns why', async () => {
    const told: unknown[] = [];
    const made = story(
      step('pack', { compensate: async (_, { ended }) => void told.push(ended) }),
      step('sign', { within: minutes(5), run: async (scope) => new Waiting(new Date(scope.now.getTime() + minutes(500))) }),
    );
    await order(made);
    await drain(made);
    now = new Date(start.getTime() + minutes(6));
    await drain(made);
    expect(await runs()).toMatchObject([{ state: 'COMPENSATED' }]);
    expect(told).toEqual([{ step: 'sign', reason: expect.stringMatching(/^sign was not done by 2026-03-02T09:05/) }]);
  });
});

describe('a person', () => {
  test('cancels a run that waits: what was done is compensated; once', async () => {
    const made = story(step('pack'), step('remind', { due: (_, at) => new Date(at.getTime() + minutes(60)) }));
    await order(made);
    await drain(made);
    const [{ id = '' } = {}] = await runs();
    const cancel = () => open.db.transaction((tx) => cancelRun(tx, { id, reason: 'changed my mind', now }));
    expect(await cancel()).toBe(true);
    expect(await cancel()).toBe(false);
    now = new Date(start.getTime() + minutes(120));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'not pack']);
    expect(await runs()).toMatchObject([{ state: 'COMPENSATED', reason: 'changed my mind' }]);
  });
});

describe('a call to another system', () => {
  test('is made outside of the transaction, and again with the same key when the worker was lost after it', async () => {
    const keys: string[] = [];
    const made = story(
      step('label', {
        call: async (_, key) => keys.push(key),
        run: async (scope, _, answer) => {
          await write(scope, `label ${String(answer)}`);
          if (keys.length === 1) throw new Error('lost after the call');
        },
      }),
    );
    await order(made);
    await drain(made);
    now = new Date(start.getTime() + minutes(10));
    await drain(made);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(await wrote()).toEqual(['label 2']);
  });

  test('that outlives its lease is fenced: the worker that took over has the step, what the slow one did is undone', async () => {
    const [called, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let calls = 0;
    const made = story(
      step('label', {
        call: async () => {
          calls += 1;
          if (calls > 1) return 'fast';
          called.resolve();
          await gate.promise;
          return 'slow';
        },
        run: async (scope, _, answer) => void (await write(scope, String(answer))),
      }),
      step('ship'),
    );
    await order(made);
    const slow = once(made, { lease: 1_000 });
    await called.promise;
    expect(await once(made, { lease: 1_000 })).toBe(false);
    now = new Date(start.getTime() + 1_001);
    await drain(made);
    gate.resolve();
    await slow;
    expect(await wrote()).toEqual(['fast', 'ship']);
    expect(await runs()).toMatchObject([{ state: 'DONE' }]);
  });

  test('that may have reached the other system is compensated too when the run is cancelled', async () => {
    const made = story(step('pack'), step('label', { call: () => Promise.reject(new Error('no answer')) }));
    await order(made);
    await drain(made);
    const [{ id = '' } = {}] = await runs();
    await open.db.transaction((tx) => cancelRun(tx, { id, reason: 'enough', now }));
    await drain(made);
    expect(await wrote()).toEqual(['pack', 'not label', 'not pack']);
  });
});
