import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { root } from '../support/house.ts';
import { resourcesWorld } from '../support/resources.ts';
import { allowed } from '../support/subgraph.ts';
import { ownerUrlOf } from '../support/template.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
beforeAll(async () => {
  world = await resourcesWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const published = () => world.sql`select entity_id, version, data from log.reference where entity_type = 'Assignment' order by entity_id`;
/** What the rows say, as siblings are told. */
const rows = () => world.sql`
  select id as entity_id, version, jsonb_build_object('employeeId', employee_id, 'projectId', project_id, 'taskId', task_id, 'status', status,
    'startDate', from_date, 'endDate', to_date, 'weeklySeconds', weekly_seconds::text) as data from resources.assignment order by id`;

/** Work in every state, made, moved, cut and delivered by the commands that there are. */
async function everyWay(): Promise<void> {
  const { id: employeeId } = await world.worker('Ada');
  const project = await world.project();
  const proposed = await world.propose(employeeId, project.id, { weeklyHours: '1.5' });
  const [held, confirmed, ended, given] = [
    await world.propose(employeeId, project.id, { weeklyHours: '2' }),
    await world.propose(employeeId, project.id, { weeklyHours: '3' }),
    await world.propose(employeeId, project.id, { weeklyHours: '4' }),
    await world.propose(employeeId, project.id, { weeklyHours: '5' }),
  ];
  await world.made('holdAssignment', { input: { id: held.id } });
  for (const { id } of [confirmed, ended]) await world.made('confirmAssignment', { input: { id } });
  await world.made('endAssignment', { input: { id: ended.id, endedOn: '2026-03-10' } });
  await world.made('cancelAssignment', { input: { id: given.id } });
  await world.made('updateAssignment', { input: { id: proposed.id, weeklyDuration: 'PT1H20M1S', endDate: '2026-04-30' } });
  const item = { externalRef: { system: 'psa', externalId: newId() }, employeeId, projectId: project.id, startDate: '2026-03-01', endDate: '2026-03-31' };
  await world.upsert('upsertAssignments', [{ ...item, weeklyHours: '6', status: 'CONFIRMED' }], { actor: allowed });
  await world.made('scheduleEmployeeTermination', { input: { id: employeeId, terminatedOn: '2026-03-20' } });
}

describe('planned work', () => {
  test('is published as its row has it, whatever did it', async () => {
    await everyWay();
    const found = await rows();
    expect(new Set(found.map(({ data }) => data.status))).toEqual(new Set(['PROPOSED', 'TENTATIVE', 'CONFIRMED', 'ENDED', 'CANCELLED']));
    expect([...(await published())]).toEqual([...found]);
  });

  test('of before is published by the migration, once, and what is newer stays', async () => {
    const all = [...(await published())];
    const [kept] = all;
    await world.sql`delete from log.reference where entity_type = 'Assignment' and entity_id <> ${kept?.entity_id}`;
    await world.sql`update log.reference set data = data || '{"status": "NEWER"}' where entity_id = ${kept?.entity_id}`;
    const statements = (await readFile(new URL('drizzle/0039_forecast.sql', root), 'utf8')).split('--> statement-breakpoint');
    const fill = statements.slice(statements.findIndex((text) => text.includes('SET LOCAL')));
    const owner = postgres(ownerUrlOf(inject('adminUrl'), new URL(world.url).pathname.slice(1)), { max: 1, onnotice: () => undefined });
    for (let time = 0; time < 2; time += 1)
      await owner.begin(async (sql) => {
        for (const statement of fill) await sql.unsafe(statement);
      });
    await owner.end();
    expect([...(await published())]).toEqual(all.map((row) => (row === kept ? { ...row, data: { ...row.data, status: 'NEWER' } } : row)));
    const [forced] = await world.sql`select relforcerowsecurity as forced from pg_class where oid = 'log.reference'::regclass`;
    expect(forced?.forced).toBe(true);
  });
});
