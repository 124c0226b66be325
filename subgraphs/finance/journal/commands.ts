import { references as engagements } from '#engagements/published.ts';
import type {
  CreateJournalEntryInput,
  JournalLineInput,
  PostJournalEntryInput,
  ReverseJournalEntryInput,
  UpdateJournalEntryInput,
} from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { demandNotBefore } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { demandNamed, lockRows, type Named, notFound, rowsById } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { differenceOf, type EntryLine } from '../billing/entries.ts';
import { journalEntry, journalLine } from '../entities.ts';
import { type JournalEntryRow, type JournalLineRow, journalEntries, legalEntities } from '../tables.ts';
import { addLines, books, draftEntry, postEntry, undoEntry } from './enter.ts';
import { linesOfEntries } from './lines.ts';
import { journalEntryMachine } from './machine.ts';
import { type BookDay, demandOpen, holdPeriods, type PeriodJudge } from './periods.ts';

/** What the lines of inputs refer to, as far as it exists. */
type Referred = Readonly<Record<'Customer' | 'LegalEntity' | 'Contract' | 'Project', ReadonlySet<string>>>;
type Loaded = { entries: ReadonlyMap<string, JournalEntryRow>; lines: ReadonlyMap<string, JournalLineRow[]>; referred: Referred; periods: PeriodJudge };

/** A DRAFT entry by hand; it may be off balance until it is posted. */
export const createJournalEntry: Command<CreateJournalEntryInput, Loaded> = {
  may: 'journal:write',
  entities: books,
  load: (scope, items) => load(scope, { inputs: items }),
  decide: ({ referred }, input, context) => {
    const { legalEntityId, postingDate, customerId = null } = input;
    const description = checkText('description', input.description);
    if (customerId && (!sees(context.actor, { customerId }) || !referred.Customer.has(customerId))) throw notFound('Customer', customerId, 'customerId');
    if (!customerId && !sees(context.actor, { customerId: null })) throw notFound(journalEntry.name, '');
    demandReferred(referred, 'LegalEntity', { field: 'legalEntityId', ids: [legalEntityId] });
    const lines = readLines(referred, input.lines, legalEntityId);
    const draft = openDraft(context);
    return draft.done(draftEntry(draft, { legalEntityId, postingDate, description, source: 'MANUAL', customerId, lines }).id);
  },
};

/** Changes a DRAFT entry; lines, when given, replace all lines. */
export const updateJournalEntry: Command<UpdateJournalEntryInput, Loaded> = {
  may: journalEntryMachine.actions.update.may,
  entities: books,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id), inputs: items }),
  decide: (loaded, input, context) => {
    const before = demandEntry(loaded, input, context.actor);
    const by = step(journalEntryMachine, { subject: { ...before, difference: undefined }, action: 'update', actor: context.actor });
    const { postingDate, description, lines } = input;
    if (postingDate === null) throw new Refused('VALIDATION_FAILED', 'postingDate must not be null.', { field: 'postingDate' });
    const text = description === undefined ? undefined : checkText('description', description);
    const draft = openDraft(context);
    if (lines) {
      for (const line of loaded.lines.get(before.id) ?? []) draft.remove(journalLine, line);
      addLines(draft, before, readLines(loaded.referred, lines, before.legalEntityId));
    }
    return draft.done(draft.update(journalEntry, before, { changes: { postingDate, description: text }, by }).id);
  },
};

/** DRAFT to POSTED. */
export const postJournalEntry: Command<PostJournalEntryInput, Loaded> = {
  may: journalEntryMachine.actions.post.may,
  entities: books,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id), dayOf: (entry) => entry.postingDate }),
  decide: (loaded, input, context) => {
    const before = demandEntry(loaded, input, context.actor);
    const lines = loaded.lines.get(before.id) ?? [];
    step(journalEntryMachine, { subject: { ...before, difference: differenceOf(lines) }, action: 'post', actor: context.actor });
    demandBooksOpen(loaded, { entry: before, date: before.postingDate });
    const draft = openDraft(context);
    return draft.done(postEntry(draft, { row: before, lines, actor: context.actor }).id);
  },
};

/** Posts the opposite entry and gives it; the original only learns who undid it. */
export const reverseJournalEntry: Command<ReverseJournalEntryInput, Loaded> = {
  may: journalEntryMachine.actions.reverse.may,
  entities: books,
  load: (scope, items) => {
    const dates = new Map(items.map((item) => [item.id, item.postingDate]));
    return load(scope, { ids: items.map((item) => item.id), dayOf: (entry) => dates.get(entry.id) ?? entry.postingDate });
  },
  decide: (loaded, input, context) => {
    const original = demandEntry(loaded, input, context.actor);
    const by = step(journalEntryMachine, { subject: { ...original, difference: undefined }, action: 'reverse', actor: context.actor });
    const postingDate = input.postingDate ?? original.postingDate;
    demandNotBefore({ date: postingDate, field: 'postingDate' }, { date: original.postingDate, what: 'the entry' });
    demandBooksOpen(loaded, { entry: original, date: postingDate });
    const description = input.description ? { description: checkText('description', input.description) } : {};
    const draft = openDraft(context);
    return draft.done(undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate, by, ...description }).id);
  },
};

type Input = { legalEntityId?: string; customerId?: string | null | undefined; lines?: readonly JournalLineInput[] | null | undefined };
type Wanted = { ids?: readonly string[]; inputs?: readonly Input[]; dayOf?: (entry: JournalEntryRow) => string };

/** Entries are locked in the order of their ids, then the periods of the days on which they are to be posted. */
async function load(scope: Scope, { ids = [], inputs = [], dayOf }: Wanted): Promise<Loaded> {
  const entries = await lockRows(scope, journalEntries, ids);
  const lines = await linesOfEntries(scope.tx, [...entries.keys()]);
  const days = dayOf ? [...entries.values()].flatMap((entry) => booksOf(entry, lines).map((legalEntityId) => ({ legalEntityId, date: dayOf(entry) }))) : [];
  return { entries, lines, referred: await loadReferred(scope, inputs), periods: await holdPeriods(scope, days) };
}

async function loadReferred(scope: Scope, inputs: readonly Input[]): Promise<Referred> {
  const lines = inputs.flatMap((input) => input.lines ?? []);
  const entities = [...inputs, ...lines].map((each) => each.legalEntityId).filter(isId);
  const found = async (document: Parameters<typeof references<unknown>>[1], ids: readonly (string | null | undefined)[]) =>
    new Set((await references(scope.tx, document, ids.filter(isId))).keys());
  return {
    Customer: await found(
      engagements.Customer,
      inputs.map((input) => input.customerId),
    ),
    Contract: await found(
      engagements.Contract,
      lines.map((line) => line.contractId),
    ),
    Project: await found(
      engagements.Project,
      lines.map((line) => line.projectId),
    ),
    LegalEntity: new Set((await rowsById(scope.tx, legalEntities, entities)).keys()),
  };
}

function demandEntry({ entries }: Loaded, { id, expectedVersion }: Named, actor: Actor): JournalEntryRow {
  return demandNamed(entries, { entity: journalEntry.name, id, expectedVersion }, (entry) => sees(actor, entry));
}

/** The legal entities in whose books an entry stands. */
function booksOf(entry: JournalEntryRow, lines: ReadonlyMap<string, readonly JournalLineRow[]>): string[] {
  return [...new Set([entry.legalEntityId, ...(lines.get(entry.id) ?? []).map((line) => line.legalEntityId)])];
}

function demandBooksOpen({ lines, periods }: Loaded, { entry, date }: { entry: JournalEntryRow; date: BookDay['date'] }): void {
  for (const legalEntityId of booksOf(entry, lines)) {
    demandOpen(periods, { legalEntityId, date }, 'postingDate');
  }
}

function readLines(referred: Referred, inputs: readonly JournalLineInput[], legalEntityId: string): EntryLine[] {
  if (inputs.length === 0 || inputs.length > 1000) throw new Refused('VALIDATION_FAILED', 'An entry has 1 to 1,000 lines.', { field: 'lines' });
  demandReferred(referred, 'LegalEntity', { field: 'legalEntityId', ids: inputs.map((line) => line.legalEntityId) });
  demandReferred(referred, 'Contract', { field: 'lines.contractId', ids: inputs.map((line) => line.contractId) });
  demandReferred(referred, 'Project', { field: 'lines.projectId', ids: inputs.map((line) => line.projectId) });
  return inputs.map((line) => readLine(line, legalEntityId));
}

function demandReferred(referred: Referred, type: keyof Referred, { field, ids }: { field: string; ids: readonly (string | null | undefined)[] }): void {
  const missing = ids.find((id) => id && !referred[type].has(id));
  if (missing) throw notFound(type, missing, field);
}

function readLine(line: JournalLineInput, legalEntityId: string): EntryLine {
  const { account, contractId, projectId, note } = line;
  const side = line.debit ?? line.credit;
  if (!side || (line.debit && line.credit)) throw new Refused('VALIDATION_FAILED', 'Each line has a debit or a credit, not both.', { field: 'lines' });
  const { minor, currency } = readMoney(side, 'lines');
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'The amount of a line is more than zero; take the other side instead of a sign.', { field: 'lines' });
  const amounts = line.debit ? { debitMinor: minor, creditMinor: 0n } : { debitMinor: 0n, creditMinor: minor };
  const about = { contractId: contractId ?? null, projectId: projectId ?? null, note: note ? checkLines('lines.note', note, 255) : null };
  return { account, currency, legalEntityId: line.legalEntityId ?? legalEntityId, ...amounts, ...about };
}
