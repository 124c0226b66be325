import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { among } from '#kernel/read.ts';
import { and, eq, ne, sql } from '#kernel/sql.ts';
import { type Cap, type Share, withinCaps } from '../billing/caps.ts';
import { type ActualRow, actualBalances } from '../tables.ts';

/** Says how much of an amount its limits leave room for, and takes that from what is left: all of it or nothing, where it must stay `whole`. */
export type LimitJudge = (caps: readonly Cap[], money: Money, options?: { whole?: boolean }) => Share;

/** What was sold under limits, and moves. */
type Sold = { of(id: string): bigint; move(id: string, minor: bigint): void };

function judgeBy({ of, move }: Sold): LimitJudge {
  return (caps, money, { whole = false } = {}) => {
    const share = withinCaps(caps, of, money);
    const within = whole && share.hold ? 0n : share.within;
    for (const { id } of caps) move(id, within);
    return { ...share, within };
  };
}

/** What counts against limits: sales that are ready, on an invoice or billed. What is held back does not. */
function makeRoom({ move }: Sold, leaving: readonly ActualRow[]): void {
  for (const { kind, status, contractLineId, contractId, amountMinor } of leaving) {
    if (kind !== 'UNBILLED_SALES' || status === 'NOT_READY') continue;
    for (const id of [contractLineId, contractId]) if (id) move(id, -amountMinor);
  }
}

const idsOf = (caps: readonly (readonly Cap[])[]): string[] => [...new Set(caps.flat().map(({ id }) => id))].sort();

/**
 * Holds what has a limit until the transaction ends, so that two postings do not both take what is left.
 * What is about to be taken back, `leaving`, makes room.
 */
export async function holdLimits(scope: Scope, caps: readonly (readonly Cap[])[], leaving: readonly ActualRow[] = []): Promise<LimitJudge> {
  const ids = idsOf(caps);
  if (ids.length > 0)
    await scope.tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from (select unnest(${sql.param(ids)}::text[]) as id order by 1) as lines`,
    );
  const limits = foreseenLimits(scope.tx);
  return limits.judge(caps, leaving);
}

/** Limits for who only looks: what earlier work of the same look would leave and take is kept in mind. */
export function foreseenLimits(db: Db): { judge(caps: readonly (readonly Cap[])[], leaving: readonly ActualRow[]): Promise<LimitJudge> } {
  const base = new Map<string, bigint>();
  const moved = new Map<string, bigint>();
  const sold: Sold = {
    of: (id) => (base.get(id) ?? 0n) + (moved.get(id) ?? 0n),
    move: (id, minor) => void moved.set(id, (moved.get(id) ?? 0n) + minor),
  };
  return {
    judge: async (caps, leaving) => {
      const unread = idsOf(caps).filter((id) => !base.has(id));
      const found = await soldOf(db, unread);
      for (const id of unread) base.set(id, found.get(id) ?? 0n);
      makeRoom(sold, leaving);
      return judgeBy(sold);
    },
  };
}

/** What was sold under contract lines, and under whole contracts, by their ids. */
async function soldOf(db: Db, ids: readonly string[]): Promise<Map<string, bigint>> {
  if (ids.length === 0) return new Map();
  const sold = and(eq(actualBalances.kind, 'UNBILLED_SALES'), ne(actualBalances.status, 'NOT_READY'));
  const by = (column: typeof actualBalances.contractLineId | typeof actualBalances.contractId) =>
    db
      .select({ id: column, minor: sql<string>`sum(${actualBalances.amountMinor})` })
      .from(actualBalances)
      .where(and(among(column, ids), sold))
      .groupBy(column);
  const rows = [...(await by(actualBalances.contractLineId)), ...(await by(actualBalances.contractId))];
  return new Map(rows.map((row) => [row.id ?? '', BigInt(row.minor)]));
}
