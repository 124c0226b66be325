import type { Scope } from '#kernel/context.ts';
import { type Draft, decisionContext, openDraft } from '#kernel/draft.ts';
import { begin, step } from '#kernel/machine.ts';
import { allocate } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { stepSet } from '#kernel/setStep.ts';
import { and, eq, inArray, isNull, type SQL, sql } from '#kernel/sql.ts';
import { write } from '#kernel/write.ts';
import { type ActualDraft, aboutActual, enter, snapshotOf, takeBack } from '../actual/ledger.ts';
import { actualMachine } from '../actual/machine.ts';
import { explainAmount } from '../billing/price.ts';
import { actual, reopenedActual } from '../entities.ts';
import { facts } from '../published.ts';
import { accrualBooks, accruedOf, type Ended, endAccruals } from '../revenue/accrual.ts';
import { type ActualRow, actuals, type InvoiceLineRow, type InvoiceRow, invoiceLines, invoices } from '../tables.ts';

/** Actuals that are billed at a time: what a call takes does not grow with its invoices. */
const bite = 2_000;

/** ON_INVOICE becomes BILLED, and each gets its BILLED_SALES twin, in the books and on the day of its invoice. What was accrued of it is so no more. */
export async function billActuals(scope: Scope, invoiceIds: readonly string[]): Promise<void> {
  if (invoiceIds.length === 0) return;
  const posted = await rowsById(scope.tx, invoices, invoiceIds);
  const { ids, shares } = await toBill(scope, invoiceIds);
  const ended: Ended[] = [];
  for (let start = 0; start < ids.length; start += bite) {
    const where = sql`own.id = any(${sql.param(ids.slice(start, start + bite))}::uuid[])`;
    const billed = await stepSet(scope, actual, { machine: actualMachine, action: 'bill', where });
    const draft = openDraft(decisionContext(scope));
    for (const row of billed) {
      const invoice = posted.get(row.invoiceId ?? '');
      if (!invoice) continue;
      const { legalEntityId, invoiceDate, number } = invoice;
      const amountMinor = shares.get(row.id) ?? row.amountMinor;
      copyActual(draft, { entity: actual, row }, { kind: 'BILLED_SALES', status: 'BILLED', legalEntityId, accountingDate: invoiceDate, amountMinor });
      if (row.accrualEventId) ended.push({ actual: accruedOf(row), date: invoiceDate, why: `Invoice ${number}` });
    }
    await write(scope, [actual], draft.done('').effects);
  }
  const draft = openDraft(decisionContext(scope));
  endAccruals(draft, ended);
  await write(scope, accrualBooks, draft.done('').effects);
}

type ToBill = {
  ids: string[];
  /** What is billed of work on lines with a discount: what it was sold for less its share of that. */
  shares: Map<string, bigint>;
};

/** The actuals on the lines of invoices. Their invoices are locked: nobody takes one off meanwhile. */
async function toBill(scope: Scope, invoiceIds: readonly string[]): Promise<ToBill> {
  const { id, invoiceLineId, amountMinor } = actuals;
  const { discountMinor } = invoiceLines;
  const rows = await scope.tx
    .select({ id, invoiceLineId, amountMinor, discountMinor })
    .from(actuals)
    .innerJoin(invoiceLines, eq(invoiceLines.id, invoiceLineId))
    .where(and(inArray(invoiceLines.invoiceId, [...invoiceIds]), wordIn(actuals.status, ['ON_INVOICE'])))
    .orderBy(id);
  // What takes back earlier work has no share: a discount is at most what the line asks for.
  const discounted = rows.filter((row) => row.discountMinor > 0n && row.amountMinor > 0n);
  const shares = [...Map.groupBy(discounted, (row) => row.invoiceLineId).values()].flatMap((own) => {
    const amounts = own.map((row) => row.amountMinor);
    const off = allocate(own[0]?.discountMinor ?? 0n, amounts);
    return own.map((row, index): [string, bigint] => [row.id, row.amountMinor - (off[index] ?? 0n)]);
  });
  return { ids: rows.map((row) => row.id), shares: new Map(shares) };
}

/** ON_INVOICE is READY again; the invoices' lines let go of their actuals. */
export async function releaseActuals(scope: Scope, invoiceIds: readonly string[]): Promise<void> {
  const set = { invoice_id: sql`null`, invoice_line_id: sql`null` };
  await stepSet(scope, actual, { machine: actualMachine, action: 'takeOff', where: onLinesOf(invoiceIds), set });
}

/** By line, since that is what the ledger is indexed by. */
function onLinesOf(invoiceIds: readonly string[]): SQL {
  return sql`invoice_line_id in (select line.id from ${invoiceLines} line where line.invoice_id = any(${sql.param([...invoiceIds])}::uuid[]))`;
}

/** What was billed with invoices, or conceded with credit notes, and still counts, locked. */
export async function lockBilled(scope: Scope, invoiceIds: readonly string[]): Promise<ActualRow[]> {
  if (invoiceIds.length === 0) return [];
  const billed = wordIn(actuals.kind, ['UNBILLED_SALES', 'BILLED_SALES']);
  return scope.tx
    .select()
    .from(actuals)
    .where(and(onLinesOf(invoiceIds), billed, isNull(actuals.reversesId), isNull(actuals.reversedById)))
    .orderBy(actuals.id)
    .for('update');
}

/** Which entity of time an actual stands for. */
const workTypes: Readonly<Partial<Record<ActualRow['sourceType'], string>>> = { TIMESHEET_ENTRY: 'TimesheetEntry', EXPENSE_ITEM: 'ExpenseItem' };

type Credit = {
  invoice: InvoiceRow;
  noteId: string;
  on: CalendarDate;
  lineIds: ReadonlyMap<string, string>;
  /** Other papers that bill a part of the same work, by source. */
  elsewhere: ReadonlyMap<string, string>;
};

/** What was billed, by the invoice's line, is taken back by opposite actuals on the credit note; work stands READY again as new ones, and may be recalled, unless another paper bills a part of it. */
export function creditActuals(draft: Draft, billed: ReadonlyMap<string, readonly ActualRow[]>, { invoice, noteId, on, lineIds, elsewhere }: Credit): void {
  const { actor } = draft.context;
  const reason = `Credited with ${invoice.number}`;
  for (const [lineId, rows] of billed) {
    for (const row of rows) {
      const by = step(actualMachine, { subject: row, action: 'credit', actor });
      takeBack(draft, row, { accountingDate: on, reason, by, invoiceId: noteId, invoiceLineId: lineIds.get(lineId) ?? null });
    }
  }
  for (const row of [...billed.values()].flat().filter(({ kind }) => kind === 'UNBILLED_SALES')) {
    const workType = workTypes[row.sourceType];
    const forId = elsewhere.get(row.sourceId) ?? null;
    if (workType) draft.claim(workType, row.sourceId, { holder: forId && 'finance', version: row.sourceVersion, forId });
    copyActual(
      draft,
      { entity: reopenedActual, row },
      { kind: 'UNBILLED_SALES', status: 'READY', pricingRevision: row.pricingRevision + 1, accountingDate: on, invoiceId: null, invoiceLineId: null },
    );
  }
}

type Paper = { paper: InvoiceRow; lines: readonly InvoiceLineRow[] };

/** What lines bill without work of their own, or a note gives back for good: what was sold less what was billed is what was given away. */
export function billLines(draft: Draft, { paper, lines }: Paper): void {
  enter(draft, { drafts: lines.map((line) => billedLine(draft, paper, line)) });
}

/** What a line bills, or gives back, without work of its own behind it. */
function billedLine(draft: Draft, paper: InvoiceRow, line: InvoiceLineRow): ActualDraft {
  const { legalEntityId, customerId, engagementId, contractId, invoiceDate, creditReason } = paper;
  const { contractLineId, projectId, laborCategoryId, seconds, amountMinor, currency, supplyEndDate, description } = line;
  const kind = line.kind === 'CORRECTION' || line.kind === 'DISCOUNT' ? 'FEE' : line.kind;
  return {
    ...{ id: draft.context.newId(), kind: 'BILLED_SALES', transactionClass: kind, status: 'BILLED', sourceType: 'INVOICE_LINE', sourceId: line.id },
    ...{ sourceVersion: 1, legalEntityId, customerId, engagementId, contractId, contractLineId, projectId, laborCategoryId, seconds, amountMinor, currency },
    ...{ workDate: supplyEndDate ?? invoiceDate, accountingDate: invoiceDate, description: creditReason ?? description },
    ...{ invoiceId: paper.id, invoiceLineId: line.id, priceExplanation: explainAmount('GIVEN_AMOUNT', currency) },
  };
}

type Copy = Partial<Omit<ActualRow, 'status'>> & { status: 'READY' | 'BILLED' };

/** A new line of the ledger for the same work. */
function copyActual(draft: Draft, { entity, row }: { entity: typeof actual; row: ActualRow }, { status, ...changes }: Copy): void {
  const { id: _, version: __, createdAt: ___, updatedAt: ____, status: _____, ...same } = row;
  const fresh = { holdCode: null, holdReason: null, reversesId: null, reversedById: null, reason: null, accrualEventId: null };
  const copy = draft.insert(entity, { ...same, ...fresh, ...changes, id: draft.context.newId() }, begin(actualMachine, status));
  draft.state(facts.ActualPosted, { ...aboutActual(copy), payload: snapshotOf(copy) });
}
