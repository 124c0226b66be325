import { sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { type Series, seriesKey } from '../billing/number.ts';

/** The next number of each one's series, in their order. Others wait for the series until we commit; a rollback gives the numbers back. */
export async function nextNumbers<Paper extends { series: Series }>(scope: Scope, wanted: readonly Paper[]): Promise<(Paper & { sequence: number })[]> {
  if (wanted.length === 0) return [];
  const counts = new Map<string, Series & { n: number }>();
  for (const { series } of wanted) {
    const key = seriesKey(series);
    counts.set(key, { ...series, n: (counts.get(key)?.n ?? 0) + 1 });
  }
  const rows = [...counts.values()].map(({ legalEntityId, kind, year, n }) => ({ legal_entity_id: legalEntityId, kind, year, last: n }));
  const taken = await scope.tx.execute(sql`
    insert into finance.invoice_sequence as series (legal_entity_id, kind, year, last)
    select legal_entity_id, kind, year, last from jsonb_populate_recordset(null::finance.invoice_sequence, ${JSON.stringify(rows)}::jsonb) order by legal_entity_id, kind, year
    on conflict (legal_entity_id, kind, year) do update set last = series.last + excluded.last returning legal_entity_id, kind, year, last`);
  const next = new Map(
    taken.map((row) => {
      const key = `${row.legal_entity_id} ${row.kind} ${row.year}`;
      return [key, Number(row.last) - (counts.get(key)?.n ?? 0)];
    }),
  );
  return wanted.map((paper) => {
    const key = seriesKey(paper.series);
    const sequence = (next.get(key) ?? 0) + 1;
    next.set(key, sequence);
    return { ...paper, sequence };
  });
}
