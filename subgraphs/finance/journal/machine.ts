import type { Machine } from '#kernel/machine.ts';
import type { JournalSource } from '../billing/accounts.ts';
import type { FactName } from '../published.ts';

export type JournalEntryStatus = 'DRAFT' | 'POSTED';

/** What the guards of a journal entry judge. `difference` says where debits and credits differ. */
export type JournalEntrySubject = {
  status: JournalEntryStatus;
  source: JournalSource;
  reversesId: string | null;
  reversedById: string | null;
  difference: string | undefined;
};

function balanced(entry: JournalEntrySubject): string | undefined {
  return entry.difference;
}

function notFromDocument(entry: JournalEntrySubject): string | undefined {
  if (entry.source === 'MANUAL' || entry.source === 'REVERSAL') return undefined;
  return `${entry.source} made the entry. Credit the invoice, reverse the payment or reverse the revenue event instead.`;
}

function notReversed(entry: JournalEntrySubject): string | undefined {
  if (entry.reversesId) return 'This is itself a reversal. Enter what is right as a new entry.';
  return entry.reversedById ? `It was already reversed by ${entry.reversedById}.` : undefined;
}

export const journalEntryMachine = {
  entity: 'JournalEntry',
  states: ['DRAFT', 'POSTED'],
  initial: 'DRAFT',
  actions: {
    update: { from: ['DRAFT'], to: 'DRAFT', may: 'journal:write', by: 'updateJournalEntry' },
    post: { from: ['DRAFT'], to: 'POSTED', may: 'journal:post', guards: [balanced], emits: 'JournalPosted', by: 'postJournalEntry' },
    reverse: {
      from: ['POSTED'],
      to: 'POSTED',
      may: 'journal:post',
      guards: [notReversed, notFromDocument],
      emits: 'JournalPosted',
      by: 'reverseJournalEntry',
    },
  },
} as const satisfies Machine<JournalEntryStatus, JournalEntrySubject, FactName>;
