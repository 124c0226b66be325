import postgres from 'postgres';

/** Settings with which a server counts the statements that come to it. */
export const counting = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'top' };

export type Counter = { reset: () => Promise<void>; count: () => Promise<number> };

/** Counts statements, `begin` and `commit` too. Those of the worker's polling are left out: it asks whether there is work, whoever is measured. */
export async function statementCounter(adminUrl: string, stack: AsyncDisposableStack): Promise<Counter> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  stack.defer(() => sql.end({ timeout: 1 }));
  await sql`create extension if not exists pg_stat_statements`;
  return {
    reset: async () => void (await sql`select pg_stat_statements_reset()`),
    count: async () => {
      const [row] = await sql`
        select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
        where query !~ 'pg_stat_statements|log\\.(head|consumer|pending|change_pending|process_run)|pg_advisory|pg_notify'`;
      return Number(row?.calls);
    },
  };
}
