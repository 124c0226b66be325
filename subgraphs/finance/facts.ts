import { catalogue, fact } from '#kernel/facts.ts';

declare module '#kernel/facts.ts' {
  interface Dimensions {
    legalEntityId: true;
  }
}

/** Money as the event contract shows it. */
type ShownMoney = { amount: string; currency: string };

/** What was true of a rate card version when it was published. */
export type RateCardVersionSnapshot = { rateCardId: string; rateCardVersionId: string; name: string; kind: string; currency: string; effectiveFrom: string };
/** What was posted. A cost's amount is not in the log: whoever holds `cost:read` reads it from the actual. */
export type ActualSnapshot = {
  actualId: string;
  kind: string;
  status: string;
  customerId: string | null;
  engagementId: string | null;
  projectId: string | null;
  contractId: string | null;
  employeeId: string | null;
  workDate: string;
  hours: string | null;
  amount: ShownMoney | null;
  sourceType: string;
  sourceId: string;
};
/** The actual that counts no more, and the one that takes it back. */
export type ReversalSnapshot = ActualSnapshot & { reversalActualId: string; reason: string };
export type PeriodSnapshot = { fiscalPeriodId: string; legalEntityId: string; name: string; startDate: string; endDate: string; status: string };

/** What was true of an invoice. `number` is null until it is posted. */
export type InvoiceSnapshot = {
  invoiceId: string;
  customerId: string;
  contractId: string | null;
  number: string | null;
  status: string;
  net: ShownMoney;
  tax: ShownMoney | null;
  gross: ShownMoney | null;
};
export type InvoiceCreditSnapshot = InvoiceSnapshot & { creditNoteInvoiceId: string; reason: string };
export type InvoiceTaxFailure = { invoiceId: string; customerId: string; status: string; net: ShownMoney; reason: string };
export type PaymentSnapshot = { paymentId: string; customerId: string; status: string; amount: ShownMoney; unapplied: ShownMoney; receivedOn: string };
export type PaymentAppliedSnapshot = PaymentSnapshot & { invoiceId: string; applied: ShownMoney };
export type PaymentReversedSnapshot = PaymentSnapshot & { reason: string };
export type RevenueSnapshot = {
  revenueEventId: string;
  customerId: string | null;
  contractId: string | null;
  projectId: string | null;
  method: string;
  amount: ShownMoney;
  recognizedOn: string;
};
export type JournalSnapshot = {
  journalEntryId: string;
  legalEntityId: string;
  number: string | null;
  postedOn: string;
  description: string;
  total: ShownMoney;
};

/** The facts of the finance subgraph. Payload keys are the event's SDL fields; `<entity>Id` becomes the entity reference. */
export const facts = catalogue('finance', {
  RateCardPublished: fact<RateCardVersionSnapshot>({
    subject: 'RateCardVersion',
    description: 'A rate card version was published and prices work from its effective date on.',
  }),
  ActualPosted: fact<ActualSnapshot>({ subject: 'Actual', description: 'A line was added to the ledger of actuals.' }),
  ActualReversed: fact<ReversalSnapshot>({ subject: 'Actual', description: 'An actual was taken back by an opposite one.' }),
  PeriodClosed: fact<PeriodSnapshot>({ subject: 'FiscalPeriod', description: 'A fiscal period was closed: nothing is posted into it any more.' }),
  InvoiceDrafted: fact<InvoiceSnapshot>({ subject: 'Invoice', description: 'An invoice was drafted from actuals that are ready.' }),
  InvoiceCancelled: fact<InvoiceSnapshot & { projectIds: string[] }>({
    subject: 'Invoice',
    description: 'An invoice was cancelled before it was posted; its actuals are ready again.',
  }),
  InvoicePosted: fact<InvoiceSnapshot>({ subject: 'Invoice', description: 'An invoice got its number and its journal entry.' }),
  InvoicePaid: fact<InvoiceSnapshot>({ subject: 'Invoice', description: 'Nothing is owed on an invoice any more.' }),
  InvoiceCredited: fact<InvoiceCreditSnapshot>({ subject: 'Invoice', description: 'A posted invoice was ended by a credit note.' }),
  InvoiceTaxFailed: fact<InvoiceTaxFailure>({ subject: 'Invoice', description: 'An invoice could not be posted, since its tax could not be determined.' }),
  PaymentReceived: fact<PaymentSnapshot>({ subject: 'Payment', description: 'A payment of a customer came in.' }),
  PaymentApplied: fact<PaymentAppliedSnapshot>({ subject: 'Payment', description: 'A payment, or a part of it, was applied to an invoice.' }),
  PaymentReversed: fact<PaymentReversedSnapshot>({ subject: 'Payment', description: 'A payment was taken back; the invoices that it paid are open again.' }),
  RevenueRecognized: fact<RevenueSnapshot>({ subject: 'RevenueEvent', description: 'Revenue was recognized.' }),
  JournalPosted: fact<JournalSnapshot>({ subject: 'JournalEntry', description: 'A balanced journal entry was posted.' }),
});

export type FactName = keyof typeof facts;
