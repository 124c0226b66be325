import { expect, test } from 'vitest';
import { firmAt } from '../support/firmAt.ts';
import { flowWorld } from '../support/flowWorld.ts';
import { type Program, runScript, untilTrue } from '../support/program.ts';
import { choices, seeds } from '../support/seeds.ts';
import { plantVolume } from '../support/volume.ts';

/** Contracts of a firm, each with two hours in the ledger that are ready to be billed. */
async function contractsOf({ graph, sql }: Awaited<ReturnType<typeof flowWorld>>, count: number): Promise<string[]> {
  const { legalEntityId, customerId, engagementId, projectId } = await firmAt(graph);
  const items = Array.from({ length: count }, (_, index) => ({
    ...{ externalRef: { system: 'erp', externalId: `contract ${index}` }, engagementId, legalEntityId, name: `Contract ${index}`, currency: 'EUR' },
    ...{ startDate: '2026-01-01', lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] }], confirm: true },
  }));
  const { results } = await graph.done('upsertContracts', { items }, { select: 'results { contract { id } userErrors { message } }' });
  const contractIds: string[] = results.map(({ contract }: { contract: { id: string } }) => contract.id);
  await plantVolume(
    sql,
  )`insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id,
    project_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
    select uuidv7(), 'UNBILLED_SALES', 'TIME', 'READY', 'TIMESHEET_ENTRY', uuidv7(), 1, ${legalEntityId}, ${customerId}, ${engagementId}, contract, ${projectId},
    '2026-02-10', '2026-02-10', 3600, 10000, 'EUR', '{}' from unnest(${contractIds}::uuid[]) as contract, generate_series(1, 2)`;
  return contractIds;
}

test.each(seeds())('billing runs whose workers are killed wherever they are draft every contract once (seed %i)', async (seed) => {
  const { below } = choices(seed);
  await using world = await flowWorld();
  await using stack = new AsyncDisposableStack();
  const contractIds = await contractsOf(world, 120);
  const begin = async (): Promise<Program> => {
    const worker = stack.use(runScript('tests/support/storyWorker.ts', [world.databaseUrl, 'billing-runs']));
    await worker.said(/working/);
    return worker;
  };
  const workers = [await begin(), await begin()];
  const scope = { cutOffDate: '2026-02-28', invoiceDate: '2026-02-28' };
  // Two over everything at once, and one over a part of it.
  for (const more of [{}, {}, { contractIds: contractIds.slice(0, 30) }]) await world.graph.done('runBilling', { ...scope, ...more });
  const drafted = async () => (await world.sql`select 1 from finance.invoice where contract_id = any(${contractIds}::uuid[])`).length;
  for (let round = 1; round <= 4; round += 1) {
    const enough = Math.min(120, round * 20 + below(20));
    await untilTrue(`${enough} contracts are drafted`, async () => (await drafted()) >= enough);
    const victim = below(2);
    await workers[victim]?.kill('SIGKILL');
    workers[victim] = await begin();
  }
  const states = async () =>
    (await world.graph.ok('{ billingRuns { nodes { state drafted contractsDone } } }')).billingRuns.nodes as { state: string; drafted: number }[];
  await untilTrue('all runs have come to their end', async () => (await states()).every(({ state }) => state === 'COMPLETED'));
  expect((await states()).reduce((sum, run) => sum + run.drafted, 0)).toBe(120);
  const [row] =
    await world.sql`select count(*)::int as invoices, count(distinct contract_id)::int as contracts, sum(subtotal_minor)::int as minor from finance.invoice`;
  expect(row).toEqual({ invoices: 120, contracts: 120, minor: 120 * 20_000 });
  expect((await world.sql`select 1 from finance.actual where kind = 'UNBILLED_SALES' and status <> 'ON_INVOICE'`).length).toBe(0);
  expect((await world.sql`select 1 from finance.billing_run_contract`).length).toBe(120);
});
