import type { Machine } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { FactName } from '../published.ts';

export type RevenueEventStatus = 'SCHEDULED' | 'PENDING_APPROVAL' | 'RECOGNIZED' | 'REVERSED' | 'CANCELLED';

export const revenueMethods = ['AS_BILLED', 'ACCRUED', 'STRAIGHT_LINE', 'MILESTONE', 'COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER'] as const;
export type RevenueMethod = (typeof revenueMethods)[number];

/** What the guards of a revenue event judge; `today` is the day of the caller's clock. */
export type RevenueEventSubject = {
  status: RevenueEventStatus;
  method: RevenueMethod;
  recognitionDate: CalendarDate;
  today: CalendarDate;
  /** The invoice that recognized it is being credited. */
  credited?: true;
};

function dateReached(event: RevenueEventSubject): string | undefined {
  return event.recognitionDate <= event.today ? undefined : `It is planned for ${event.recognitionDate}. Revenue is not recognized before its day.`;
}

function notByInvoice(event: RevenueEventSubject): string | undefined {
  return event.method === 'AS_BILLED' && !event.credited ? 'Posting an invoice recognized it. Credit the invoice instead.' : undefined;
}

function notByAccrual(event: RevenueEventSubject): string | undefined {
  return event.method === 'ACCRUED' ? 'It was accrued. It is taken back by itself when its work is invoiced or reversed.' : undefined;
}

export const revenueEventMachine = {
  entity: 'RevenueEvent',
  states: ['SCHEDULED', 'PENDING_APPROVAL', 'RECOGNIZED', 'REVERSED', 'CANCELLED'],
  initial: ['SCHEDULED', 'RECOGNIZED'],
  actions: {
    update: { from: ['SCHEDULED'], to: 'SCHEDULED', may: 'revenue:write', by: 'updateRevenueEvent' },
    submit: { from: ['SCHEDULED'], to: 'PENDING_APPROVAL', may: 'revenue:write', by: 'submitRevenueEvent' },
    recognize: {
      from: ['PENDING_APPROVAL'],
      to: 'RECOGNIZED',
      may: 'revenue:recognize',
      guards: [dateReached],
      emits: 'RevenueRecognized',
      by: 'recognizeRevenueEvent',
    },
    reverse: { from: ['RECOGNIZED'], to: 'REVERSED', may: 'revenue:recognize', guards: [notByInvoice, notByAccrual], by: 'reverseRevenueEvent' },
    cancel: { from: ['SCHEDULED', 'PENDING_APPROVAL'], to: 'CANCELLED', may: 'revenue:write', by: 'cancelRevenueEvent' },
  },
} as const satisfies Machine<RevenueEventStatus, RevenueEventSubject, FactName>;
