import { type ErrorCode, errorCodes } from '#kernel/errors.ts';
import { type Cure, curesOf, deliveryCures } from '../exception/cures.ts';
import type { BreakCause, ReconciliationBreakRow, StagePair } from '../tables/reconciliation.ts';

/** What mends a break that nothing explains, by the stages that do not agree. */
const repairs: Readonly<Record<StagePair, readonly Cure[]>> = {
  APPROVED_POSTED: [
    {
      mutation: 'requestTimeEntryRecall',
      does: 'Makes a draft of time that is approved and not in the ledger; submitted and approved again, it is posted anew.',
    },
    { mutation: 'reverseActuals', does: 'Takes back what stands in the ledger without approved work behind it.' },
  ],
  POSTED_BILLED: [
    { mutation: 'creditInvoice', does: 'Takes back an invoice that bills other than what was posted, so that its work is billed anew.' },
    { mutation: 'reverseActuals', does: 'Takes back what the ledger holds wrongly; the work behind it is posted anew when its exception is retried.' },
  ],
  BILLED_PAID: [{ mutation: 'reversePayment', does: 'Takes back a payment that is applied other than the invoice says; it is recorded and applied anew.' }],
  BILLED_RECOGNIZED: [{ mutation: 'creditInvoice', does: 'Takes back the invoice with its revenue, so that its work is billed and earned anew.' }],
};

const accept: Cure = { mutation: 'acceptReconciliationBreak', does: 'Lives with it, for a reason.' };

const ways: Readonly<Partial<Record<BreakCause, readonly Cure[]>>> = {
  PARKED_DELIVERY: deliveryCures,
  READY_TO_BILL: [
    { mutation: 'runBilling', does: 'Drafts invoices of all that is ready.' },
    { mutation: 'draftInvoices', does: 'Drafts invoices of what is chosen.' },
  ],
  HELD: [
    { mutation: 'addContractVersion', does: 'Raises the limit that holds it.' },
    { mutation: 'releaseActuals', does: 'Lets go of what somebody holds.' },
  ],
  ON_DRAFT_INVOICE: [{ mutation: 'postInvoice', does: 'Posts the draft that it stands on, once it is validated.' }],
  OVERDUE: [
    { mutation: 'applyPayment', does: 'Settles the invoice with a payment that is there.' },
    { mutation: 'writeOffInvoice', does: 'Gives up what is not paid.' },
  ],
  DISPUTED: [{ mutation: 'resolveDispute', does: 'Accepts or rejects what the client holds against the invoice.' }],
  NOT_YET_RECOGNIZED: [{ mutation: 'recognizeRevenueEvent', does: 'Earns what is approved.' }],
};

const isCode = (code: string | null): code is ErrorCode => code !== null && Object.hasOwn(errorCodes, code);

/** The ways out of a difference, the likeliest first; none where waiting is all there is. */
export function cureBreak({ cause, code, pair, status }: Pick<ReconciliationBreakRow, 'cause' | 'code' | 'pair' | 'status'>): readonly Cure[] {
  if (status === 'RESOLVED') return [];
  if (cause === 'UNKNOWN') return [...repairs[pair], accept];
  if (cause === 'EXCEPTION' && isCode(code)) return curesOf({ code });
  return ways[cause] ?? [];
}
