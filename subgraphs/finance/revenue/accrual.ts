import type { Draft } from '#kernel/draft.ts';
import { begin } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { accrualEntry } from '../billing/entries.ts';
import { revenueEvent } from '../entities.ts';
import { bookEntry, books } from '../journal/enter.ts';
import type { ActualRow, RevenueEventRow } from '../tables.ts';
import { stateRecognized } from './facts.ts';
import { revenueEventMachine } from './machine.ts';

/** What writes accruals: they come before the actuals that they are of. */
export const accrualBooks = [...books, revenueEvent] as const;

type Owner = Pick<RevenueEventRow, 'customerId' | 'engagementId' | 'contractId' | 'projectId' | 'legalEntityId' | 'currency'>;
type Accrual = { id?: string; owner: Owner; amountMinor: bigint; date: CalendarDate; description: string; explanation: string };

/** Books an accrual, or with a negative amount takes one back: an event of its own, so that all revenue stands in one list. */
export function bookAccrual(draft: Draft, { id = draft.context.newId(), owner, amountMinor, date, description, explanation }: Accrual): RevenueEventRow {
  const { legalEntityId, customerId } = owner;
  const text = description.slice(0, 255);
  const entry = { legalEntityId, customerId, revenueEventId: id, postingDate: date, description: text, source: 'REVENUE' } as const;
  const { id: journalEntryId } = bookEntry(draft, { ...entry, lines: accrualEntry(owner, amountMinor) });
  const about = { method: 'ACCRUED' as const, milestoneId: null, invoiceId: null, journalEntryId, description: text, explanation: explanation.slice(0, 1000) };
  const event = draft.insert(revenueEvent, { ...owner, ...about, id, amountMinor, recognitionDate: date }, begin(revenueEventMachine, 'RECOGNIZED'));
  stateRecognized(draft, event);
  return event;
}

type Accrued = Pick<
  ActualRow,
  'id' | 'accrualEventId' | 'amountMinor' | 'customerId' | 'engagementId' | 'contractId' | 'projectId' | 'legalEntityId' | 'currency'
>;

/** Accrued work that is accrued no longer: as of which day of the books, and why. */
export type Ended = { actual: Accrued; date: CalendarDate; why: string };

/** What has to be known of accrued work, for whoever keeps it for longer than the rest. */
export function accruedOf(row: ActualRow): Accrued {
  const { id, accrualEventId, amountMinor, customerId, engagementId, contractId, projectId, legalEntityId, currency } = row;
  return { id, accrualEventId, amountMinor, customerId, engagementId, contractId, projectId, legalEntityId, currency };
}

/** Takes back what was accrued of work that is billed or reversed from now on, in the same transaction: revenue is never there twice, nor missing. */
export function endAccruals(draft: Draft, ended: readonly Ended[]): void {
  const accrued = ended.filter(({ actual }) => actual.accrualEventId !== null);
  const keyOf = ({ actual: { legalEntityId, contractId, projectId, currency }, date }: Ended) =>
    [legalEntityId, contractId, projectId, currency, date].join(' ');
  for (const own of Map.groupBy(accrued, keyOf).values()) {
    const [first] = own;
    const amountMinor = -own.reduce((sum, each) => sum + each.actual.amountMinor, 0n);
    if (!first || amountMinor === 0n) continue;
    const { actual, date, why } = first;
    const { customerId, engagementId, contractId, projectId, legalEntityId, currency } = actual;
    if (!customerId || !engagementId || !contractId) throw new Error(`an accrual of ${actual.id}, which has no contract`);
    const owner = { customerId, engagementId, contractId, projectId, legalEntityId, currency };
    bookAccrual(draft, {
      owner,
      amountMinor,
      date,
      description: `Accrual taken back: ${why}`,
      explanation: `${own.length} pieces of work were accrued and are not any more.`,
    });
  }
}
