import { inArray } from 'drizzle-orm';
import type { RecordExpenseItem, UpdateExpenseInput } from '#generated/time.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { isId, newId } from '#kernel/ids.ts';
import { checkText, given } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { readNotes } from '../entry/record.ts';
import { billableByDefault, judged, type Surroundings, surroundingsOf } from '../surroundings.ts';
import { type ExpenseItemRow, expenses, externalRefs } from '../tables.ts';
import { lockCreation } from '../timesheet/sheet.ts';
import { addRows, writeRows } from '../write.ts';
import { expenseMachine } from './machine.ts';
import type { ExpenseCategory } from './policy.ts';

/** An expense as somebody wants it recorded; undefined where nothing is said. */
export type Wanted = {
  ref?: ExternalRefInput | undefined;
  employeeId: string;
  projectId: string;
  taskId: string | null;
  category: ExpenseCategory;
  workDate: CalendarDate;
  amountMinor: bigint;
  currency: string;
  notes: string | null;
  billable?: boolean | undefined;
  receiptChecksum: string | null;
  receiptUrl: string | null;
};

type Draft = { wanted: Wanted; expenseId?: string | undefined };
type Known = {
  surroundings: Surroundings;
  rows: Map<string, ExpenseItemRow>;
  idsByRef: Map<string, string>;
  idsByReceipt: Map<string, string>;
  added: Set<string>;
  changed: Set<string>;
};

/** Records expenses as DRAFT: about twelve statements, however many. Known and unchanged items change nothing. */
export async function recordExpenses(scope: Scope, items: readonly RecordExpenseItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'expense:write');
  return recordDrafts(scope, items.map(wantedOf));
}

/** Changes a DRAFT expense; the guards of recording judge it again. */
export async function updateExpense(scope: Scope, before: ExpenseItemRow, input: UpdateExpenseInput): Promise<void> {
  const moved = typeof input.projectId === 'string' && input.projectId !== before.projectId;
  const amount = input.amount ? readAmount(input.amount) : { amountMinor: before.amountMinor, currency: before.currency };
  const wanted: Wanted = {
    employeeId: before.employeeId,
    projectId: input.projectId ?? before.projectId,
    taskId: input.taskId === undefined ? (moved ? null : before.taskId) : input.taskId,
    category: input.category ?? before.category,
    workDate: input.workDate ?? before.workDate,
    ...amount,
    notes: input.notes === undefined ? before.notes : readNotes(input.notes),
    billable: input.billable ?? undefined,
    receiptChecksum: input.receiptChecksum === undefined ? before.receiptChecksum : readChecksum(input.receiptChecksum),
    receiptUrl: input.receiptUrl === undefined ? before.receiptUrl : readUrl(input.receiptUrl),
  };
  const [outcome] = await recordDrafts(scope, [{ wanted, expenseId: before.id }]);
  if (outcome && 'refused' in outcome) throw outcome.refused;
}

async function recordDrafts(scope: Scope, drafts: readonly (Draft | Refused)[]): Promise<Outcome[]> {
  const known = await prefetch(
    scope,
    drafts.flatMap((draft) => (draft instanceof Refused ? [] : [draft])),
  );
  const links: { entityId: string; refs: ExternalRefInput[] }[] = [];
  const outcomes = drafts.map((draft): Outcome => {
    if (draft instanceof Refused) return { refused: draft };
    try {
      const { id } = recordOne(scope, known, draft);
      const { ref } = draft.wanted;
      if (ref && !known.idsByRef.has(externalKey(ref))) {
        known.idsByRef.set(externalKey(ref), id);
        links.push({ entityId: id, refs: [ref] });
      }
      return { id };
    } catch (error) {
      return { refused: asRefused(error) };
    }
  });
  const rows = (ids: Set<string>) => [...ids].flatMap((id) => known.rows.get(id) ?? []);
  await addRows(scope, expenses, rows(known.added));
  await writeRows(scope, expenses, { rows: rows(known.changed) });
  await linkExternalRefs(scope, externalRefs, { entityType: 'ExpenseItem', links });
  return outcomes;
}

function wantedOf(item: RecordExpenseItem): Draft | Refused {
  try {
    const { externalRef: ref, employeeId, projectId, category, workDate } = item;
    if (ref) for (const name of ['system', 'externalId'] as const) checkText(name, ref[name]);
    const where = { employeeId, projectId, taskId: item.taskId ?? null, category, workDate };
    const receipt = { receiptChecksum: readChecksum(item.receiptChecksum), receiptUrl: readUrl(item.receiptUrl) };
    return {
      wanted: { ref: ref ?? undefined, ...where, ...readAmount(item.amount), notes: readNotes(item.notes), billable: item.billable ?? undefined, ...receipt },
    };
  } catch (error) {
    return asRefused(error);
  }
}

function readAmount(input: { amount: string; currency: string }): { amountMinor: bigint; currency: string } {
  const { minor, currency } = readMoney(input, 'amount');
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'An expense must be more than 0.', { field: 'amount' });
  return { amountMinor: minor, currency };
}

function readChecksum(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const checksum = text.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(checksum))
    throw new Refused('VALIDATION_FAILED', 'receiptChecksum must be a SHA-256 in hexadecimal.', { field: 'receiptChecksum' });
  return checksum;
}

function readUrl(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : checkText('receiptUrl', text, 2000);
}

async function prefetch(scope: Scope, drafts: readonly Draft[]): Promise<Known> {
  const wanted = drafts.map((draft) => draft.wanted);
  await lockCreation(scope, 'expense', wanted.map((each) => each.employeeId).filter(isId));
  const idsByRef = await findByExternalRefs(scope, externalRefs, { entityType: 'ExpenseItem', refs: wanted.flatMap((each) => each.ref ?? []) });
  const rows = await lockRows(scope, expenses, [...idsByRef.values(), ...drafts.flatMap((draft) => draft.expenseId ?? [])]);
  const surroundings = await surroundingsOf(scope.tx, wanted);
  const receipts = wanted.flatMap((each) => each.receiptChecksum ?? []);
  const taken = await scope.tx
    .select({ id: expenses.id, checksum: expenses.receiptChecksum })
    .from(expenses)
    .where(inArray(expenses.receiptChecksum, receipts.length > 0 ? receipts : ['']));
  const idsByReceipt = new Map(taken.map(({ id, checksum }) => [checksum ?? '', id]));
  return { surroundings, rows, idsByRef, idsByReceipt, added: new Set(), changed: new Set() };
}

function recordOne(scope: Scope, known: Known, { wanted, expenseId }: Draft): ExpenseItemRow {
  const { ref: _, ...content } = wanted;
  const before = existing(scope, known, expenseId ?? (wanted.ref && known.idsByRef.get(externalKey(wanted.ref))));
  if (before && isSame(before, content)) return before;
  const days = { from: wanted.workDate, to: wanted.workDate };
  const around = judged(known.surroundings, { work: { ...wanted, days }, actor: scope.actor });
  const holder = wanted.receiptChecksum === null ? undefined : known.idsByReceipt.get(wanted.receiptChecksum);
  const receiptTaken = holder !== undefined && holder !== before?.id;
  const subject = { ...around, ...content, status: before?.status ?? 'DRAFT', receiptTaken, approverId: undefined } as const;
  stepTo(expenseMachine, { subject, action: 'update', actor: scope.actor });
  const { customerId, engagementId, legalEntityId } = around.project;
  const kept = before?.projectId === wanted.projectId && before.taskId === wanted.taskId ? before.billable : undefined;
  const row = { ...content, customerId, engagementId, legalEntityId, billable: wanted.billable ?? kept ?? billableByDefault(around) };
  return keep(known, before ? changed(scope, { known, before, content: row }) : { ...created(scope), ...row });
}

function existing(scope: Scope, known: Known, id: string | undefined): ExpenseItemRow | undefined {
  if (!id) return undefined;
  const row = known.rows.get(id);
  if (!row || !seesCustomer(scope.actor, row.customerId)) throw notFound('ExpenseItem', id);
  return row;
}

function isSame(before: ExpenseItemRow, content: Omit<Wanted, 'ref'>): boolean {
  const now: Record<string, unknown> = before;
  return Object.entries(given(content)).every(([name, value]) => now[name] === value);
}

function created(scope: Scope) {
  const open = { submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null, rejectionReason: null, reimbursedAt: null } as const;
  const unposted = { postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null } as const;
  return { id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now, status: 'DRAFT', ...open, ...unposted } as const;
}

function changed(scope: Scope, { known, before, content }: { known: Known; before: ExpenseItemRow; content: Partial<ExpenseItemRow> }): ExpenseItemRow {
  return { ...before, ...content, version: known.added.has(before.id) ? before.version : before.version + 1, updatedAt: scope.now };
}

/** Into the batch: written together at its end, and its receipt is taken for what follows. */
function keep(known: Known, row: ExpenseItemRow): ExpenseItemRow {
  if (!known.rows.has(row.id)) known.added.add(row.id);
  else if (!known.added.has(row.id)) known.changed.add(row.id);
  const held = known.rows.get(row.id)?.receiptChecksum;
  if (held && held !== row.receiptChecksum) known.idsByReceipt.delete(held);
  if (row.receiptChecksum) known.idsByReceipt.set(row.receiptChecksum, row.id);
  known.rows.set(row.id, row);
  return row;
}
