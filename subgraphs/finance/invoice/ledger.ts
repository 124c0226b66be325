import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { aboutActual, snapshotOf } from '../actual/ledger.ts';
import { facts } from '../published.ts';
import { type ActualRow, actuals, type InvoiceLineRow, type InvoiceRow, invoiceLines } from '../tables.ts';

/** What a copy of an actual keeps of the original. */
const kept = sql.raw(`transaction_class, source_type, source_id, source_version, customer_id, engagement_id, contract_id, contract_line_id,
  project_id, task_id, employee_id, labor_category_id, work_date, currency, description, price_explanation`);

/** ON_INVOICE becomes BILLED, and each gets its BILLED_SALES twin, in the books and on the day of its invoice. */
export async function billActuals(scope: Scope, posted: readonly InvoiceRow[]): Promise<void> {
  const billed = await move(scope, posted, { from: 'ON_INVOICE', set: sql`status = 'BILLED'` });
  const twins = await copy(scope, billed, {
    columns: sql`kind, status, legal_entity_id, accounting_date, seconds, amount_minor, invoice_id, invoice_line_id`,
    values: sql`'BILLED_SALES', 'BILLED', (select legal_entity_id from finance.invoice where invoice.id = original.invoice_id),
      (select invoice_date from finance.invoice where invoice.id = original.invoice_id), seconds, amount_minor, invoice_id, invoice_line_id`,
  });
  await tellPosted(scope, twins);
}

/** ON_INVOICE is READY again; the invoice's lines let go of their actuals. */
export async function releaseActuals(scope: Scope, cancelled: readonly InvoiceRow[]): Promise<void> {
  await move(scope, cancelled, { from: 'ON_INVOICE', set: sql`status = 'READY', invoice_id = null, invoice_line_id = null` });
}

type Credit = { invoice: InvoiceRow; creditNoteId: string; on: CalendarDate; lines: readonly { original: InvoiceLineRow; credit: { id: string } }[] };

/** What was billed is taken back by opposite actuals on the credit note, and stands READY again as new ones. */
export async function creditActuals(scope: Scope, credit: Credit): Promise<void> {
  const billed = await lockBilled(scope, credit.invoice);
  const reversals = await takeBack(scope, billed, credit);
  const unbilled = billed.filter((actual) => actual.kind === 'UNBILLED_SALES');
  const again = await copy(
    scope,
    unbilled.map((actual) => actual.id),
    {
      columns: sql`kind, status, legal_entity_id, accounting_date, seconds, amount_minor`,
      values: sql`'UNBILLED_SALES', 'READY', legal_entity_id, ${credit.on}::date, seconds, amount_minor`,
    },
  );
  const reason = reasonOf(credit);
  await record(
    scope,
    facts.ActualReversed,
    billed.map((actual, index) => {
      const about = aboutActual({ ...actual, version: actual.version + 1 });
      return { ...about, payload: { ...snapshotOf(actual), reversalActualId: reversals[index] ?? '', reason } };
    }),
  );
  await tellPosted(scope, again);
}

const reasonOf = ({ invoice }: Credit) => `Credited with ${invoice.number}`;

function lockBilled(scope: Scope, invoice: InvoiceRow): Promise<ActualRow[]> {
  return scope.tx
    .select()
    .from(actuals)
    .where(and(onLinesOf([invoice]), inArray(actuals.kind, ['UNBILLED_SALES', 'BILLED_SALES']), isNull(actuals.reversesId), isNull(actuals.reversedById)))
    .orderBy(actuals.id)
    .for('update');
}

async function takeBack(scope: Scope, billed: readonly ActualRow[], credit: Credit): Promise<string[]> {
  const ids = billed.map((actual) => actual.id);
  const from = sql.param(credit.lines.map((line) => line.original.id));
  const to = sql.param(credit.lines.map((line) => line.credit.id));
  const line = sql`(select credit_id from unnest(${from}::uuid[], ${to}::uuid[]) as line(original_id, credit_id) where line.original_id = original.invoice_line_id)`;
  const reversals = await copy(scope, ids, {
    columns: sql`kind, status, legal_entity_id, accounting_date, seconds, amount_minor, invoice_id, invoice_line_id, reverses_id, reason`,
    values: sql`kind, 'BILLED', legal_entity_id, ${credit.on}::date, -seconds, -amount_minor, ${credit.creditNoteId}::uuid, ${line}, original.id, ${reasonOf(credit)}`,
  });
  await scope.tx.execute(sql`
    update finance.actual set reversed_by_id = pair.reversal_id, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(reversals)}::uuid[]) as pair(original_id, reversal_id) where id = pair.original_id`);
  return reversals;
}

/** By line, since that is what the ledger is indexed by. */
function onLinesOf(owners: readonly InvoiceRow[]): SQL {
  const invoiceIds = sql.param(owners.map((invoice) => invoice.id));
  return sql`invoice_line_id in (select line.id from ${invoiceLines} line where line.invoice_id = any(${invoiceIds}::uuid[]))`;
}

async function move(scope: Scope, owners: readonly InvoiceRow[], { from, set }: { from: string; set: SQL }): Promise<string[]> {
  const moved = await scope.tx.execute(sql`
    update finance.actual set ${set}, version = version + 1, updated_at = ${scope.now.toISOString()}
    where ${onLinesOf(owners)} and kind = 'UNBILLED_SALES' and status = ${from} returning id`);
  return moved.map((row) => String(row.id));
}

/** Copies actuals within the database, and gives the ids of the copies in the order of the originals. */
async function copy(scope: Scope, ids: readonly string[], { columns, values }: { columns: SQL; values: SQL }): Promise<string[]> {
  if (ids.length === 0) return [];
  const copies = ids.map(() => newId(scope.now.getTime()));
  const now = scope.now.toISOString();
  await scope.tx.execute(sql`
    insert into finance.actual (id, version, created_at, updated_at, ${columns}, ${kept})
    select copy_id, 1, ${now}, ${now}, ${values}, ${kept}
    from finance.actual original join unnest(${sql.param([...ids])}::uuid[], ${sql.param(copies)}::uuid[]) as copies(original_id, copy_id) on original_id = original.id`);
  return copies;
}

async function tellPosted(scope: Scope, ids: readonly string[]): Promise<void> {
  const rows = await scope.tx
    .select()
    .from(actuals)
    .where(sql`${actuals.id} = any(${sql.param([...ids])}::uuid[])`)
    .orderBy(actuals.id);
  await record(
    scope,
    facts.ActualPosted,
    rows.map((actual) => ({ ...aboutActual(actual), payload: snapshotOf(actual) })),
  );
}
