import postgres, { type TransactionSql } from 'postgres';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';

export type Break = {
  id: string;
  pair: string;
  cause: string;
  code: string | null;
  status: string;
  startDate: string;
  count: number;
  hours: string;
  moneyAtRisk: { amount: string; currency: string } | null;
  exampleIds: string[];
  cures: { mutation: string }[];
};

const fields = 'id pair cause code status startDate count hours moneyAtRisk { amount currency } exampleIds cures { mutation }';

/** A flow world's reconciliations as a controller has them: asked for through the graph, worked on by the schedule. */
export function reconciliationsOf(world: FlowWorld) {
  const { done, ok } = world.graph;

  /** A run of all, to its end; gives it as it then is. */
  const run = async (input: Record<string, unknown> = {}): Promise<Json> => {
    const { reconciliationRun } = await done('runReconciliation', input, { select: 'reconciliationRun { id }' });
    await world.settle();
    const query = `query ($id: ID!) { operations { reconciliationRun(id: $id) { id complete asOfPosition startedAt finishedAt customers compared opened resolved explained } } }`;
    return (await ok(query, { id: reconciliationRun.id })).operations.reconciliationRun;
  };

  /** What stands of a customer, or all that ever did. */
  const breaks = async (filter: Record<string, unknown> = {}): Promise<Break[]> => {
    const query = `query ($filter: ReconciliationBreakFilter) { operations { reconciliationBreaks(first: 250, filter: $filter) { nodes { ${fields} } } } }`;
    return (await ok(query, { filter: { statuses: ['OPEN', 'EXPLAINED', 'ACCEPTED'], ...filter } })).operations.reconciliationBreaks.nodes;
  };

  const leakage = async (variables: Record<string, unknown> = {}): Promise<Json> =>
    (
      await ok(
        `query ($groupBy: LeakageGrouping! = CAUSE, $filter: ReconciliationBreakFilter) { operations { leakage(groupBy: $groupBy, filter: $filter) {
          comparedAt more rows { pair cause code legalEntity { id } customer { id } project { id } count hours moneyAtRisk { amount currency } } } } }`,
        variables,
      )
    ).operations.leakage;

  /** A hand on the database that no trigger stops. */
  const byHand = async (write: (tx: TransactionSql) => Promise<unknown>): Promise<void> => {
    const sql = postgres(world.adminUrl, { max: 1, onnotice: () => {} });
    try {
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await write(tx);
      });
    } finally {
      await sql.end();
    }
  };

  return { run, breaks, leakage, byHand };
}
