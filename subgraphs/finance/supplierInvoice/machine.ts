import type { Actor } from '#kernel/actor.ts';
import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type SupplierInvoiceStatus = 'RECEIVED' | 'MATCHED' | 'DISPUTED' | 'APPROVED' | 'POSTED' | 'REJECTED';

/** What the guards of a supplier invoice judge. */
export type SupplierInvoiceSubject = {
  status: SupplierInvoiceStatus;
  recordedBy: string;
  /** What its lines differ in. */
  differences: number;
  /** The positions of lines of whose hours some were taken back since they were matched. */
  lost: readonly number[];
};

function approverIsNotRecorder({ recordedBy }: SupplierInvoiceSubject, { id }: Actor): string | undefined {
  return id === recordedBy ? 'Whoever recorded an invoice does not approve it. Ask somebody else.' : undefined;
}

function hoursStand({ lost }: SupplierInvoiceSubject): string | undefined {
  if (lost.length === 0) return undefined;
  return `Of the hours of ${lost.length === 1 ? 'line' : 'lines'} ${lost.join(', ')} some were taken back since. Match the invoice anew.`;
}

const approve = 'supplier-invoice:approve';

export const supplierInvoiceMachine = {
  entity: 'SupplierInvoice',
  states: ['RECEIVED', 'MATCHED', 'DISPUTED', 'APPROVED', 'POSTED', 'REJECTED'],
  initial: 'RECEIVED',
  actions: {
    match: {
      from: ['RECEIVED', 'MATCHED', 'DISPUTED', 'APPROVED'],
      to: ['MATCHED', 'DISPUTED'],
      lead: ({ differences }) => (differences === 0 ? 'MATCHED' : 'DISPUTED'),
      may: 'supplier-invoice:write',
      emits: ['SupplierInvoiceMatched', 'SupplierInvoiceDisputed'],
      by: 'matchSupplierInvoice',
    },
    approve: {
      from: ['MATCHED'],
      to: 'APPROVED',
      may: approve,
      guards: [approverIsNotRecorder, hoursStand],
      allGuards: true,
      emits: 'SupplierInvoiceApproved',
      by: 'approveSupplierInvoice',
    },
    approveDifferences: {
      from: ['DISPUTED'],
      to: 'APPROVED',
      may: 'supplier-invoice:override',
      guards: [approverIsNotRecorder, hoursStand],
      allGuards: true,
      emits: 'SupplierInvoiceApproved',
      by: 'approveSupplierInvoiceDifferences',
    },
    reject: {
      from: ['RECEIVED', 'MATCHED', 'DISPUTED', 'APPROVED'],
      to: 'REJECTED',
      may: approve,
      emits: 'SupplierInvoiceRejected',
      by: 'rejectSupplierInvoice',
    },
    post: {
      from: ['APPROVED'],
      to: 'POSTED',
      may: 'supplier-invoice:post',
      guards: [hoursStand],
      emits: 'SupplierInvoicePosted',
      by: 'postSupplierInvoice',
    },
  },
} as const satisfies Machine<SupplierInvoiceStatus, SupplierInvoiceSubject, FactName>;
