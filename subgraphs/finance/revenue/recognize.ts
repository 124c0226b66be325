import type { RecognizeRevenueEventInput, RevenueEventActionInput, ReverseRevenueEventInput, UpdateRevenueEventInput } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText, given } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { lockRow, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { revenueEntry } from '../billing/entries.ts';
import { holdPeriods } from '../journal/periods.ts';
import { postEntries, reverseEntries } from '../journal/post.ts';
import { demandSeen } from '../known.ts';
import { journalEntries, type RevenueEventRow, revenueEvents } from '../tables.ts';
import { type RevenueEventStatus, revenueEventMachine } from './machine.ts';
import { tellRecognized } from './tell.ts';

type Wanted = { id: string; expectedVersion?: number | null | undefined };

/** Changes a SCHEDULED event. */
export async function updateRevenueEvent(scope: Scope, input: UpdateRevenueEventInput): Promise<RevenueEventRow> {
  const before = await lockEvent(scope, input);
  take(scope, before, 'update');
  const { recognitionDate, description, amount } = input;
  if (description !== undefined) checkText('description', description);
  const money = amount ? readMoney(amount, 'amount') : undefined;
  if (money && money.currency !== before.currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${before.currency}.`, { field: 'amount' });
  if (money?.minor === 0n) throw new Refused('VALIDATION_FAILED', 'The amount is not zero. Cancel the event instead.', { field: 'amount' });
  const byHand = money ? { amountMinor: money.minor, explanation: `${before.explanation} Changed by hand.`.slice(0, 1000) } : {};
  return saveRow(scope, revenueEvents, { row: before, changes: { ...given({ recognitionDate, description }), ...byHand } });
}

/** Performs an action that only moves the event on. */
export function revenueEventAction(action: 'submit' | 'cancel') {
  return async (scope: Scope, input: RevenueEventActionInput): Promise<RevenueEventRow> => {
    const before = await lockEvent(scope, input);
    return saveRow(scope, revenueEvents, { row: before, changes: { status: take(scope, before, action) } });
  };
}

/** PENDING_APPROVAL to RECOGNIZED, with its entry in the books. */
export async function recognizeRevenueEvent(scope: Scope, input: RecognizeRevenueEventInput): Promise<RevenueEventRow> {
  const before = await lockEvent(scope, input);
  const recognitionDate = input.recognitionDate ?? before.recognitionDate;
  const status = take(scope, { ...before, recognitionDate }, 'recognize');
  await demandOpen(scope, { event: before, date: recognitionDate, field: 'recognitionDate' });
  const { legalEntityId, customerId, amountMinor, id, description } = before;
  const about = { legalEntityId, customerId, revenueEventId: id, postingDate: recognitionDate, description: `Revenue: ${description}`.slice(0, 255) };
  const [entry] = await postEntries(scope, [{ ...about, source: 'REVENUE', lines: revenueEntry(before, amountMinor) }]);
  const event = await saveRow(scope, revenueEvents, { row: before, changes: { status, recognitionDate, journalEntryId: entry?.id ?? null } });
  await tellRecognized(scope, [event]);
  return event;
}

/** RECOGNIZED to REVERSED, by the opposite entry. */
export async function reverseRevenueEvent(scope: Scope, input: ReverseRevenueEventInput): Promise<RevenueEventRow> {
  const before = await lockEvent(scope, input);
  const status = take(scope, before, 'reverse');
  const postingDate = input.reversedOn ?? before.recognitionDate;
  await demandOpen(scope, { event: before, date: postingDate, field: 'reversedOn' });
  const entryId = before.journalEntryId ?? '';
  const original = (await rowsById(scope.tx, journalEntries, [entryId])).get(entryId);
  if (!original) throw notFound('JournalEntry', entryId);
  await reverseEntries(scope, [{ original, postingDate }]);
  return saveRow(scope, revenueEvents, { row: before, changes: { status } });
}

async function lockEvent(scope: Scope, input: Wanted): Promise<RevenueEventRow> {
  const event = await lockRow(scope, revenueEvents, { entity: 'RevenueEvent', ...input });
  demandSeen(scope, { entity: 'RevenueEvent', id: event.id, customerId: event.customerId });
  return event;
}

function take(scope: Scope, event: RevenueEventRow, action: ActionName<typeof revenueEventMachine>): RevenueEventStatus {
  return stepTo(revenueEventMachine, { subject: { ...event, today: dateOf(scope.now) }, action, actor: scope.actor });
}

async function demandOpen(scope: Scope, { event, date, field }: { event: RevenueEventRow; date: CalendarDate; field: string }): Promise<void> {
  const day = { legalEntityId: event.legalEntityId, date };
  const closed = (await holdPeriods(scope, [day]))(day, field);
  if (closed) throw closed;
}
