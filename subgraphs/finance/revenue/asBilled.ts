import { and, eq } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { insertRows, saveRow } from '#kernel/rows.ts';
import { type InvoiceLineRow, type InvoiceRow, revenueEvents } from '../tables.ts';
import { tellRecognized } from './tell.ts';

type Posted = { invoice: InvoiceRow; lines: readonly InvoiceLineRow[] };

/** What invoices credit to revenue is earned as billed: an event of its own, so that all revenue stands in one list. */
export async function recognizeBilled(scope: Scope, posted: readonly Posted[]): Promise<void> {
  const events = await insertRows(
    scope,
    revenueEvents,
    posted.flatMap(({ invoice, lines }) => {
      const earned = lines.filter((line) => line.account === 'REVENUE');
      const amountMinor = earned.reduce((sum, line) => sum + line.amountMinor, 0n);
      if (amountMinor === 0n) return [];
      const projects = new Set(earned.map((line) => line.projectId));
      const { customerId, engagementId, contractId, legalEntityId, currency, journalEntryId } = invoice;
      const owner = { customerId, engagementId, contractId, legalEntityId, projectId: projects.size === 1 ? (earned[0]?.projectId ?? null) : null };
      const amount = { amountMinor, currency, recognitionDate: invoice.invoiceDate };
      const about = { description: `Invoice ${invoice.number}`, explanation: 'Earned as billed: the lines of time and materials, without tax.' };
      const state = { status: 'RECOGNIZED' as const, method: 'AS_BILLED' as const, invoiceId: invoice.id, journalEntryId };
      return { id: newId(scope.now.getTime()), ...owner, ...amount, ...about, ...state };
    }),
  );
  await tellRecognized(scope, events);
}

/** The credit note's journal entry takes the revenue back; the event says so. */
export async function reverseBilled(scope: Scope, invoice: InvoiceRow): Promise<void> {
  const [event] = await scope.tx
    .select()
    .from(revenueEvents)
    .where(and(eq(revenueEvents.invoiceId, invoice.id), eq(revenueEvents.status, 'RECOGNIZED')))
    .for('update');
  if (event) await saveRow(scope, revenueEvents, { row: event, changes: { status: 'REVERSED' } });
}
