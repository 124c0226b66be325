import type { Permission } from '#kernel/actor.ts';
import { cures, type OpenWork, type WorkState, type WorkType } from '../fiscalPeriod/openWork.ts';

/** One kind of what may be open: whether a close refuses over it, who may see the things themselves, and what ends it. */
type Kind = { blocks: boolean; read: Permission; mutation: string | null; cure: string };

const { TimesheetEntry: ofTime, ExpenseItem: ofExpenses, Milestone: ofMilestones } = cures;
const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
const decision = (text: string) => `The approver decides: ${text}.`;

/** In the order in which they are worked off. */
export const checklistKinds = {
  SUBMITTED_TIME: { blocks: true, read: 'time:read', mutation: 'approveTimesheet', cure: decision(ofTime.SUBMITTED) },
  APPROVED_TIME: { blocks: true, read: 'time:read', mutation: null, cure: sentence(ofTime.APPROVED) },
  EXCEPTED_TIME: { blocks: true, read: 'time:read', mutation: 'retryException', cure: sentence(ofTime.EXCEPTED) },
  SUBMITTED_EXPENSES: { blocks: true, read: 'expense:read', mutation: 'approveExpense', cure: decision(ofExpenses.SUBMITTED) },
  APPROVED_EXPENSES: { blocks: true, read: 'expense:read', mutation: null, cure: sentence(ofExpenses.APPROVED) },
  EXCEPTED_EXPENSES: { blocks: true, read: 'expense:read', mutation: 'retryException', cure: sentence(ofExpenses.EXCEPTED) },
  MILESTONES_WITHOUT_FEE: {
    blocks: true,
    read: 'milestone:read',
    mutation: 'retryException',
    cure: `An accepted one is posted by itself. ${sentence(ofMilestones.EXCEPTED)}`,
  },
  PARKED_POSTINGS: {
    ...{ blocks: true, read: 'exception:read', mutation: 'reopenFiscalPeriod' },
    cure: 'Two choices: reopenFiscalPeriod, and it is posted by itself; or retryExceptionsWhere with an accountingDate in an open period, where it then stands in the books. What was dated wrongly is taken back (requestTimeEntryRecall, requestExpenseRecall); what is not to be posted at all: dismissException.',
  },
  UNPOSTED_INVOICES: {
    blocks: true,
    read: 'invoice:read',
    mutation: 'postInvoice',
    cure: 'Post it, give it another date with updateInvoice, or cancelInvoice.',
  },
  DRAFT_JOURNAL_ENTRIES: {
    blocks: true,
    read: 'journal:read',
    mutation: 'postJournalEntry',
    cure: 'Post it, or give it another date with updateJournalEntry.',
  },
  UNAPPLIED_PAYMENTS: {
    blocks: false,
    read: 'payment:read',
    mutation: 'applyPayment',
    cure: 'Apply it to what it pays (Payment.matches says what that may be), or refundPayment.',
  },
  UNRECOGNIZED_REVENUE: {
    ...{ blocks: false, read: 'revenue:read', mutation: 'recognizeRevenueEvent' },
    cure: 'Submit it, and a second person recognizes it; or cancelRevenueEvent.',
  },
  UNMEASURED_REVENUE: {
    blocks: false,
    read: 'revenue:read',
    mutation: 'scheduleRevenue',
    cure: 'Measure what was earned up to the last day: scheduleRevenue with asOf.',
  },
  UNBILLED_WORK: {
    ...{ blocks: false, read: 'actual:read', mutation: 'accrueRevenue' },
    cure: 'Invoice it with draftInvoices, or accrue what of it is earned as billed with accrueRevenue. What is held waits for releaseActuals.',
  },
  UNCHARGED_INTERCOMPANY: {
    ...{ blocks: false, read: 'cost:read', mutation: 'chargeIntercompany' },
    cure: 'The lender charges it in both books with chargeIntercompany, while the period of both is open.',
  },
  UNINVOICED_PURCHASES: {
    ...{ blocks: false, read: 'cost:read', mutation: 'recordSupplierInvoices' },
    cure: 'Ask the subcontractor for its invoice and record it with recordSupplierInvoices, then match, approve and post it; what it will never ask for is taken back with reverseActuals.',
  },
} as const satisfies Readonly<Record<string, Kind>>;
export type ChecklistKind = keyof typeof checklistKinds;

/** One of the things, with the entity behind it. */
export type OpenThing = {
  kind: ChecklistKind;
  type: WorkType | 'Invoice' | 'JournalEntry' | 'Payment' | 'RevenueEvent' | 'Contract' | 'LegalEntity' | 'SubcontractLine';
  id: string;
  label: string;
  day: string | null;
  contractId: string | null;
  projectId: string | null;
  minor: bigint | null;
  currency: string | null;
  seconds: bigint | null;
};

/** A kind that is open, with its sums and the first of the things. */
export type ChecklistItem = { kind: ChecklistKind; count: number; seconds: bigint; amounts: ReadonlyMap<string, bigint>; things: readonly OpenThing[] };

/** Things that an item shows at most. */
export const shownAtMost = 20;

const workKinds: Readonly<Record<WorkType, Readonly<Record<WorkState, ChecklistKind>>>> = {
  TimesheetEntry: { SUBMITTED: 'SUBMITTED_TIME', APPROVED: 'APPROVED_TIME', EXCEPTED: 'EXCEPTED_TIME' },
  ExpenseItem: { SUBMITTED: 'SUBMITTED_EXPENSES', APPROVED: 'APPROVED_EXPENSES', EXCEPTED: 'EXCEPTED_EXPENSES' },
  Milestone: { SUBMITTED: 'MILESTONES_WITHOUT_FEE', APPROVED: 'MILESTONES_WITHOUT_FEE', EXCEPTED: 'MILESTONES_WITHOUT_FEE' },
};

/** What could not be posted because its period was closed is parked, whatever it is. */
export function kindOfWork({ type, state, code }: Pick<OpenWork, 'type' | 'state' | 'code'>): ChecklistKind {
  return code === 'PERIOD_CLOSED' ? 'PARKED_POSTINGS' : workKinds[type][state];
}

/** Sums of one kind in one currency; null where it has no money. */
export type OpenSum = { kind: ChecklistKind; count: number; seconds: bigint; currency: string | null; minor: bigint };

/** The items of a list, in the order of the kinds; a kind of which nothing is open is no item. */
export function itemsOf(sums: readonly OpenSum[], things: readonly OpenThing[]): ChecklistItem[] {
  const order = Object.keys(checklistKinds);
  const byKind = Map.groupBy(
    sums.filter(({ count }) => count > 0),
    ({ kind }) => kind,
  );
  const found = [...byKind].toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return found.map(([kind, own]) => {
    const amounts = new Map<string, bigint>();
    for (const { currency, minor } of own) if (currency) amounts.set(currency, (amounts.get(currency) ?? 0n) + minor);
    const total = { count: own.reduce((sum, each) => sum + each.count, 0), seconds: own.reduce((sum, each) => sum + each.seconds, 0n) };
    const first = things.filter((thing) => thing.kind === kind).toSorted(byDay);
    return { kind, ...total, amounts, things: first.slice(0, shownAtMost) };
  });
}

function byDay(one: OpenThing, other: OpenThing): number {
  return (one.day ?? '').localeCompare(other.day ?? '') || one.id.localeCompare(other.id);
}
