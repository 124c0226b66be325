import type { RecognizeRevenueEventInput, RevenueEventActionInput, ReverseRevenueEventInput, UpdateRevenueEventInput } from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { type ActionName, step } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf, demandNotBefore } from '#kernel/period.ts';
import { demandNamed, lockRows, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { type EntryLine, revenueEntry } from '../billing/entries.ts';
import { revenueEvent } from '../entities.ts';
import { bookEntry, books, undoEntry } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type JournalEntryRow, journalEntries, type RevenueEventRow, revenueEvents } from '../tables.ts';
import { stateRecognized } from './facts.ts';
import { revenueEventMachine } from './machine.ts';

type Asked = { id: string; expectedVersion?: number | null | undefined };
type Loaded = { events: ReadonlyMap<string, RevenueEventRow> };
type Booked = Loaded & { periods: PeriodJudge };

/** Changes a SCHEDULED event. */
export const updateRevenueEvent: Command<UpdateRevenueEventInput, Loaded> = {
  may: revenueEventMachine.actions.update.may,
  entities: [revenueEvent],
  load,
  decide: (loaded, input, context) => {
    const before = demandEvent(loaded, input, context.actor);
    const by = stepOf(before, 'update', context);
    const { recognitionDate, description, amount } = input;
    if (recognitionDate === null) throw new Refused('VALIDATION_FAILED', 'recognitionDate must not be null.', { field: 'recognitionDate' });
    const text = description === undefined ? undefined : checkText('description', description);
    const money = amount ? readMoney(amount, 'amount') : undefined;
    if (money && money.currency !== before.currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${before.currency}.`, { field: 'amount' });
    if (money?.minor === 0n) throw new Refused('VALIDATION_FAILED', 'The amount is not zero. Cancel the event instead.', { field: 'amount' });
    const byHand = money ? { amountMinor: money.minor, explanation: `${before.explanation} Changed by hand.`.slice(0, 1000) } : {};
    const draft = openDraft(context);
    return draft.done(draft.update(revenueEvent, before, { changes: { recognitionDate, description: text, ...byHand }, by }).id);
  },
};

/** Performs an action that only moves the event on. */
export function revenueEventAction(action: 'submit' | 'cancel'): Command<RevenueEventActionInput, Loaded> {
  return {
    may: revenueEventMachine.actions[action].may,
    entities: [revenueEvent],
    load,
    decide: (loaded, input, context) => {
      const before = demandEvent(loaded, input, context.actor);
      const draft = openDraft(context);
      return draft.done(draft.update(revenueEvent, before, { by: stepOf(before, action, context) }).id);
    },
  };
}

/** PENDING_APPROVAL to RECOGNIZED, with its entry in the books. */
export const recognizeRevenueEvent: Command<RecognizeRevenueEventInput, Booked> = {
  may: revenueEventMachine.actions.recognize.may,
  entities: [...books, revenueEvent],
  load: (scope, items) => loadBooked(scope, items, (item) => item.recognitionDate),
  decide: (loaded, input, context) => {
    const before = demandEvent(loaded, input, context.actor);
    const recognitionDate = input.recognitionDate ?? before.recognitionDate;
    const by = stepOf({ ...before, recognitionDate }, 'recognize', context);
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: recognitionDate }, 'recognitionDate');
    const { legalEntityId, customerId, amountMinor, id, description } = before;
    const draft = openDraft(context);
    const about = { legalEntityId, customerId, revenueEventId: id, postingDate: recognitionDate, description: `Revenue: ${description}`.slice(0, 255) };
    const entry = bookEntry(draft, { ...about, source: 'REVENUE', lines: revenueEntry(before, amountMinor) });
    const event = draft.update(revenueEvent, before, { changes: { recognitionDate, journalEntryId: entry.id }, by });
    stateRecognized(draft, event);
    return draft.done(event.id);
  },
};

type Reversing = Booked & { entries: ReadonlyMap<string, JournalEntryRow>; lines: ReadonlyMap<string, readonly EntryLine[]> };

/** RECOGNIZED to REVERSED, by the opposite entry. */
export const reverseRevenueEvent: Command<ReverseRevenueEventInput, Reversing> = {
  may: revenueEventMachine.actions.reverse.may,
  entities: [...books, revenueEvent],
  load: async (scope, items) => {
    const loaded = await loadBooked(scope, items, (item) => item.reversedOn);
    const entryIds = [...loaded.events.values()].flatMap((event) => event.journalEntryId ?? []);
    const entries = await lockRows(scope, journalEntries, entryIds);
    return { ...loaded, entries, lines: await linesOfEntries(scope.tx, [...entries.keys()]) };
  },
  decide: (loaded, input, context) => {
    const before = demandEvent(loaded, input, context.actor);
    const by = stepOf(before, 'reverse', context);
    const postingDate = input.reversedOn ?? before.recognitionDate;
    demandNotBefore({ date: postingDate, field: 'reversedOn' }, { date: before.recognitionDate, what: 'the recognition' });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: postingDate }, 'reversedOn');
    const original = loaded.entries.get(before.journalEntryId ?? '');
    if (!original) throw notFound('JournalEntry', before.journalEntryId ?? '');
    const draft = openDraft(context);
    undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate });
    return draft.done(draft.update(revenueEvent, before, { by }).id);
  },
};

async function load(scope: Scope, items: readonly Asked[]): Promise<Loaded> {
  return {
    events: await lockRows(
      scope,
      revenueEvents,
      items.map((item) => item.id),
    ),
  };
}

/** With the periods of the days on which entries are to be posted: the input's, else the event's own. */
async function loadBooked<Item extends Asked>(scope: Scope, items: readonly Item[], dayOf: (item: Item) => CalendarDate | null | undefined): Promise<Booked> {
  const { events } = await load(scope, items);
  const days = items.flatMap((item) => {
    const event = events.get(item.id);
    return event ? [{ legalEntityId: event.legalEntityId, date: dayOf(item) ?? event.recognitionDate }] : [];
  });
  return { events, periods: await holdPeriods(scope, days) };
}

function demandEvent({ events }: Loaded, { id, expectedVersion }: Asked, actor: Actor): RevenueEventRow {
  return demandNamed(events, { entity: revenueEvent.name, id, expectedVersion }, (event) => sees(actor, event));
}

function stepOf<A extends ActionName<typeof revenueEventMachine>>(event: RevenueEventRow, action: A, { actor, now }: DecisionContext) {
  return step(revenueEventMachine, { subject: { ...event, today: dateOf(now) }, action, actor });
}
