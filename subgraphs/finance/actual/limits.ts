import type { ContractLineTerms } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { among } from '#kernel/read.ts';
import { and, eq, ne, sql } from '#kernel/sql.ts';
import { overLimit } from '../billing/price.ts';
import { type ActualRow, actualBalances } from '../tables.ts';

/** Says whether an amount fits a contract line's limit, and takes it from what is left when it does. */
export type LimitJudge = (line: ContractLineTerms, money: Money) => { code: 'NOT_TO_EXCEED'; reason: string } | undefined;

/**
 * Holds the lines that have a limit until the transaction ends, so that two postings do not both take what is left.
 * What is about to be taken back, `leaving`, makes room.
 */
export async function holdLimits(scope: Scope, lines: readonly (ContractLineTerms | null)[], leaving: readonly ActualRow[] = []): Promise<LimitJudge> {
  const limited = [...new Set(lines.flatMap((line) => (line?.notToExceedMinor ? [line.id] : [])))].sort();
  const sold = limited.length > 0 ? await soldOn(scope, limited) : new Map<string, bigint>();
  for (const { kind, status, contractLineId, amountMinor } of leaving) {
    const before = contractLineId === null ? undefined : sold.get(contractLineId);
    if (contractLineId && before !== undefined && kind === 'UNBILLED_SALES' && status !== 'NOT_READY') sold.set(contractLineId, before - amountMinor);
  }
  return (line, money) => {
    const before = sold.get(line.id) ?? 0n;
    const assessment = overLimit(line, before, money);
    if (!assessment) sold.set(line.id, before + money.minor);
    return assessment;
  };
}

/** Limits for who only looks: what earlier work of the same look would leave and take is kept in mind. */
export function foreseenLimits(db: Db): { judge(lines: readonly (ContractLineTerms | null)[], leaving: readonly ActualRow[]): Promise<LimitJudge> } {
  const base = new Map<string, bigint>();
  const moved = new Map<string, bigint>();
  const move = (id: string, minor: bigint) => void moved.set(id, (moved.get(id) ?? 0n) + minor);
  return {
    judge: async (lines, leaving) => {
      const unread = [...new Set(lines.flatMap((line) => (line?.notToExceedMinor && !base.has(line.id) ? [line.id] : [])))];
      const sold = unread.length > 0 ? await soldOf(db, unread) : new Map<string, bigint>();
      for (const id of unread) base.set(id, sold.get(id) ?? 0n);
      for (const { kind, status, contractLineId, amountMinor } of leaving)
        if (contractLineId && kind === 'UNBILLED_SALES' && status !== 'NOT_READY') move(contractLineId, -amountMinor);
      return (line, money) => {
        const assessment = overLimit(line, (base.get(line.id) ?? 0n) + (moved.get(line.id) ?? 0n), money);
        if (!assessment) move(line.id, money.minor);
        return assessment;
      };
    },
  };
}

/** What counts against the limit: sales that are ready, on an invoice or billed. What is held back does not. */
async function soldOn(scope: Scope, lineIds: readonly string[]): Promise<Map<string, bigint>> {
  await scope.tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from (select unnest(${sql.param([...lineIds])}::text[]) as id order by 1) as lines`,
  );
  return soldOf(scope.tx, lineIds);
}

async function soldOf(db: Db, lineIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .select({ id: actualBalances.contractLineId, minor: sql<string>`sum(${actualBalances.amountMinor})` })
    .from(actualBalances)
    .where(and(among(actualBalances.contractLineId, lineIds), eq(actualBalances.kind, 'UNBILLED_SALES'), ne(actualBalances.status, 'NOT_READY')))
    .groupBy(actualBalances.contractLineId);
  return new Map(rows.map((row) => [row.id ?? '', BigInt(row.minor)]));
}
