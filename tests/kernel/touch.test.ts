import { afterAll, describe, expect, test } from 'vitest';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { sql } from '#kernel/sql.ts';
import { eraseTouches, type Touch, touchesKept, touchesSince } from '#kernel/touch.ts';
import { openWrites } from '../../roles/cache.ts';
import { cloneDatabase, testDatabase } from '../support/database.ts';
import { choices, seeds } from '../support/seeds.ts';
import { plantVolume } from '../support/volume.ts';

const database = await testDatabase();
const open = openDb({ url: database.appUrl, name: 'touch', max: 12, scope: 'command' });
afterAll(() => open.close());
const { sql: admin } = database;
await admin`create table engagements.noted (id uuid primary key, customer_id uuid, name text)`;
await admin`alter table engagements.noted owner to accord_owner`;
await admin`grant select, insert, update, delete, truncate on engagements.noted to accord_command`;

const note = async (kind: string) => (await open.db.execute(sql`select log.note_writes('engagements.noted', ${kind}) as made`))[0]?.made;
const looked = async () => (await touchesSince(open.db, undefined)).snapshot;
const since = async (after: string): Promise<readonly Touch[]> => {
  const { touches } = await touchesSince(open.db, after);
  if (touches === 'lost') throw new Error('lost');
  return touches;
};
const noted = 'engagements.noted';

describe('touches', () => {
  test('say whose rows were written, before and after', async () => {
    await note('customer_id');
    const [a, b, id] = [newId(), newId(), newId()];
    let at = await looked();
    await plantVolume(admin)`insert into engagements.noted values (${id}, ${a}), (${newId()}, ${a}), (${newId()}, null)`;
    expect(await since(at)).toEqual([{ relation: noted, customers: [a] }]);
    at = await looked();
    await plantVolume(admin)`update engagements.noted set customer_id = ${b} where id = ${id}`;
    expect((await since(at)).map(({ customers }) => customers?.toSorted())).toEqual([[a, b].toSorted()]);
    at = await looked();
    await plantVolume(admin)`delete from engagements.noted where id = ${id}`;
    expect(await since(at)).toEqual([{ relation: noted, customers: [b] }]);
    at = await looked();
    await plantVolume(admin)`update engagements.noted set name = 'x' where false`;
    expect(await since(at)).toEqual([]);
    await plantVolume(admin)`truncate engagements.noted`;
    expect(await since(at)).toEqual([{ relation: noted, customers: undefined }]);
  });

  test('of more customers than can be told are anybody’s', async () => {
    await note('customer_id');
    const at = await looked();
    await plantVolume(admin)`insert into engagements.noted select gen_random_uuid(), gen_random_uuid() from generate_series(1, 51)`;
    expect(await since(at)).toEqual([{ relation: noted, customers: undefined }]);
  });

  test('follow what a table says of its rows, when that changes', async () => {
    expect(await note('customer_id')).toBe(false);
    expect(await note('anybody')).toBe(true);
    expect(await note('anybody')).toBe(false);
    const at = await looked();
    await plantVolume(admin)`insert into engagements.noted values (${newId()}, ${newId()})`;
    expect(await since(at)).toEqual([{ relation: noted, customers: undefined }]);
  });

  test('end where nobody wants them', async () => {
    await note('anybody');
    expect(await note('nobody')).toBe(true);
    expect(await note('nobody')).toBe(false);
    const at = await looked();
    await plantVolume(admin)`insert into engagements.noted values (${newId()}, ${newId()})`;
    expect(await since(at)).toEqual([]);
  });

  test('are made of Accord’s own tables alone', async () => {
    await admin`create table public.stranger (id uuid)`;
    await expect(open.db.execute(sql`select log.note_writes('public.stranger', 'anybody')`)).rejects.toMatchObject({ cause: { message: /nobody keeps/ } });
  });

  test.each(seeds())('are each told once, in whichever order transactions commit (seed %i)', async (seed) => {
    await note('customer_id');
    const { below } = choices(seed);
    const written: string[] = [];
    const told: string[] = [];
    let at = await looked();
    const look = async () => {
      const { snapshot, touches } = await touchesSince(open.db, at);
      at = snapshot;
      for (const { customers } of touches === 'lost' ? [] : touches) told.push(...(customers ?? []));
    };
    const writer = async () => {
      for (let turn = 0; turn < 15; turn += 1) {
        const ids = Array.from({ length: 1 + below(3) }, () => newId());
        const fails = below(4) === 0;
        await admin
          .begin(async (tx) => {
            for (const id of ids) {
              await plantVolume(tx)`insert into engagements.noted values (${newId()}, ${id})`;
              for (let pause = below(3); pause > 0; pause -= 1) await tx`select 1`;
            }
            if (fails) throw new Error('rolled back');
          })
          .then(() => written.push(...ids))
          .catch((error) => expect(error.message).toBe('rolled back'));
      }
    };
    const writers = Promise.all(Array.from({ length: 4 }, writer));
    let writing = true;
    void writers.finally(() => {
      writing = false;
    });
    while (writing) await look();
    await writers;
    await look();
    expect(told.toSorted()).toEqual(written.toSorted());
  });
});

describe('touches that are erased', () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const kept = touchesKept / 60_000;
  const erase = (now: Date) => open.db.transaction((tx) => eraseTouches(tx, now));

  test('were visible to all who looked since; others begin anew', async () => {
    await note('customer_id');
    const early = await looked();
    const [first, second] = [newId(), newId()];
    await plantVolume(admin)`insert into engagements.noted values (${newId()}, ${first})`;
    const between = await looked();
    expect(await erase(at(0))).toBe(0);
    await plantVolume(admin)`insert into engagements.noted values (${newId()}, ${second})`;
    const late = await looked();
    expect(await erase(at(kept - 1))).toBe(0);
    expect(await since(early)).toHaveLength(2);
    expect(await erase(at(kept + 1))).toBeGreaterThan(0);
    expect((await touchesSince(open.db, early)).touches).toBe('lost');
    expect((await touchesSince(open.db, between)).touches).not.toContainEqual(expect.objectContaining({ customers: [first] }));
    expect(await since(late)).toEqual([]);
  });

  test('and those of a server whose database was restored here', async () => {
    await admin`insert into log.touch (xid, relation) select (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000000)::text::xid8, ${noted}`;
    await admin`update log.touch_erased set next = '9000000:9000000:', erased = '9000000:9000000:', next_at = now() - interval '1 day'`;
    expect(await erase(at(0))).toBeGreaterThan(0);
    const present = await looked();
    await plantVolume(admin)`insert into engagements.noted values (${newId()}, ${newId()})`;
    expect(await since(present)).toHaveLength(1);
  });
});

describe('a database whose writes are noted', () => {
  test('has triggers on every table of the subgraphs that somebody may read, and tells what policies ask', async () => {
    await using own = await cloneDatabase();
    const { source, close } = await openWrites(own.appUrl);
    const missing = await own.sql`
      select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname in ('engagements', 'resources', 'time', 'finance', 'operations')
        and (select count(*) from pg_trigger where tgrelid = pg_class.oid and tgname like 'touching\_%') <> 4`;
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(source.relations.get('engagements.contract_line')).toEqual(expect.arrayContaining(['engagements.contract_line', 'engagements.contract']));
    expect([...source.relations.keys()].filter((name) => name.startsWith('log.'))).toEqual(['log.reference']);
    await close();
  });
});
