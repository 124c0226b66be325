import type { Db } from './db.ts';
import { sql } from './sql.ts';

/** A part of a budget that somebody wants: `least` of it or nothing, `most` if there is so much. */
export type BudgetWish = { caller: string; principal: string; budget: number; least: number; most: number };

/** What was given of a budget, what is left of it for all, and in how many milliseconds it begins anew. */
export type BudgetPart = { given: number; left: number; endsIn: number };

/** Seconds for which a budget is, from the first operation on that spends of it. */
export const budgetSpan = 60;

/** Takes a part of a budget that all gateways share; of what is over a new one begins. One statement, by the clock of the database. */
export async function takeBudget(db: Db, { caller, principal, budget, least, most }: BudgetWish): Promise<BudgetPart> {
  const first = sql`least(${most}::bigint, ${budget}::bigint)`;
  const next = sql`case when ${budget}::bigint - own.spent >= ${least}::bigint then least(${most}::bigint, ${budget}::bigint - own.spent) else 0 end`;
  const over = sql`own.ends_at <= clock_timestamp()`;
  const [row] = await db.execute(sql`
    insert into log.budget as own (caller, principal, ends_at, spent, given)
    values (${caller}, ${principal}, clock_timestamp() + make_interval(secs => ${budgetSpan}), ${first}, ${first})
    on conflict (caller, principal) do update set
      ends_at = case when ${over} then excluded.ends_at else own.ends_at end,
      spent = case when ${over} then excluded.spent else own.spent + ${next} end,
      given = case when ${over} then excluded.given else ${next} end
    returning given, spent, extract(epoch from ends_at - clock_timestamp()) * 1000 as ends_in`);
  return { given: Number(row?.given), left: Math.max(0, budget - Number(row?.spent)), endsIn: Math.max(0, Number(row?.ends_in)) };
}

/** Forgets budgets that are over; how many. */
export async function forgetBudgets(db: Db): Promise<number> {
  const gone = await db.execute(sql`delete from log.budget where ends_at < clock_timestamp() - interval '1 hour' returning 1`);
  return gone.length;
}
