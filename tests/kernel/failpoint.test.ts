import { channel } from 'node:diagnostics_channel';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { type Consumer, consumeOnce } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { failpointsOf, reach } from '#kernel/failpoint.ts';
import { whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { takeTurn } from '#kernel/schedule.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';
import { emptyLog } from '../support/workload.ts';

const facts = catalogue('test', { Passed: fact({ subject: 'Gate', description: 'For the test.', read: 'task:read', fields: { step: whole('Which.') } }) });
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 3 });
afterAll(() => open.close());
beforeEach(() => emptyLog(database.sql));

const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }) };

/** The points that are reached meanwhile, in their order. */
async function reached(work: () => Promise<unknown>): Promise<string[]> {
  const points: string[] = [];
  const hear = (point: unknown) => void points.push(String(point));
  const heard = channel('accord:failpoint');
  heard.subscribe(hear);
  try {
    await work();
  } finally {
    heard.unsubscribe(hear);
  }
  return points;
}

async function state(): Promise<void> {
  const scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: new Date() };
  await record(scope, facts.Passed, [{ subject: { id: newId(), version: 1 }, payload: { step: 1 } }]);
}

const gate = (handle: Consumer['handle'] = async () => undefined): Consumer => ({ name: 'gate', types: ['Passed'], handle });

describe('points between steps', () => {
  test('of the log: what was moved, then that it is committed', async () => {
    await state();
    expect(await reached(() => sequenceOnce(open.db))).toEqual(['sequencer/log/moved', 'sequencer/log/committed']);
    expect(await reached(() => sequenceOnce(open.db))).toEqual([]);
  });

  test('of a consumer: in the order in which it can break, and none where there is nothing to do', async () => {
    await state();
    await sequenceOnce(open.db);
    while ((await database.sql`select 1 from log.consumer where name = 'gate'`).length === 0) await consumeOnce({ ...parts, consumer: gate() });
    await database.sql`update log.consumer set position = 0 where name = 'gate'`;
    await database.sql`delete from log.delivery`;
    const points = await reached(() => consumeOnce({ ...parts, consumer: gate() }));
    expect(points).toEqual(['taken', 'handled', 'moved', 'committed'].map((stage) => `consumer/gate/${stage}`));
    expect(await reached(() => consumeOnce({ ...parts, consumer: gate() }))).toEqual([]);
  });

  test('of a schedule: what was done, then that it is committed', async () => {
    await database.sql`insert into log.schedule (name, next_at) values ('gatekeeper', now()) on conflict (name) do update set next_at = now()`;
    const schedule = { name: 'gatekeeper', every: 60, run: async () => 0 };
    expect(await reached(() => takeTurn({ ...parts, schedules: [schedule] }))).toEqual(['schedule/gatekeeper/done', 'schedule/gatekeeper/committed']);
    expect(await reached(() => takeTurn({ ...parts, schedules: [schedule] }))).toEqual([]);
  });

  test('are nothing to anybody where nobody listens', async () => {
    await state();
    expect(() => reach('sequencer', 'log', 'moved')).not.toThrow();
    expect(await sequenceOnce(open.db)).toBe(1);
  });

  test('each has a name of its own', () => {
    const none = { mutation: [], consumer: [], step: [], compensation: [], schedule: [], sequencer: [] };
    expect(failpointsOf({ ...none, step: ['a/b'], compensation: ['a/b'] })).toEqual([
      ...['claimed', 'called', 'done', 'committed'].map((stage) => `step/a/b/${stage}`),
      ...['claimed', 'done', 'committed'].map((stage) => `compensation/a/b/${stage}`),
    ]);
  });
});
