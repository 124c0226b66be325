import postgres, { type TransactionSql } from 'postgres';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { reconciliation } from '#processes/reconciliation.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import type { Graph, Json } from './graph.ts';

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

/** A graph, and the database behind it: `adminUrl` for a hand on it, `databaseUrl` for whoever serves. */
type World = { graph: Graph; databaseUrl: string; adminUrl: string };

/** Takes turns of the schedule until nothing is left to compare; gives how many. */
export async function turnReconciliation(url: string, { now = () => new Date(), most = Number.POSITIVE_INFINITY } = {}): Promise<number> {
  await using open = openDb({ url, name: 'reconciliation', max: 2, scope: 'command' });
  const actor = serviceActor(reconciliation.name);
  const turn = () => open.db.transaction((tx) => reconciliation.run({ tx, actor, trace: { correlationId: 'test' }, now: now() }));
  let turns = 0;
  while (turns < most && (await turn()) > 0) turns += 1;
  return turns;
}

/** Reconciliations as a controller has them: asked for through the graph, worked on by the schedule. */
export function reconciliationsOf({ graph, databaseUrl, adminUrl }: World) {
  const { done, ok } = graph;

  const begin = async (input: Record<string, unknown> = {}): Promise<string> =>
    (await done('runReconciliation', input, { select: 'reconciliationRun { id }' })).reconciliationRun.id;

  const read = async (id: string): Promise<Json> => {
    const query = `query ($id: ID!) { operations { reconciliationRun(id: $id) { id complete asOfPosition startedAt finishedAt workedMilliseconds customers compared opened resolved explained } } }`;
    return (await ok(query, { id })).operations.reconciliationRun;
  };

  /** A run to its end; gives it as it then is. */
  const run = async (input: Record<string, unknown> = {}): Promise<Json> => {
    const id = await begin(input);
    await turnReconciliation(databaseUrl);
    return read(id);
  };

  /** What stands, unless the filter names other states. */
  const breaks = async (filter: Record<string, unknown> = {}): Promise<Break[]> => {
    const query = `query ($filter: ReconciliationBreakFilter) { operations { reconciliationBreaks(first: 250, filter: $filter) { nodes { ${fields} } } } }`;
    return (await ok(query, { filter: { statuses: ['OPEN', 'EXPLAINED', 'ACCEPTED'], ...filter } })).operations.reconciliationBreaks.nodes;
  };

  /** What nothing explains. */
  const unknown = (filter: Record<string, unknown> = {}) => breaks({ ...filter, causes: ['UNKNOWN'] });

  const leakage = async (variables: Record<string, unknown> = {}, wish?: TokenWish): Promise<Json> => {
    const query = `query ($groupBy: LeakageGrouping! = CAUSE, $filter: ReconciliationBreakFilter, $first: Int) {
      operations { leakage(groupBy: $groupBy, filter: $filter, first: $first) {
        comparedAt more rows { pair cause code legalEntity { id } customer { id } project { id } count hours moneyAtRisk { amount currency } } } } }`;
    return (await ok(query, variables, wish)).operations.leakage;
  };

  /** A hand on the database that no trigger stops. */
  const byHand = async (write: (tx: TransactionSql) => Promise<unknown>): Promise<void> => {
    const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
    try {
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await write(tx);
      });
    } finally {
      await sql.end();
    }
  };

  return { begin, read, run, breaks, unknown, leakage, byHand };
}
