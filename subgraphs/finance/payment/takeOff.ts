import type { Scope } from '#kernel/context.ts';
import type { Draft } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import { type CalendarDate, latestOf } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { and, asc, inArray, isNull } from '#kernel/sql.ts';
import type { EntryLine } from '../billing/entries.ts';
import { invoice as invoiceEntity, paymentApplication } from '../entities.ts';
import { invoiceMachine } from '../invoice/machine.ts';
import { undoEntry } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { type InvoiceRow, type JournalEntryRow, journalEntries, type PaymentApplicationRow, paymentApplications } from '../tables.ts';

/** Entries of payments and of what they did, locked, with their lines. */
export type LoadedEntries = { entries: ReadonlyMap<string, JournalEntryRow>; lines: ReadonlyMap<string, readonly EntryLine[]> };

/** The entries, locked. */
export async function loadEntries(scope: Scope, ids: readonly string[]): Promise<LoadedEntries> {
  const entries = await lockRows(scope, journalEntries, ids);
  return { entries, lines: await linesOfEntries(scope.tx, [...entries.keys()]) };
}

/** What stands applied of these payments or on these invoices, in the order in which it was applied. */
export async function standingApplications({ tx }: Scope, by: 'paymentId' | 'invoiceId', ids: readonly string[]): Promise<PaymentApplicationRow[]> {
  if (ids.length === 0) return [];
  const standing = and(inArray(paymentApplications[by], [...ids]), isNull(paymentApplications.reversedAt));
  return tx.select().from(paymentApplications).where(standing).orderBy(asc(paymentApplications.id));
}

export function entryOf({ entries }: Pick<LoadedEntries, 'entries'>, id: string): JournalEntryRow {
  const entry = entries.get(id);
  if (!entry) throw new Error('a payment without its journal entry');
  return entry;
}

/** The last day on which any of these was in the books: what undoes them comes on it or behind it. */
export function lastPosted(loaded: Pick<LoadedEntries, 'entries'>, did: readonly { journalEntryId: string }[], first: CalendarDate): CalendarDate {
  return latestOf(first, ...did.map(({ journalEntryId }) => entryOf(loaded, journalEntryId).postingDate));
}

type Invoices = { invoices: ReadonlyMap<string, InvoiceRow> };
type TakingOff = { applications: readonly PaymentApplicationRow[]; postingDate: CalendarDate };
/** An invoice as it is without what was taken off it. */
export type TakenOff = { invoice: InvoiceRow; minor: bigint };

/** Takes what was applied off its invoices: opposite entries, and each is open again by as much. */
export function takeOff(draft: Draft, loaded: LoadedEntries & Invoices, { applications, postingDate }: TakingOff): TakenOff[] {
  const { actor, now } = draft.context;
  for (const application of applications) {
    const original = entryOf(loaded, application.journalEntryId);
    undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate });
    draft.update(paymentApplication, application, { changes: { reversedAt: now } });
  }
  return [...Map.groupBy(applications, (each) => each.invoiceId)].map(([invoiceId, own]) => {
    const invoice = loaded.invoices.get(invoiceId);
    if (!invoice) throw new Error('an application without its invoice');
    const minor = own.reduce((sum, each) => sum + each.amountMinor, 0n);
    const by = step(invoiceMachine, { subject: { ...invoice, settlingMinor: -minor }, action: 'unsettle', actor });
    return { invoice: draft.update(invoiceEntity, invoice, { changes: { paidMinor: invoice.paidMinor - minor }, by }), minor };
  });
}
