import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { among, wordIn } from '#kernel/read.ts';
import { and, isNull, ne, sql } from '#kernel/sql.ts';
import { type Bounds, type Share, withinCaps } from '../billing/caps.ts';
import { type Draw, roomOn } from '../billing/retainer.ts';
import { type ActualRow, actualBalances, actuals } from '../tables.ts';

/**
 * Says how much of an amount its retainer pays for, and how much of the rest its limits leave room for, and takes that from what is left: all of it or nothing,
 * where it must stay `whole`.
 */
export type LimitJudge = (bounds: Bounds, money: Money, options?: { whole?: boolean }) => Share;

/** What was sold under limits, and moves; and what was drawn from retainers. */
type Sold = { of(id: string): bigint; move(id: string, minor: bigint): void; draws: Map<string, Draw[]> };

function judgeBy({ of, move, draws: drawn }: Sold): LimitJudge {
  return ({ caps, draws }, { minor, currency }, { whole = false } = {}) => {
    const own = draws ? takeDraw(drawn, draws, minor) : 0n;
    const share = withinCaps(caps, of, { minor: minor - own, currency });
    const within = whole && share.hold ? 0n : share.within;
    for (const { id } of caps) move(id, within);
    return { ...share, drawn: own, within };
  };
}

function takeDraw(drawn: Map<string, Draw[]>, { retainer, workDate }: NonNullable<Bounds['draws']>, minor: bigint): bigint {
  const before = drawn.get(retainer.lineId) ?? [];
  const room = roomOn(retainer, before, workDate);
  const taken = room < minor ? room : minor;
  drawn.set(retainer.lineId, [...before, { workDate, minor: taken }]);
  return taken;
}

/** What counts against limits: sales that are ready, on an invoice or billed. What is held back does not. */
function makeRoom({ move, draws }: Sold, leaving: readonly ActualRow[]): void {
  for (const { kind, status, contractLineId, contractId, amountMinor, workDate } of leaving) {
    if (kind === 'DRAWN_SALES' && contractLineId) draws.set(contractLineId, [...(draws.get(contractLineId) ?? []), { workDate, minor: -amountMinor }]);
    if (kind !== 'UNBILLED_SALES' || status === 'NOT_READY') continue;
    for (const id of [contractLineId, contractId]) if (id) move(id, -amountMinor);
  }
}

const idsOf = (bounds: readonly Bounds[]): string[] =>
  [...new Set(bounds.flatMap(({ caps, draws }) => [...caps.map(({ id }) => id), ...lineOf(draws)]))].sort();
const lineOf = (draws: Bounds['draws']): string[] => (draws ? [draws.retainer.lineId] : []);

/**
 * Holds what has a limit until the transaction ends, so that two postings do not both take what is left.
 * What is about to be taken back, `leaving`, makes room.
 */
export async function holdLimits(scope: Scope, bounds: readonly Bounds[], leaving: readonly ActualRow[] = []): Promise<LimitJudge> {
  const ids = idsOf(bounds);
  if (ids.length > 0)
    await scope.tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from (select unnest(${sql.param(ids)}::text[]) as id order by 1) as lines`,
    );
  const limits = foreseenLimits(scope.tx);
  return limits.judge(bounds, leaving);
}

/** Limits for who only looks: what earlier work of the same look would leave and take is kept in mind. */
export function foreseenLimits(db: Db): { judge(bounds: readonly Bounds[], leaving: readonly ActualRow[]): Promise<LimitJudge> } {
  const base = new Map<string, bigint>();
  const moved = new Map<string, bigint>();
  const sold: Sold = {
    of: (id) => (base.get(id) ?? 0n) + (moved.get(id) ?? 0n),
    move: (id, minor) => void moved.set(id, (moved.get(id) ?? 0n) + minor),
    draws: new Map(),
  };
  return {
    judge: async (bounds, leaving) => {
      const unread = idsOf(bounds).filter((id) => !base.has(id));
      const found = await soldOf(db, unread);
      const lines = [...new Set(bounds.flatMap(({ draws }) => lineOf(draws)))].filter((id) => unread.includes(id));
      for (const [id, draws] of await drawsOf(db, lines)) sold.draws.set(id, [...(sold.draws.get(id) ?? []), ...draws]);
      for (const id of unread) base.set(id, found.get(id) ?? 0n);
      makeRoom(sold, leaving);
      return judgeBy(sold);
    },
  };
}

/** What was sold under contract lines, and under whole contracts, by their ids. */
async function soldOf(db: Db, ids: readonly string[]): Promise<Map<string, bigint>> {
  if (ids.length === 0) return new Map();
  const sold = and(wordIn(actualBalances.kind, ['UNBILLED_SALES']), ne(actualBalances.status, 'NOT_READY'));
  const by = (column: typeof actualBalances.contractLineId | typeof actualBalances.contractId) =>
    db
      .select({ id: column, minor: sql<string>`sum(${actualBalances.amountMinor})` })
      .from(actualBalances)
      .where(and(among(column, ids), sold))
      .groupBy(column);
  const rows = [...(await by(actualBalances.contractLineId)), ...(await by(actualBalances.contractId))];
  return new Map(rows.map((row) => [row.id ?? '', BigInt(row.minor)]));
}

/** What counts of what was drawn from retainers, by line and day of the work. */
export async function drawsOf(db: Db, lineIds: readonly string[]): Promise<Map<string, Draw[]>> {
  if (lineIds.length === 0) return new Map();
  const rows = await db
    .select({ id: actuals.contractLineId, workDate: actuals.workDate, minor: sql<string>`sum(${actuals.amountMinor})` })
    .from(actuals)
    .where(and(sql`kind = 'DRAWN_SALES'`, among(actuals.contractLineId, lineIds), isNull(actuals.reversesId), isNull(actuals.reversedById)))
    .groupBy(actuals.contractLineId, actuals.workDate);
  const draws = rows.map(({ id, workDate, minor }) => ({ id: id ?? '', workDate, minor: BigInt(minor) }));
  return Map.groupBy(draws, ({ id }) => id);
}
