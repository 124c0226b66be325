import { expect, test } from 'vitest';
import { dealAt, standing } from '../support/deals.ts';
import { firmAt } from '../support/firmAt.ts';
import { flowWorld } from '../support/flowWorld.ts';
import { type Program, runScript, untilTrue } from '../support/program.ts';
import { choices, seeds } from '../support/seeds.ts';

test.each(seeds())('won opportunities whose workers are killed between and within steps become one project each (seed %i)', async (seed) => {
  const { below } = choices(seed);
  await using world = await flowWorld();
  await using stack = new AsyncDisposableStack();
  const { sql, databaseUrl } = world;
  const firm = await firmAt(world.graph);
  const begin = async (): Promise<Program> => {
    const worker = stack.use(runScript('tests/support/storyWorker.ts', [databaseUrl, 'opportunity|provisioning']));
    await worker.said(/working/);
    return worker;
  };
  const ended = async () => Number((await sql`select count(*) as n from log.process_step where state = 'DONE'`)[0]?.n);
  const workers = [await begin(), await begin()];
  const deals: Awaited<ReturnType<typeof dealAt>>[] = [];
  for (let round = 0; round < 4; round += 1) {
    const enough = (await ended()) + below(14);
    for (let count = 0; count < 3; count += 1) {
      const deal = await dealAt(world, {}, firm);
      expect((await deal.upsert({ win: true })).succeeded).toBe(1);
      deals.push(deal);
    }
    await untilTrue(`${enough} steps are done`, async () => (await ended()) >= enough);
    const victim = below(2);
    await workers[victim]?.kill('SIGKILL');
    workers[victim] = await begin();
  }
  await untilTrue('all runs are done', async () => (await sql`select 1 from log.process_run where state = 'DONE'`).length === deals.length);
  for (const deal of deals) {
    const { id, onboarding, project, runs, exceptions } = await deal.now();
    expect({ onboarding, project: project.status, runs: runs.nodes.length, exceptions: exceptions.nodes }).toEqual({
      ...{ onboarding: 'DONE', project: 'ACTIVE', runs: 1, exceptions: [] },
    });
    expect(await standing(world, id)).toEqual({ projects: 1, engagements: 1, contracts: 1 });
  }
  // Nothing was made that nothing stands for, and each thing was told of once.
  const [made] = await sql`select (select count(*)::int from engagements.project where opportunity_id is not null) as projects,
    (select count(*)::int from engagements.engagement) as engagements, (select count(*)::int from engagements.contract) as contracts`;
  expect(made).toEqual({ projects: deals.length, engagements: deals.length + 1, contracts: deals.length + 1 });
  const told =
    await sql`select subject_id from log.fact where type = 'ProjectCreated' and subject_id in (select id from engagements.project where opportunity_id is not null)`;
  expect(told).toHaveLength(deals.length);
});
