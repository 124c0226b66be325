import { expect, test } from 'vitest';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { startWorker } from '../../roles/worker.ts';
import { subgraphWorld } from '../support/subgraph.ts';

test('a hire announced for a later day begins on that day, by itself and once', async () => {
  await using world = await subgraphWorld(resourcesSubgraph);
  const create = 'mutation ($input: CreateEmployeeInput!) { createEmployee(input: $input) { employee { id status } userErrors { message } } }';
  const { createEmployee } = await world.ok(create, { variables: { input: { name: 'Ada Lind', hiredOn: '2026-04-01' } } });
  expect(createEmployee).toMatchObject({ employee: { status: 'PENDING' }, userErrors: [] });
  const status = async () => (await world.sql`select status from resources.employee`)[0]?.status;
  /** A worker looks for what is due as soon as it starts, and ends that round before it stops. */
  const workAt = async (now: string) => {
    const worker = await startWorker({ url: world.url, consumers: [], clock: () => new Date(now), log: createLogger({ level: 'silent' }) });
    await worker.stop();
  };
  await workAt('2026-03-31T12:00:00Z');
  expect(await status()).toBe('PENDING');
  await workAt('2026-04-01T00:05:00Z');
  expect(await status()).toBe('ACTIVE');
  await workAt('2026-04-01T00:10:00Z');
  while ((await sequenceOnce(world.db)) > 0);
  const facts = async () =>
    (await world.sql`select type, actor_id from log.fact where subject_type = 'Employee' and type <> 'EmployeeHired' order by position`).map(
      (row) => `${row.type} by ${row.actor_id}`,
    );
  expect(await facts()).toEqual(['EmployeeUpdated by service:due-employments']);
});
