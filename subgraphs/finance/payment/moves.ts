import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { sayMoney } from '#kernel/money.ts';
import { type CalendarDate, latestOf } from '#kernel/period.ts';
import { sql } from '#kernel/sql.ts';
import { journalEntries, paymentApplications, paymentRefunds, payments } from '../tables.ts';

/** What came to a payment's credit in the books on a day, or below zero left it: its receipt, what was applied and paid back, and what undid these. */
export type Move = { paymentId: string; minor: bigint; date: CalendarDate };

export type LoadedMoves = { moves: ReadonlyMap<string, readonly Move[]> };

/** All that ever moved on these payments, undone or not. Call with the payments locked. */
export async function loadMoves({ tx }: Scope, ids: readonly string[]): Promise<LoadedMoves> {
  if (ids.length === 0) return { moves: new Map() };
  const wanted = sql`any(${sql.param([...ids])}::uuid[])`;
  const rows = await tx.execute(sql`
    with did as (
      select id as payment_id, amount_minor as minor, journal_entry_id from ${payments} where id = ${wanted}
      union all select payment_id, -amount_minor, journal_entry_id from ${paymentApplications} where payment_id = ${wanted}
      union all select payment_id, -amount_minor, journal_entry_id from ${paymentRefunds} where payment_id = ${wanted})
    select did.payment_id, did.minor, entry.posting_date::text as date from did join ${journalEntries} entry on entry.id = did.journal_entry_id
    union all
    select did.payment_id, -did.minor, undoing.posting_date::text from did join ${journalEntries} entry on entry.id = did.journal_entry_id
      join ${journalEntries} undoing on undoing.id = entry.reversed_by_id`);
  const moves = rows.map((row) => ({ paymentId: String(row.payment_id), minor: BigInt(String(row.minor)), date: String(row.date) }));
  return { moves: Map.groupBy(moves, (move) => move.paymentId) };
}

/** The last day on which anything moved on a payment: what takes the payment back comes on it or behind it. */
export function lastMoved(moves: readonly Move[], first: CalendarDate): CalendarDate {
  return latestOf(first, ...moves.map(({ date }) => date));
}

type Using = { minor: bigint; currency: string; date: CalendarDate; field: string };

/** Refuses to use what a payment has not got on that day, or would lack on a later one: what left it may have come back since. */
export function demandLeft(moves: readonly Move[], { minor, currency, date, field }: Using): void {
  const days = [date, ...moves.map((move) => move.date).filter((day) => day > date)];
  for (const day of new Set(days.toSorted())) {
    const left = moves.reduce((sum, move) => (move.date <= day ? sum + move.minor : sum), 0n);
    if (minor <= left) continue;
    const rest = sayMoney({ minor: left, currency });
    throw new Refused('VALIDATION_FAILED', `On ${day} the payment has ${rest} left in the books. Take a day from which on it has enough, or less.`, { field });
  }
}
