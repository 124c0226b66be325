import type { TransactionSql } from 'postgres';

/**
 * Runs with tables that do not bind their owner by row-level security: the server refuses COPY by whom it binds, such as an owner that is no superuser.
 * Only this transaction ever sees them so.
 */
export async function unforced<Answer>(tx: TransactionSql, run: () => Promise<Answer>): Promise<Answer> {
  const bound = await tx<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where (nspname in ('engagements', 'resources', 'time', 'finance', 'operations') or (nspname = 'log' and relname in ('reference', 'pending', 'claim')))
      and relforcerowsecurity and row_security_active(pg_class.oid) order by 1`;
  for (const { name } of bound) await tx.unsafe(`alter table ${name} no force row level security`);
  const answer = await run();
  // Checks that wait for the commit would stand in the way.
  if (bound.length > 0) await tx`set constraints all immediate`;
  for (const { name } of bound) await tx.unsafe(`alter table ${name} force row level security`);
  return answer;
}
