import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { type Draft, decisionContext, openDraft } from '#kernel/draft.ts';
import type { FactInput } from '#kernel/facts.ts';
import { begin, type Transition } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { and, eq, inArray, isNull } from '#kernel/sql.ts';
import { write } from '#kernel/write.ts';
import { actual } from '../entities.ts';
import { type ActualSnapshot, facts } from '../published.ts';
import { accrualBooks, type Ended, endAccruals } from '../revenue/accrual.ts';
import { type ActualRow, actuals, isCost } from '../tables.ts';
import { type ActualStatus, actualMachine } from './machine.ts';

/** What a draft leaves out. */
const unsaid = {
  pricingRevision: 1,
  part: 1,
  billable: true,
  holdCode: null,
  holdReason: null,
  taskId: null,
  employeeId: null,
  laborCategoryId: null,
  expenseCategory: null,
  seconds: null,
  description: null,
  invoiceId: null,
  invoiceLineId: null,
  reversesId: null,
  reversedById: null,
  reason: null,
  accrualEventId: null,
  counterpartId: null,
  intercompanyChargeId: null,
  subcontractLineId: null,
};

type Unsaid = keyof typeof unsaid;
type Kept = 'status' | 'version' | 'createdAt' | 'updatedAt';

/** A line to be added to the ledger. */
export type ActualDraft = Omit<ActualRow, Unsaid | Kept> & Partial<Pick<ActualRow, Unsaid>> & { status: Exclude<ActualStatus, 'ON_INVOICE'> };

/** What writes lines of the ledger, and takes back what was accrued of those that go. */
export const entering = [...accrualBooks, actual] as const;

/** Lines that come, and lines that go: on which day of the books, and why. */
export type Entered = { drafts: readonly ActualDraft[]; reversals?: readonly Reversal[] };
export type Reversal = { actual: ActualRow; accountingDate: CalendarDate; reason: string };

/** Takes locked lines back by opposite ones and adds others in their place. Whoever posts holds the sources: nobody else posts the same meanwhile. */
export function enter(draft: Draft, { drafts, reversals = [] }: Entered): { added: ActualRow[]; opposing: ActualRow[] } {
  const opposing = reversals.map(({ actual: row, ...reversing }) => oppose(draft, row, reversing));
  endAccruals(
    draft,
    reversals.flatMap(({ actual: row, accountingDate, reason }) => endedBy(row, { accountingDate, reason })),
  );
  const added = drafts.map(({ status, ...given }) => draft.insertInstead(actual, { ...unsaid, ...given }, begin(actualMachine, status)));
  for (const row of added) draft.state(facts.ActualPosted, { ...aboutActual(row), payload: snapshotOf(row) });
  return { added, opposing };
}

/** The same for what processes and other systems bring, in one write of its own. */
export async function enterAll(scope: Scope, entered: Entered): Promise<{ added: ActualRow[]; opposing: ActualRow[] }> {
  const draft = openDraft(decisionContext(scope));
  const rows = enter(draft, entered);
  await write(scope, entering, draft.done('').effects);
  return rows;
}

type Reversing = { accountingDate: CalendarDate; reason: string; by?: Transition<ActualStatus>; invoiceId?: string; invoiceLineId?: string | null };

/** Takes one actual back, with what was accrued of it. */
export function takeBack(draft: Draft, row: ActualRow, reversing: Reversing): ActualRow {
  const opposing = oppose(draft, row, reversing);
  endAccruals(draft, endedBy(row, reversing));
  return opposing;
}

/** What was billed is accrued no more. */
function endedBy(row: ActualRow, { accountingDate, reason }: Reversing): Ended[] {
  return row.status === 'BILLED' ? [] : [{ actual: row, date: accountingDate, why: reason }];
}

/** Takes an actual back by an opposite one, and states ActualReversed. What was billed is taken back by what is billed, on the credit note. */
function oppose(draft: Draft, row: ActualRow, { accountingDate, reason, by, invoiceId, invoiceLineId }: Reversing): ActualRow {
  const { id: reversesId, version: _, createdAt: __, updatedAt: ___, status, ...same } = row;
  const opposite = { seconds: row.seconds === null ? null : -row.seconds, amountMinor: -row.amountMinor };
  const onInvoice = { invoiceId: invoiceId ?? null, invoiceLineId: invoiceLineId ?? null };
  const fields = {
    ...same,
    ...opposite,
    ...onInvoice,
    accountingDate,
    reason,
    reversesId,
    reversedById: null,
    holdCode: null,
    holdReason: null,
    accrualEventId: null,
    intercompanyChargeId: null,
  };
  const opposing = draft.insert(actual, fields, begin(actualMachine, status === 'BILLED' ? 'BILLED' : 'READY'));
  const reversed = draft.update(actual, row, { changes: { reversedById: opposing.id }, ...(by ? { by } : {}) });
  draft.state(facts.ActualReversed, { ...aboutActual(reversed), payload: { ...snapshotOf(row), reversalActualId: opposing.id, reason } });
  return opposing;
}

/** What still counts of sources, locked in the order of their ids: neither reversed nor a reversal. */
export function lockCounting(scope: Scope, sourceType: ActualRow['sourceType'], sourceIds: readonly string[]): Promise<ActualRow[]> {
  return scope.tx
    .select()
    .from(actuals)
    .where(and(eq(actuals.sourceType, sourceType), inArray(actuals.sourceId, [...sourceIds]), isNull(actuals.reversesId), isNull(actuals.reversedById)))
    .orderBy(actuals.id)
    .for('update');
}

/** The subject, the keys and the origin of a fact about an actual. */
export function aboutActual(actual: ActualRow): Pick<FactInput<unknown>, 'subject' | 'keys' | 'source'> {
  const { id, version, sourceId, customerId, engagementId, projectId, employeeId, legalEntityId } = actual;
  return { subject: { id, version }, source: sourceId, keys: { customerId, engagementId, projectId, employeeId, legalEntityId } };
}

/** A cost's amount stays out of the log, which more people read than may see costs. */
export function snapshotOf(actual: ActualRow): ActualSnapshot {
  const { id, kind, status, customerId, engagementId, projectId, contractId, employeeId, workDate, seconds, amountMinor, currency, sourceType, sourceId } =
    actual;
  return {
    actualId: id,
    kind,
    status,
    customerId,
    engagementId,
    projectId,
    contractId,
    employeeId,
    workDate,
    hours: seconds === null ? null : hoursOfSeconds(seconds),
    amount: isCost(actual) ? null : showMoney({ minor: amountMinor, currency }),
    sourceType,
    sourceId,
  };
}
