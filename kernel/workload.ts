import { type DbOptions, type OpenDb, openDb } from './db.ts';

/** Kinds of work that never take each other's connections: what somebody waits for, reads of much, and changes of many. */
export const workloads = ['interactive', 'analytical', 'bulk'] as const;

export type Workload = (typeof workloads)[number];

/** A number for each kind of work. */
export type ByWorkload = Readonly<Record<Workload, number>>;

/** Milliseconds that one statement may take. */
export const defaultStatementTimeouts: ByWorkload = { interactive: 15_000, analytical: 60_000, bulk: 60_000 };

/** Connections of one process at most: of all subgraphs together, and of a subgraph of its own. */
export const defaultConnections: ByWorkload = { interactive: 20, analytical: 5, bulk: 5 };
export const ownConnections: ByWorkload = { interactive: 6, analytical: 2, bulk: 2 };

/** A pool for each kind of work. A connection is opened when it is first needed, and given back within the hour. */
export type Pools = Readonly<Record<Workload, OpenDb>> & AsyncDisposable;

type PoolOptions = Omit<DbOptions, 'max' | 'statementTimeout'> & { connections: ByWorkload; statementTimeouts?: ByWorkload | undefined };

/** Opens the pools of one role; they are told apart in pg_stat_activity. */
export function openPools({ connections, statementTimeouts = defaultStatementTimeouts, name, ...options }: PoolOptions): Pools {
  const pool = (workload: Workload) =>
    openDb({ ...options, name: `${name}-${workload}`, max: connections[workload], statementTimeout: statementTimeouts[workload] });
  const pools = { interactive: pool('interactive'), analytical: pool('analytical'), bulk: pool('bulk') };
  return { ...pools, [Symbol.asyncDispose]: async () => void (await Promise.all(workloads.map((each) => pools[each].close()))) };
}
