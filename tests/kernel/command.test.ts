import { sql } from 'drizzle-orm';
import { check, integer, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { entityColumns, externalRefTable } from '#kernel/columns.ts';
import { type Command, execute, executeAll, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { absorbRows, openDraft } from '#kernel/draft.ts';
import { entity } from '#kernel/entity.ts';
import { Refused } from '#kernel/errors.ts';
import { text as words } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { begin, inSql, type Machine, step } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { markRows, setCondition, stepSet } from '#kernel/setStep.ts';
import { write } from '#kernel/write.ts';
import { testDatabase } from '../support/database.ts';

const probe = pgSchema('probe');
const boxes = probe.table(
  'box',
  { ...entityColumns(), name: text('name').notNull(), status: text('status').$type<Status>().notNull(), limit: integer('max_items') },
  (table) => [uniqueIndex('box_name').on(table.name), check('box_limit', sql`max_items >= 0`)],
);
const items = probe.table('item', {
  ...entityColumns(),
  boxId: uuid('box_id').notNull(),
  tags: text('tags').array().notNull(),
  weight: integer('weight').notNull(),
});
const refs = externalRefTable(probe);

type Status = 'OPEN' | 'FULL' | 'SHUT' | 'GONE';
type Subject = { status: string; limit: number | null };

const roomy = inSql(
  function roomy({ limit }: Subject) {
    return limit === null || limit > 1 ? undefined : 'The box is small.';
  },
  (column) => sql`coalesce(${column('max_items')}, 2) > 1`,
);

const machine = {
  entity: 'Box',
  states: ['OPEN', 'FULL', 'SHUT', 'GONE'],
  initial: ['OPEN', 'SHUT'],
  follows: (parts) => (parts.length > 1 ? 'FULL' : 'OPEN'),
  actions: {
    shut: { from: ['OPEN', 'FULL'], to: 'SHUT', may: 'task:write', emits: 'BoxShut', by: 'shutBox' },
    reopen: { from: ['SHUT'], to: ['OPEN', 'FULL'], lead: ({ limit }) => (limit === 0 ? 'FULL' : 'OPEN'), may: 'task:write', by: 'reopenBox' },
    rename: { from: ['OPEN', 'FULL'], to: ['OPEN', 'FULL'], may: 'task:write', by: 'renameBox' },
    burn: { from: ['SHUT', 'OPEN'], to: 'GONE', may: 'milestone:accept', guards: [roomy], by: 'burnBox' },
  },
} as const satisfies Machine<Status, Subject, 'BoxShut'>;

const boxFact = { subject: 'Box', read: 'task:read', fields: { name: words('Its name.') } } as const;
const facts = catalogue('probe', {
  BoxShut: fact({ ...boxFact, description: 'A box was shut.' }),
  BoxBurnt: fact({ ...boxFact, description: 'A box was burnt.' }),
});
const box = entity('Box', boxes);
const item = entity('Item', items);
type BoxRow = typeof boxes.$inferSelect;

const database = await testDatabase();
const statements: string[] = [];
const open = openDb({ url: database.url, name: 'test', onStatement: (each) => statements.push(each) });
const now = new Date('2026-03-02T09:00:00.000Z');

beforeAll(async () => {
  await database.sql.unsafe(`create schema probe;
    create table probe.box (id uuid primary key, version integer not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
      name text not null unique, status text not null, max_items integer constraint box_limit check (max_items >= 0));
    create table probe.item (id uuid primary key, version integer not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
      box_id uuid not null references probe.box, tags text[] not null, weight integer not null);
    create table probe.external_ref (system text, entity_type text, external_id text, entity_id uuid, external_version text, synced_at timestamptz(3), primary key (system, entity_type, external_id));`);
  return () => open.close();
});

function inScope<Answer>(run: (scope: Scope) => Promise<Answer>, permissions: readonly string[] = ['*']): Promise<Answer> {
  return open.db.transaction((tx) => run({ tx, actor: { ...serviceActor('test'), permissions }, trace: { correlationId: 'test' }, now }));
}

type Make = { name: string; limit?: number; tags?: string[]; ref?: string };
const makeBoxes: Command<Make, { names: Set<string> }> = {
  may: 'task:write',
  entities: [box, item],
  load: async () => ({ names: new Set() }),
  decide: ({ names }, { name, limit, tags, ref }, context) => {
    if (names.has(name)) throw new Refused('VALIDATION_FAILED', `${name} stands twice`);
    const draft = openDraft(context);
    const made = draft.insert(box, { name, limit: limit ?? null }, begin(machine, 'OPEN'));
    for (const tag of tags ?? []) draft.insert(item, { boxId: made.id, tags: [tag, 'both'], weight: tag.length });
    draft.link({ refs, entity: box, id: made.id }, ref ? [{ system: 's', externalId: ref }] : []);
    return draft.done(made.id);
  },
  absorb: ({ names }, _, { name }) => void names.add(name),
};

type Shut = { id: string; forget?: boolean; limit?: number };
const shutBoxes: Command<Shut, { rows: Map<string, BoxRow> }> = {
  entities: [box],
  load: async (scope, given) => ({
    rows: await lockRows(
      scope,
      boxes,
      given.map((each) => each.id),
    ),
  }),
  decide: ({ rows }, { id, forget, limit }, context) => {
    const before = rows.get(id);
    if (!before) throw notFound('Box', id);
    const draft = openDraft(context);
    const row = draft.update(box, before, { changes: { limit }, by: step(machine, { subject: before, action: 'shut', actor: context.actor }) });
    if (!forget) draft.state(facts.BoxShut, { subject: row, payload: { name: row.name } });
    return draft.done(id);
  },
  absorb: ({ rows }, decision) => absorbRows(rows, decision, box),
  about: ({ rows }, { id }) => rows.get(id)?.id,
};

const make = (given: readonly Make[]) => inScope((scope) => execute(scope, makeBoxes, given));
const ids = (outcomes: readonly Outcome[]) => outcomes.map((each) => ('refused' in each ? each.refused.code : each.id));
const stored = async (id: string) => (await database.sql`select * from probe.box where id = ${id}`)[0];
let count = 0;
const fresh = () => {
  count += 1;
  return `box ${count}`;
};

describe('a command', () => {
  test('writes rows, arrays, parents before children, and links, for every item', async () => {
    const [first, second] = ids(
      await make([
        { name: fresh(), tags: ['a', 'bcd'], ref: 'r1' },
        { name: fresh(), limit: 3 },
      ]),
    );
    expect(await stored(first ?? '')).toMatchObject({ status: 'OPEN', version: 1, max_items: null, created_at: now });
    expect(await stored(second ?? '')).toMatchObject({ status: 'OPEN', max_items: 3 });
    expect(
      (await database.sql`select tags, weight from probe.item where box_id = ${first ?? ''} order by weight`).map((row) => [...row.tags, row.weight]),
    ).toEqual([
      ['a', 'both', 1],
      ['bcd', 'both', 3],
    ]);
    expect(await database.sql`select entity_id from probe.external_ref where external_id = 'r1'`).toEqual([{ entity_id: first }]);
  });

  test('takes as many statements for five hundred items as for five', async () => {
    const run = async (size: number) => {
      const before = statements.length;
      await make(Array.from({ length: size }, () => ({ name: fresh(), tags: ['t'] })));
      return statements.length - before;
    };
    expect(await run(500)).toBe(await run(5));
  });

  test('leaves refused items out and keeps their places', async () => {
    const twice = fresh();
    const outcomes = ids(await make([{ name: twice }, { name: twice }, { name: fresh() }]));
    expect(outcomes.map((each) => each === 'VALIDATION_FAILED')).toEqual([false, true, false]);
  });

  test('lets the database refuse one item alone', async () => {
    const taken = fresh();
    await make([{ name: taken }]);
    const outcomes = ids(await make([{ name: fresh() }, { name: taken }, { name: fresh(), limit: -1 }, { name: fresh() }]));
    expect(outcomes.map((each) => each === 'VALIDATION_FAILED')).toEqual([false, true, true, false]);
    for (const id of outcomes.filter((each) => each !== 'VALIDATION_FAILED')) expect(await stored(id)).toBeDefined();
  });

  test('gives a taken external reference to the one item that wanted it', async () => {
    const outcomes = ids(
      await make([
        { name: fresh(), ref: 'same' },
        { name: fresh(), ref: 'same' },
      ]),
    );
    expect(outcomes.map((each) => each === 'DUPLICATE_EXTERNAL_REF')).toEqual([false, true]);
  });

  test('lets one item of a call be about one thing, also where the database refuses another', async () => {
    const named: Command<Make, { names: Set<string> }> = { ...makeBoxes, once: ({ ref }) => (ref ? { field: 'ref', key: ref } : undefined) };
    const given = (limit: number) => [
      { name: fresh(), ref: `once ${limit}` },
      { name: fresh(), ref: `once ${limit}` },
      { name: fresh(), limit },
    ];
    for (const [limit, last] of [
      [1, false],
      [-1, true],
    ] as const) {
      const outcomes = await inScope((scope) => execute(scope, named, given(limit)));
      expect(outcomes.map((each) => 'refused' in each)).toEqual([false, true, last]);
      expect(outcomes[1]).toMatchObject({ refused: { message: `once ${limit} stands in more than one item of this call.`, field: 'ref' } });
    }
  });

  test('decides in an order of its own and answers in that of the items', async () => {
    const decided: string[] = [];
    const backwards: Command<Make, { names: Set<string> }> = {
      ...makeBoxes,
      order: (_, items) => [...items.keys()].reverse(),
      absorb: (_, __, { name }) => void decided.push(name),
    };
    const given = [{ name: fresh() }, { name: fresh() }, { name: fresh(), limit: -1 }];
    for (const items of [given.slice(0, 2), given.slice(1).map((item) => ({ ...item, name: fresh() }))]) {
      const outcomes = await inScope((scope) => execute(scope, backwards, items));
      expect(decided.splice(0).slice(0, 2)).toEqual(items.map(({ name }) => name).reverse());
      for (const [place, outcome] of outcomes.entries()) if (!('refused' in outcome)) expect((await stored(outcome.id))?.name).toBe(items[place]?.name);
    }
  });

  test('states facts in the order of the decisions, in one statement', async () => {
    const given = ids(await make([{ name: fresh() }, { name: fresh() }]));
    const before = statements.length;
    await inScope(async (scope) => {
      const draft = openDraft({ actor: scope.actor, now: scope.now, newId: () => newId() });
      for (const id of given) {
        for (const fact of [facts.BoxShut, facts.BoxBurnt]) draft.state(fact, { subject: { id, version: 1 }, payload: { name: 'x' } });
      }
      await write(scope, [box], draft.done('').effects);
    });
    const stated = await database.sql`select type, subject_id from log.pending where subject_id = any(${given}) order by sequence`;
    expect(stated.map((row) => [row.type, row.subject_id])).toEqual(given.flatMap((id) => ['BoxShut', 'BoxBurnt'].map((type) => [type, id])));
    expect(statements.slice(before).filter((text) => text.includes('log.pending'))).toHaveLength(1);
  });

  test('refuses the whole call without its permission', async () => {
    await expect(inScope((scope) => execute(scope, makeBoxes, [{ name: fresh() }]), ['task:read'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('shows the entity of a refused item, where there is one', async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    const outcomes = await inScope((scope) => execute(scope, shutBoxes, [{ id }, { id }, { id: newId() }]));
    expect(outcomes.map((each) => each.id)).toEqual([id, id, undefined]);
  });

  test('shows it as well where the database sends the call over item by item', async () => {
    const [shut = '', broken = '', open = ''] = ids(await make([{ name: fresh() }, { name: fresh() }, { name: fresh() }]));
    await inScope((scope) => executeOne(scope, shutBoxes, { id: shut }));
    const run = (given: readonly Shut[]) => inScope((scope) => execute(scope, shutBoxes, given));
    const outcomes = await run([{ id: shut }, { id: broken, limit: -1 }, { id: newId() }, { id: open }]);
    expect(ids(outcomes)).toEqual(['INVALID_TRANSITION', 'VALIDATION_FAILED', 'NOT_FOUND', open]);
    expect(outcomes.map((each) => each.id)).toEqual([shut, broken, undefined, open]);
    expect(await run([{ id: broken, limit: -1 }])).toMatchObject([{ id: broken, refused: { code: 'VALIDATION_FAILED' } }]);
  });

  test('of a process goes through as a whole or not at all', async () => {
    const given = ids(await make([{ name: fresh() }, { name: fresh() }]));
    await expect(inScope((scope) => executeAll(scope, shutBoxes, [{ id: given[0] ?? '' }, { id: newId() }]))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stored(given[0] ?? ''))?.status).toBe('OPEN');
    expect(
      await inScope((scope) =>
        executeAll(
          scope,
          shutBoxes,
          given.map((id) => ({ id })),
        ),
      ),
    ).toEqual(given.map((id) => ({ id })));
    expect(await inScope((scope) => executeAll(scope, shutBoxes, []))).toEqual([]);
  });

  test('throws the refusal of a single item', async () => {
    await expect(inScope((scope) => executeOne(scope, shutBoxes, { id: newId() }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a transition', () => {
  test('sets the status, moves the version on and states its fact', async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    await inScope((scope) => executeOne(scope, shutBoxes, { id }));
    expect(await stored(id)).toMatchObject({ status: 'SHUT', version: 2 });
    expect(await database.sql`select type, subject_version from log.pending where subject_id = ${id}`).toEqual([{ type: 'BoxShut', subject_version: 2 }]);
  });

  test('is seen by the next item of the call', async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    expect(ids(await inScope((scope) => execute(scope, shutBoxes, [{ id }, { id }])))).toEqual([id, 'INVALID_TRANSITION']);
  });

  test('that states nothing of what the machine says is a bug, and writes nothing', async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    await expect(inScope((scope) => executeOne(scope, shutBoxes, { id, forget: true }))).rejects.toThrow('shut on Box states BoxShut, and the command did not');
    expect(await stored(id)).toMatchObject({ status: 'OPEN', version: 1 });
  });
});

describe('the writer', () => {
  const draftOf = (scope: Scope) => openDraft({ actor: scope.actor, now: scope.now, newId: () => newId() });
  const one = async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    const row = await inScope(async (scope) => (await lockRows(scope, boxes, [id])).get(id));
    if (!row) throw new Error('no box');
    return row;
  };

  test('writes several versions of a row as its last', async () => {
    const row = await one();
    await inScope(async (scope) => {
      const draft = draftOf(scope);
      const second = draft.update(box, row, { changes: { limit: 7 } });
      draft.update(box, second, { changes: { limit: 8 } });
      await write(scope, [box], draft.done(row.id).effects);
    });
    expect(await stored(row.id)).toMatchObject({ max_items: 8, version: 3 });
  });

  test('passes over changes that change nothing', async () => {
    const row = await one();
    await inScope(async (scope) => {
      const draft = draftOf(scope);
      expect(draft.update(box, row, { changes: { limit: null, name: undefined } })).toBe(row);
      await write(scope, [box], draft.done(row.id).effects);
    });
    expect(await stored(row.id)).toMatchObject({ version: 1 });
  });

  test('refuses to write over a version that it has not seen', async () => {
    const row = await one();
    await inScope(async (scope) =>
      write(scope, [box], [{ does: 'update', entity: box, before: { ...row, version: 4 }, row: { ...row, version: 5 }, by: undefined }]),
    ).then(
      () => expect.unreachable(),
      (error) => expect(error).toMatchObject({ code: 'STALE_VERSION' }),
    );
  });

  test('removes children before parents, and forgets other writes of what it removes', async () => {
    const row = await one();
    await inScope(async (scope) => {
      const draft = draftOf(scope);
      const child = draft.insert(item, { boxId: row.id, tags: [], weight: 1 });
      await write(scope, [box, item], draft.done(row.id).effects);
      const second = draftOf(scope);
      second.update(box, row, { changes: { limit: 1 } });
      second.remove(box, row);
      second.remove(item, child);
      await write(scope, [box, item], second.done(row.id).effects);
    });
    expect(await stored(row.id)).toBeUndefined();
  });

  test('writes no entity that the command did not name', async () => {
    const row = await one();
    await expect(
      inScope(async (scope) => {
        const draft = draftOf(scope);
        draft.insert(item, { boxId: row.id, tags: [], weight: 1 });
        await write(scope, [box], draft.done(row.id).effects);
      }),
    ).rejects.toThrow('Item is written by a command that does not name it');
  });
});

describe('a step of a set', () => {
  test('moves those that the machine lets go, and gives them as they are now', async () => {
    const made = ids(await make([{ name: fresh(), limit: 5 }, { name: fresh(), limit: 1 }, { name: fresh() }]));
    const burnt = await inScope((scope) =>
      stepSet(scope, box, { machine, action: 'burn', where: sql`own.id = any(${sql.param(made)}::uuid[])`, set: { max_items: sql`9` } }),
    );
    expect(burnt.map((row) => [row.id, row.status, row.version, row.limit])).toEqual([made[0], made[2]].sort().map((id) => [id, 'GONE', 2, 9]));
    expect((await stored(made[1] ?? ''))?.status).toBe('OPEN');
  });

  test('needs the permission, one target, and a guard in SQL', async () => {
    await expect(inScope((scope) => stepSet(scope, box, { machine, action: 'burn', where: sql`true` }), ['task:write'])).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(inScope((scope) => stepSet(scope, box, { machine, action: 'reopen', where: sql`true` }))).rejects.toThrow('several states');
    const silent = { ...machine, actions: { burn: { ...machine.actions.burn, guards: [() => undefined] } } };
    expect(() => setCondition(silent, 'burn')).toThrow('no form in SQL');
  });

  test('judges as the guards do in memory', async () => {
    const made = await make([undefined, 0, 1, 2, 3].map((limit) => ({ name: fresh(), ...(limit === undefined ? {} : { limit }) })));
    const rows = await inScope((scope) => lockRows(scope, boxes, ids(made)));
    const free = await open.db.execute(
      sql`select own.id from probe.box as own where own.id = any(${sql.param(ids(made))}::uuid[]) and ${setCondition(machine, 'burn')}`,
    );
    const judged = [...rows.values()].filter((row) => machine.actions.burn.guards.every((guard) => !guard(row, serviceActor('test'))));
    expect(free.map((row) => row.id).sort()).toEqual(judged.map((row) => row.id).sort());
  });

  test('marks leave the version alone, and set neither status nor version', async () => {
    const [id = ''] = ids(await make([{ name: fresh() }]));
    expect(await inScope((scope) => markRows(scope, box, { set: { limit: 4 }, where: sql`own.id = ${id}` }))).toEqual([{ id, version: 1 }]);
    expect(await stored(id)).toMatchObject({ max_items: 4, version: 1 });
    await expect(inScope((scope) => markRows(scope, box, { set: { status: 'GONE' }, where: sql`true` }))).rejects.toThrow('status is no mark');
  });
});
