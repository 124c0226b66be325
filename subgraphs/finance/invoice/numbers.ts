import type { Scope } from '#kernel/context.ts';
import type { Draft } from '#kernel/draft.ts';
import { rowsWhere } from '#kernel/read.ts';
import { lockMaking } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { invoiceNumber, type Series, seriesKey } from '../billing/number.ts';
import { invoiceSequence } from '../entities.ts';
import { type InvoiceSequenceRow, invoiceSequences } from '../tables.ts';

/** The last numbers given, by series. */
export type LoadedSeries = Map<string, InvoiceSequenceRow>;

/**
 * Locks series until the transaction ends, so that numbers have no gap: a rollback gives them back. A series that nothing has a number of has no row yet;
 * who gives its first number goes alone.
 */
export async function lockSeries(scope: Scope, wanted: readonly Series[]): Promise<LoadedSeries> {
  const series = [...new Map(wanted.map((each) => [seriesKey(each), each])).values()];
  const loaded = await lockRowsOf(scope, series);
  const fresh = series.filter((each) => !loaded.has(seriesKey(each)));
  if (fresh.length === 0) return loaded;
  await lockMaking(
    scope,
    fresh.map((each) => ({ kind: 'finance invoice series', id: seriesKey(each) })),
  );
  return new Map([...loaded, ...(await lockRowsOf(scope, fresh))]);
}

async function lockRowsOf(scope: Scope, series: readonly Series[]): Promise<LoadedSeries> {
  if (series.length === 0) return new Map();
  const rows = series.map(({ legalEntityId, kind, year }) => ({ legal_entity_id: legalEntityId, kind, year }));
  const named = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as series(legal_entity_id uuid, kind text, year integer)`;
  const locked = await rowsWhere(
    scope.tx,
    invoiceSequences,
    sql`(legal_entity_id, kind, year) in (select legal_entity_id, kind, year from ${named}) order by legal_entity_id, kind, year for update`,
  );
  return new Map(locked.map((row) => [seriesKey(row), row]));
}

/** What a paper says of its number, and where it stands in its series. */
export type Numbered = { number: string; numberYear: number; numberSequence: number };

/** Takes the next number of a series that was locked; the first one begins it. */
export function takeNumber(draft: Draft, series: LoadedSeries, { of, entityCode }: { of: Series; entityCode: string }): Numbered {
  const before = series.get(seriesKey(of));
  const row = before ? draft.update(invoiceSequence, before, { changes: { last: before.last + 1 } }) : draft.insert(invoiceSequence, { ...of, last: 1 });
  return { number: invoiceNumber(entityCode, of, row.last), numberYear: of.year, numberSequence: row.last };
}
