import { inSql, type Machine } from '#kernel/machine.ts';
import { sql } from '#kernel/sql.ts';
import type { FactName } from '../published.ts';

export type ActualStatus = 'NOT_READY' | 'READY' | 'ON_INVOICE' | 'BILLED';

/** What the guards of an actual judge. */
export type ActualSubject = {
  status: ActualStatus;
  kind: string;
  sourceType: string;
  reversesId: string | null;
  reversedById: string | null;
  accrualEventId?: string | null;
  intercompanyChargeId?: string | null;
};

const isUnbilledSales = inSql(
  function isUnbilledSales({ kind }: ActualSubject) {
    return kind === 'UNBILLED_SALES' ? undefined : `Only UNBILLED_SALES is held, released and billed; this is ${kind}.`;
  },
  (column) => sql`${column('kind')} = 'UNBILLED_SALES'`,
);

const stillCounts = inSql(
  function stillCounts({ reversesId, reversedById }: ActualSubject) {
    if (reversesId) return 'This is itself a reversal.';
    return reversedById ? `It was already reversed by ${reversedById}.` : undefined;
  },
  (column) => sql`${column('reverses_id')} is null and ${column('reversed_by_id')} is null`,
);

const notAccrued = inSql(
  function notAccrued({ accrualEventId }: ActualSubject) {
    return accrualEventId ? 'It was accrued already.' : undefined;
  },
  (column) => sql`${column('accrual_event_id')} is null`,
);

const isIntercompanySale = inSql(
  function isIntercompanySale({ kind }: ActualSubject) {
    return kind === 'INTERCOMPANY_SALES' ? undefined : `Only INTERCOMPANY_SALES is charged between legal entities; this is ${kind}.`;
  },
  (column) => sql`${column('kind')} = 'INTERCOMPANY_SALES'`,
);

const notCharged = inSql(
  function notCharged({ intercompanyChargeId }: ActualSubject) {
    return intercompanyChargeId ? 'It was charged already.' : undefined;
  },
  (column) => sql`${column('intercompany_charge_id')} is null`,
);

function pricedByTerms({ kind, sourceType }: ActualSubject): string | undefined {
  if (kind === 'BILLED_SALES') return 'What was billed is what was billed; credit the invoice first.';
  return sourceType === 'TIMESHEET_ENTRY' || sourceType === 'EXPENSE_ITEM'
    ? undefined
    : `Only time and expenses are priced by terms; this is from ${sourceType}.`;
}

export const actualMachine = {
  entity: 'Actual',
  states: ['NOT_READY', 'READY', 'ON_INVOICE', 'BILLED'],
  initial: ['READY', 'NOT_READY', 'BILLED'],
  actions: {
    hold: { from: ['READY'], to: 'NOT_READY', may: 'actual:release', guards: [isUnbilledSales, stillCounts], by: 'holdActuals' },
    release: { from: ['NOT_READY'], to: 'READY', may: 'actual:release', guards: [isUnbilledSales, stillCounts], by: 'releaseActuals' },
    reverse: {
      from: ['READY', 'NOT_READY'],
      to: ['READY', 'NOT_READY'],
      may: 'actual:reverse',
      guards: [stillCounts],
      emits: 'ActualReversed',
      by: 'reverseActuals',
    },
    reprice: {
      from: ['READY', 'NOT_READY'],
      to: ['READY', 'NOT_READY'],
      may: 'actual:reprice',
      guards: [stillCounts, pricedByTerms],
      emits: ['ActualReversed', 'ActualPosted'],
      by: 'repriceActuals',
    },
    /** A draft is no invoice yet: what stands on it is earned all the same. */
    accrue: {
      from: ['READY', 'ON_INVOICE'],
      to: ['READY', 'ON_INVOICE'],
      may: 'revenue:recognize',
      guards: [isUnbilledSales, stillCounts, notAccrued],
      by: 'accrueRevenue',
    },
    /** What was taken back after it was charged is charged too: it gives back. */
    charge: { from: ['READY'], to: 'READY', may: 'intercompany:charge', guards: [isIntercompanySale, notCharged], by: 'chargeIntercompany' },
    draft: { from: ['READY'], to: 'ON_INVOICE', may: 'invoice:write', guards: [isUnbilledSales, stillCounts], by: 'draftInvoices' },
    takeOff: { from: ['ON_INVOICE'], to: 'READY', may: 'invoice:write', guards: [isUnbilledSales], by: 'cancelInvoice' },
    bill: { from: ['ON_INVOICE'], to: 'BILLED', may: 'invoice:post', guards: [isUnbilledSales], by: 'postInvoice' },
    credit: { from: ['BILLED'], to: 'BILLED', may: 'invoice:credit', guards: [stillCounts], emits: 'ActualReversed', by: 'creditInvoice' },
  },
} as const satisfies Machine<ActualStatus, ActualSubject, FactName>;
