import { sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { Draft } from '#kernel/draft.ts';
import { newId } from '#kernel/ids.ts';
import { rowsWhere } from '#kernel/read.ts';
import { invoiceNumber, type Series, seriesKey } from '../billing/number.ts';
import { invoiceSequence } from '../entities.ts';
import { type InvoiceSequenceRow, invoiceSequences } from '../tables.ts';

/** The last numbers given, by series. */
export type LoadedSeries = Map<string, InvoiceSequenceRow>;

/** Locks series until the transaction ends, so that numbers have no gap: a rollback gives them back. A new series begins at none. */
export async function lockSeries(scope: Scope, wanted: readonly Series[]): Promise<LoadedSeries> {
  const series = [...new Map(wanted.map((each) => [seriesKey(each), each])).values()];
  if (series.length === 0) return new Map();
  const rows = series.map(({ legalEntityId, kind, year }) => ({ id: newId(scope.now.getTime()), legal_entity_id: legalEntityId, kind, year }));
  const named = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as series(id uuid, legal_entity_id uuid, kind text, year integer)`;
  await scope.tx.execute(sql`
    insert into ${invoiceSequences} (id, version, created_at, updated_at, legal_entity_id, kind, year, last)
    select id, 1, ${scope.now.toISOString()}, ${scope.now.toISOString()}, legal_entity_id, kind, year, 0 from ${named} order by legal_entity_id, kind, year
    on conflict do nothing`);
  const locked = await rowsWhere(
    scope.tx,
    invoiceSequences,
    sql`(legal_entity_id, kind, year) in (select legal_entity_id, kind, year from ${named}) order by legal_entity_id, kind, year for update`,
  );
  return new Map(locked.map((row) => [seriesKey(row), row]));
}

/** What a paper says of its number, and where it stands in its series. */
export type Numbered = { number: string; numberYear: number; numberSequence: number };

/** Takes the next number of a series. */
export function takeNumber(draft: Draft, series: LoadedSeries, { of, entityCode }: { of: Series; entityCode: string }): Numbered {
  const before = series.get(seriesKey(of));
  if (!before) throw new Error('a series that was not locked');
  const row = draft.update(invoiceSequence, before, { changes: { last: before.last + 1 } });
  return { number: invoiceNumber(entityCode, of, row.last), numberYear: of.year, numberSequence: row.last };
}
