import { sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { insertRows, saveRows } from '#kernel/rows.ts';
import type { JournalSource } from '../billing/accounts.ts';
import { differenceOf, type EntryLine, opposite } from '../billing/entries.ts';
import { facts } from '../published.ts';
import { type JournalEntryRow, journalEntries, journalLines } from '../tables.ts';
import { linesOfEntries } from './lines.ts';

export type EntryDraft = {
  /** Given when what it belongs to names it before it exists. */
  id?: string;
  legalEntityId: string;
  postingDate: CalendarDate;
  description: string;
  source: JournalSource;
  customerId?: string | null;
  invoiceId?: string | null;
  paymentId?: string | null;
  revenueEventId?: string | null;
  reversesId?: string | null;
  lines: readonly EntryLine[];
};

/** Writes balanced entries as DRAFT, in the order given. */
export async function draftEntries(scope: Scope, drafts: readonly EntryDraft[]): Promise<JournalEntryRow[]> {
  const named = drafts.map((draft) => ({ ...draft, id: draft.id ?? newId(scope.now.getTime()) }));
  const entries = await insertRows(
    scope,
    journalEntries,
    named.map(({ lines: _, ...entry }) => entry),
  );
  await insertLines(
    scope,
    named.map(({ id, customerId, lines }) => ({ entryId: id, customerId: customerId ?? null, lines })),
  );
  return entries;
}

/** The lines of entries, numbered from 1; each is about the entry's customer. */
export async function insertLines(
  scope: Scope,
  entries: readonly { entryId: string; customerId: string | null; lines: readonly EntryLine[] }[],
): Promise<void> {
  const rows = entries.flatMap(({ entryId, customerId, lines }) =>
    lines.map((line, index) => ({ customerId, ...numbered(line, index), id: newId(scope.now.getTime()), journalEntryId: entryId })),
  );
  await insertRows(scope, journalLines, rows);
}

/** Only what a line says, for lines that come from another entry. */
function numbered(line: EntryLine, index: number) {
  const { account, debitMinor, creditMinor, currency, legalEntityId, contractId, projectId, note } = line;
  return {
    account,
    debitMinor,
    creditMinor,
    currency,
    legalEntityId,
    contractId: contractId ?? null,
    projectId: projectId ?? null,
    note: note ?? null,
    position: index + 1,
  };
}

/** Puts entries into the books; the database refuses what is off balance or in a closed period. */
export async function postEntries(scope: Scope, drafts: readonly EntryDraft[]): Promise<JournalEntryRow[]> {
  if (drafts.length === 0) return [];
  for (const draft of drafts) {
    const difference = differenceOf(draft.lines);
    if (difference) throw new Refused('GUARD_REFUSED', difference, { guard: 'balanced' });
  }
  const entries = await draftEntries(scope, drafts);
  const lines = new Map(entries.map((entry, index) => [entry.id, drafts[index]?.lines ?? []]));
  return finishEntries(scope, entries, lines);
}

/** DRAFT to POSTED, with JournalPosted for each; what comes back is in the order of `entries`. */
export async function finishEntries(
  scope: Scope,
  entries: readonly JournalEntryRow[],
  lines: ReadonlyMap<string, readonly EntryLine[]>,
): Promise<JournalEntryRow[]> {
  const saved = await saveRows(scope, journalEntries, { rows: entries, changes: { status: 'POSTED', postedAt: scope.now } });
  const byId = new Map(saved.map((entry) => [entry.id, entry]));
  const posted = entries.map((entry) => byId.get(entry.id) ?? entry);
  await record(
    scope,
    facts.JournalPosted,
    posted.map((entry) => {
      const own = lines.get(entry.id) ?? [];
      const currency = own[0]?.currency ?? '';
      const minor = own.filter((line) => line.currency === currency).reduce((sum, line) => sum + line.debitMinor, 0n);
      return {
        subject: entry,
        keys: { customerId: entry.customerId, legalEntityId: entry.legalEntityId },
        payload: {
          journalEntryId: entry.id,
          legalEntityId: entry.legalEntityId,
          number: null,
          postedOn: entry.postingDate,
          description: entry.description,
          total: showMoney({ minor, currency }),
        },
      };
    }),
  );
  return posted;
}

/** What undoes a posted entry; `invoiceId` and the like are the original's unless given. */
export type Undoing = Partial<Omit<EntryDraft, 'lines' | 'reversesId' | 'legalEntityId'>> & { original: JournalEntryRow };

/** Posts the opposite of entries that their caller has locked; gives the opposite entries in the same order. */
export async function reverseEntries(scope: Scope, undoings: readonly Undoing[]): Promise<JournalEntryRow[]> {
  const originals = await linesOfEntries(
    scope.tx,
    undoings.map(({ original }) => original.id),
  );
  const drafts = undoings.map(({ original, ...given }): EntryDraft => {
    const { legalEntityId, postingDate, customerId, invoiceId, paymentId, revenueEventId } = original;
    const kept = { legalEntityId, postingDate, customerId, invoiceId, paymentId, revenueEventId };
    const description = `Reversal: ${original.description}`.slice(0, 255);
    return { source: 'REVERSAL', description, ...kept, ...given, reversesId: original.id, lines: opposite(originals.get(original.id) ?? []) };
  });
  const posted = await postEntries(scope, drafts);
  await linkReversals(scope, posted);
  return posted;
}

async function linkReversals(scope: Scope, reversals: readonly JournalEntryRow[]): Promise<void> {
  const ids = sql.param(reversals.map((entry) => entry.reversesId));
  const by = sql.param(reversals.map((entry) => entry.id));
  await scope.tx.execute(sql`
    update finance.journal_entry set reversed_by_id = undoing.reversal_id, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${ids}::uuid[], ${by}::uuid[]) as undoing(original_id, reversal_id) where id = undoing.original_id`);
}
