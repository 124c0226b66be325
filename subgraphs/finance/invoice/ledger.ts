import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { actuals, type InvoiceLineRow, type InvoiceRow } from '../tables.ts';

/** What a copy of an actual keeps of the original. */
const kept = sql.raw(`transaction_class, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id,
  project_id, task_id, employee_id, labor_category_id, work_date, currency, description, price_explanation`);

/** Ids for copies that the database writes: a UUIDv7 each, made here since PostgreSQL has none before 18. */
const idsFor = (scope: Scope, originals: readonly unknown[]) => sql.param(originals.map(() => newId(scope.now.getTime())));

/** ON_INVOICE becomes BILLED, and each gets its BILLED_SALES twin, dated in the books by its invoice. */
export async function billActuals(scope: Scope, posted: readonly InvoiceRow[]): Promise<void> {
  const billed = await move(scope, posted, { from: 'ON_INVOICE', set: sql`status = 'BILLED'` });
  await copy(scope, billed, {
    columns: sql`kind, status, accounting_date, seconds, amount_minor, invoice_id, invoice_line_id`,
    values: sql`'BILLED_SALES', 'BILLED', (select invoice_date from finance.invoice where invoice.id = original.invoice_id), seconds, amount_minor, invoice_id, invoice_line_id`,
  });
}

/** ON_INVOICE is READY again; the invoice's lines let go of their actuals. */
export async function releaseActuals(scope: Scope, cancelled: readonly InvoiceRow[]): Promise<void> {
  await move(scope, cancelled, { from: 'ON_INVOICE', set: sql`status = 'READY', invoice_id = null, invoice_line_id = null` });
}

type Credit = { invoice: InvoiceRow; creditNoteId: string; on: CalendarDate; lines: readonly { original: InvoiceLineRow; credit: { id: string } }[] };

/** What was billed is taken back by opposite actuals on the credit note, and stands READY again as new ones. */
export async function creditActuals(scope: Scope, { invoice, creditNoteId, on, lines }: Credit): Promise<void> {
  const billed = await scope.tx
    .select({ id: actuals.id, kind: actuals.kind })
    .from(actuals)
    .where(
      and(eq(actuals.invoiceId, invoice.id), inArray(actuals.kind, ['UNBILLED_SALES', 'BILLED_SALES']), sql`reverses_id is null and reversed_by_id is null`),
    )
    .orderBy(actuals.id)
    .for('update');
  const ids = billed.map((row) => row.id);
  const from = sql.param(lines.map((line) => line.original.id));
  const to = sql.param(lines.map((line) => line.credit.id));
  const line = sql`(select credit_id from unnest(${from}::uuid[], ${to}::uuid[]) as line(original_id, credit_id) where original_id = original.invoice_line_id)`;
  await copy(scope, ids, {
    columns: sql`kind, status, accounting_date, seconds, amount_minor, invoice_id, invoice_line_id, reverses_id, reason`,
    values: sql`kind, 'BILLED', ${on}::date, -seconds, -amount_minor, ${creditNoteId}::uuid, ${line}, original.id, ${`Credited with ${invoice.number}`}`,
  });
  await scope.tx.execute(sql`
    update finance.actual original set reversed_by_id = reversal.id, version = original.version + 1, updated_at = ${scope.now.toISOString()}
    from finance.actual reversal where reversal.reverses_id = original.id and original.id = any(${sql.param(ids)}::uuid[])`);
  await copy(
    scope,
    billed.filter((row) => row.kind === 'UNBILLED_SALES').map((row) => row.id),
    { columns: sql`kind, status, accounting_date, seconds, amount_minor`, values: sql`'UNBILLED_SALES', 'READY', ${on}::date, seconds, amount_minor` },
  );
}

async function move(scope: Scope, owners: readonly InvoiceRow[], { from, set }: { from: string; set: SQL }): Promise<string[]> {
  const invoiceIds = sql.param(owners.map((invoice) => invoice.id));
  const moved = await scope.tx.execute(sql`
    update finance.actual set ${set}, version = version + 1, updated_at = ${scope.now.toISOString()}
    where invoice_id = any(${invoiceIds}::uuid[]) and kind = 'UNBILLED_SALES' and status = ${from} returning id`);
  return moved.map((row) => String(row.id));
}

async function copy(scope: Scope, ids: readonly string[], { columns, values }: { columns: SQL; values: SQL }): Promise<void> {
  if (ids.length === 0) return;
  const now = scope.now.toISOString();
  await scope.tx.execute(sql`
    insert into finance.actual (id, version, created_at, updated_at, ${columns}, ${kept})
    select copy_id, 1, ${now}, ${now}, ${values}, ${kept}
    from finance.actual original join unnest(${sql.param([...ids])}::uuid[], ${idsFor(scope, ids)}::uuid[]) as copies(original_id, copy_id) on original_id = original.id`);
}
