import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { changeBounds, noteChanges, readChanges } from '#kernel/change.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb, type Tx } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce, startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 10 });
const now = new Date('2026-03-02T09:00:00Z');

afterAll(() => open.close());
beforeEach(async () => {
  await database.sql`truncate log.change_pending, log.change`;
  await database.sql`update log.head set change_position = 0, change_oldest = 1`;
});

const scopeOn = (tx: Tx): Scope => ({ tx, actor: serviceActor('test'), trace: { correlationId: 'c' }, now });
const note = (entity: string, ...rows: { id: string; version: number }[]) => open.db.transaction((tx) => noteChanges(scopeOn(tx), [{ entity, rows }]));
const move = async () => {
  while ((await sequenceOnce(open.db)) > 0);
};
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: newId(), version: index + 1 }));

/** All changes, page by page, as a delta reader takes them. */
async function follow(limit: number, entities?: readonly string[]) {
  const seen = [];
  for (let after = 0n; ; ) {
    const page = await readChanges(open.db, { after, limit, entities });
    seen.push(...page.changes);
    if (page.to === page.head) return seen;
    after = page.to;
  }
}

describe('change notes', () => {
  test('are one row per write until they are moved, then one per row with contiguous positions', async () => {
    const rows = rowsOf(700);
    await note('Project', ...rows);
    await note('Project');
    expect(await database.sql`select entity, cardinality(ids)::int as n from log.change_pending`).toEqual([{ entity: 'Project', n: 700 }]);
    await move();
    const { changes, to, head } = await readChanges(open.db, { after: 0n, limit: 5000 });
    expect(changes).toEqual(rows.map((row, index) => ({ ...row, entity: 'Project', position: BigInt(index + 1), at: now })));
    expect([to, head, await changeBounds(open.db)]).toEqual([700n, 700n, { head: 700n, tail: 1n }]);
    expect(await database.sql`select 1 from log.change_pending`).toEqual([]);
  });

  test('vanish with the transaction that made them', async () => {
    const broken = open.db.transaction(async (tx) => {
      await noteChanges(scopeOn(tx), [{ entity: 'Project', rows: rowsOf(3) }]);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    await move();
    expect((await changeBounds(open.db)).head).toBe(0n);
  });

  test('of many writers come each once, those of one row in the order of its versions', async () => {
    const { id } = rowsOf(1)[0] ?? { id: '' };
    const writer = async (entity: string) => {
      for (let round = 0; round < 15; round += 1) await note(entity, ...rowsOf(round % 4));
    };
    const sequencer = startSequencer({ db: open.db, log: createLogger({ level: 'silent' }) });
    const versions = async () => {
      for (let version = 1; version <= 30; version += 1) await note('Task', { id, version });
    };
    await Promise.all([...['A', 'B', 'C', 'D'].map(writer), versions()]);
    await expect.poll(async () => (await changeBounds(open.db)).head).toBe(114n);
    await sequencer.stop();
    const seen = await follow(7);
    expect(seen.map((each) => each.position)).toEqual(Array.from({ length: 4 * 21 + 30 }, (_, index) => BigInt(index + 1)));
    expect(seen.filter((each) => each.id === id).map((each) => each.version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  test('of some entities are found by pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('A', 'B', 'C'), { maxLength: 30 }), fc.integer({ min: 1, max: 10 }), async (entities, limit) => {
        await database.sql`truncate log.change`;
        await database.sql`update log.head set change_position = 0`;
        for (const entity of entities) await note(entity, ...rowsOf(1));
        await move();
        expect((await follow(limit, ['A', 'C'])).map((each) => each.entity)).toEqual(entities.filter((entity) => entity !== 'B'));
      }),
      { numRuns: 15 },
    );
  });

  test('of one large write move together, however small the batch, and a partition opens for them', async () => {
    await note('Actual', ...rowsOf(6_000));
    await note('Actual', ...rowsOf(10));
    expect(await sequenceOnce(open.db, 2_000)).toBe(6_000);
    expect(await sequenceOnce(open.db, 2_000)).toBe(10);
    expect((await follow(5000)).length).toBe(6_010);
  });

  test('that are kept no more are said to be gone', async () => {
    await note('Project', ...rowsOf(9));
    await move();
    await database.sql`update log.head set change_oldest = 6`;
    await expect(readChanges(open.db, { after: 3n, limit: 10 })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    await expect(readChanges(open.db, { after: 10n, limit: 10 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await readChanges(open.db, { after: 5n, limit: 10 })).changes).toHaveLength(4);
  });
});
