import type { Db } from '#kernel/db.ts';
import type { Rounding } from '#kernel/decimal.ts';
import { sql } from '#kernel/sql.ts';
import type { LineRates } from '../billing/lines.ts';
import { actuals } from '../tables.ts';

/** What priced the actuals behind each line. A rate in another currency times hours is not the amount: it counts as none. */
export async function ratesIn(db: Db, lineIds: readonly string[]): Promise<Map<string, LineRates>> {
  if (lineIds.length === 0) return new Map();
  const rows = await db.execute<{ id: string; ways: number; rate: string | null; policy: Rounding | null }>(sql`
    select id, count(*)::int as ways, max(rate) as rate, max(policy) as policy from (
      select distinct invoice_line_id as id, case when price_explanation ? 'conversion' then null else price_explanation ->> 'rateMinor' end as rate, price_explanation ->> 'rounding' as policy
      from ${actuals} where invoice_line_id = any(${sql.param([...lineIds])}::uuid[]) and kind = 'UNBILLED_SALES') as way group by id`);
  return new Map(rows.map(({ id, ways, rate, policy }) => [id, { ways, rateMinor: rate === null ? null : BigInt(rate), policy }]));
}
