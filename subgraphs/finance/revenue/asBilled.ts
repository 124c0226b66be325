import type { Draft } from '#kernel/draft.ts';
import { begin, step } from '#kernel/machine.ts';
import { dateOf } from '#kernel/period.ts';
import { revenueEvent } from '../entities.ts';
import { bookkeeper } from '../journal/enter.ts';
import type { InvoiceLineRow, InvoiceRow, RevenueEventRow } from '../tables.ts';
import { stateRecognized } from './facts.ts';
import { revenueEventMachine } from './machine.ts';

/** What an invoice credits to revenue is earned as billed, and what a note over a part of one takes back: an event of its own, so that all revenue stands in one list. */
export function recognizeBilled(draft: Draft, invoice: InvoiceRow, lines: readonly InvoiceLineRow[]): void {
  const earned = lines.filter((line) => line.account === 'REVENUE');
  const amountMinor = earned.reduce((sum, line) => sum + line.amountMinor, 0n);
  if (amountMinor === 0n) return;
  const projects = new Set(earned.map((line) => line.projectId));
  const { customerId, engagementId, contractId, legalEntityId, currency, journalEntryId } = invoice;
  const owner = { customerId, engagementId, contractId, legalEntityId, projectId: projects.size === 1 ? (earned[0]?.projectId ?? null) : null };
  const amount = { amountMinor, currency, recognitionDate: invoice.invoiceDate };
  const paper = invoice.kind === 'INVOICE' ? 'Invoice' : 'Credit note';
  const about = { description: `${paper} ${invoice.number}`, explanation: 'Earned as billed: the lines of time and materials, without tax.' };
  const source = { method: 'AS_BILLED' as const, invoiceId: invoice.id, milestoneId: null, journalEntryId };
  const event = draft.insert(revenueEvent, { ...owner, ...amount, ...about, ...source }, begin(revenueEventMachine, 'RECOGNIZED'));
  stateRecognized(draft, event);
}

/** The credit note's journal entry takes the revenue back; the event says so. */
export function creditBilled(draft: Draft, event: RevenueEventRow): void {
  const subject = { ...event, today: dateOf(draft.context.now), credited: true } as const;
  const by = step(revenueEventMachine, { subject, action: 'reverse', actor: bookkeeper });
  draft.update(revenueEvent, event, { by });
}
