import type { RecordExpenseItem, UpdateExpenseInput } from '#generated/time.ts';
import type { Meant } from '#kernel/byReference.ts';
import { Refused } from '#kernel/errors.ts';
import { checkRef, type ExternalRefInput } from '#kernel/external.ts';
import { checkLink, given } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { readNotes } from '../entry/wanted.ts';
import type { ExpenseItemRow } from '../tables.ts';
import type { ExpenseCategory } from './policy.ts';

/** An item, whoever named what it points to. */
export type SpentItem = Meant<RecordExpenseItem, 'employee' | 'project', 'task'>;

/** What somebody wants an expense to say; undefined where nothing is said. */
export type Content = {
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
export type Wanted = { ref?: ExternalRefInput | undefined; expenseId?: string | undefined; content: Content };

/** What an item of a recording wants. */
export function wantedOf(item: SpentItem): Wanted {
  const { externalRef: ref, employeeId, projectId, category, workDate } = item;
  if (ref) checkRef(ref);
  const where = { employeeId, projectId, taskId: item.taskId ?? null, category, workDate };
  const receipt = { receiptChecksum: readChecksum(item.receiptChecksum), receiptUrl: readUrl(item.receiptUrl) };
  const content = { ...where, ...readAmount(item.amount), notes: readNotes(item.notes), billable: item.billable ?? undefined, ...receipt };
  return { ref: ref ?? undefined, content };
}

/** What an update wants of an expense; what it does not say stays. */
export function wantedFrom(before: ExpenseItemRow, input: UpdateExpenseInput): Wanted {
  const moves = typeof input.projectId === 'string' && input.projectId !== before.projectId;
  const amount = input.amount ? readAmount(input.amount) : { amountMinor: before.amountMinor, currency: before.currency };
  const content: Content = {
    employeeId: before.employeeId,
    projectId: input.projectId ?? before.projectId,
    taskId: input.taskId === undefined ? (moves ? null : before.taskId) : input.taskId,
    category: input.category ?? before.category,
    workDate: input.workDate ?? before.workDate,
    ...amount,
    notes: input.notes === undefined ? before.notes : readNotes(input.notes),
    billable: input.billable ?? undefined,
    receiptChecksum: input.receiptChecksum === undefined ? before.receiptChecksum : readChecksum(input.receiptChecksum),
    receiptUrl: input.receiptUrl === undefined ? before.receiptUrl : readUrl(input.receiptUrl),
  };
  return { expenseId: before.id, content };
}

export function isSame(before: ExpenseItemRow, content: Content): boolean {
  const now: Record<string, unknown> = before;
  return Object.entries(given(content)).every(([name, value]) => now[name] === value);
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
  return text === null || text === undefined ? null : checkLink('receiptUrl', text);
}
