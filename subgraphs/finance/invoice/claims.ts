import { releaseClaims } from '#kernel/claim.ts';
import type { Scope } from '#kernel/context.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { type ActualRow, actuals } from '../tables.ts';

/** Sales of work on papers other than these: a limit may have split one, so that its parts stand on two. Locked, so that such a paper does not end meanwhile. */
function elsewhere(sourceIds: SQL, invoiceIds: readonly string[]): SQL {
  return sql`select source_id as entity_id, invoice_id as for_id from ${actuals}
    where source_id in (${sourceIds}) and source_type in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM') and kind = 'UNBILLED_SALES' and status in ('ON_INVOICE', 'BILLED')
      and reverses_id is null and reversed_by_id is null and invoice_id <> all(${sql.param([...invoiceIds])}::uuid[]) order by actual.id for share of actual`;
}

/** The work of papers that are no more may be recalled, but for what another paper bills of it. */
export function letGo(scope: Scope, invoiceIds: readonly string[]): Promise<void> {
  return releaseClaims(scope, { holder: 'finance', forIds: invoiceIds, others: (ids) => elsewhere(ids, invoiceIds) });
}

/** Which other paper bills a part of the same work, by source. */
export async function partsElsewhere(scope: Scope, billed: readonly ActualRow[], invoiceIds: readonly string[]): Promise<Map<string, string>> {
  const split = billed.filter(({ priceExplanation }) => priceExplanation.wholeMinor !== undefined);
  if (split.length === 0) return new Map();
  const sourceIds = sql`select unnest(${sql.param(split.map(({ sourceId }) => sourceId))}::uuid[])`;
  const rows = await scope.tx.execute<{ entity_id: string; for_id: string }>(elsewhere(sourceIds, invoiceIds));
  return new Map(rows.map(({ entity_id, for_id }) => [entity_id, for_id]));
}
