import { anyId, day, firmOnly, flag, id, ids, list, nullable, oneOf, shownMoney, text, thing, whole } from '#kernel/fields.ts';
import { catalogue, type DataOf, document, documents, fact, type PayloadOf } from '#kernel/published.ts';
import {
  actual,
  amount,
  billed,
  billingRun,
  channel,
  charged,
  disputed,
  dunned,
  ended,
  exchangeRate,
  invoice,
  net,
  number,
  onRun,
  onSupplierInvoice,
  open,
  outside,
  payment,
  period,
  rateCardVersion,
  reason,
  status,
  termsSet,
} from './payloads.ts';

declare module '#kernel/facts.ts' {
  interface Dimensions {
    legalEntityId: true;
  }
}

/** The facts of the finance subgraph. */
export const facts = catalogue('finance', {
  RateCardPublished: fact({
    subject: 'RateCardVersion',
    description: 'A rate card version was published and prices work from its effective date on.',
    read: 'rate:read',
    fields: rateCardVersion,
  }),
  ExchangeRateSet: fact({ subject: 'ExchangeRate', description: 'An exchange rate of a day was set or corrected.', read: 'rate:read', fields: exchangeRate }),
  IntercompanyTermsSet: fact(termsSet),
  IntercompanyCharged: fact(charged),
  ActualPosted: fact({ subject: 'Actual', description: 'A line was added to the ledger of actuals.', read: 'actual:read', fields: actual }),
  ActualReversed: fact({
    subject: 'Actual',
    description: 'An actual was taken back by an opposite one.',
    read: 'actual:read',
    fields: { ...actual, reversalActualId: id('Actual'), reason },
  }),
  PeriodOpened: fact({
    subject: 'FiscalPeriod',
    description: 'A fiscal period was made or opened again: it takes postings.',
    read: 'period:read',
    fields: period,
  }),
  PeriodClosed: fact({
    subject: 'FiscalPeriod',
    description: 'A fiscal period was closed: nothing is posted into it any more.',
    read: 'period:read',
    ...ended,
  }),
  PeriodLocked: fact({
    subject: 'FiscalPeriod',
    description: 'A closed fiscal period was locked: it is never opened again.',
    read: 'period:read',
    fields: ended.fields,
  }),
  TaxProfileChanged: fact({
    subject: 'TaxProfile',
    description: 'A tax profile was made, or its rates changed.',
    read: 'reference:read',
    fields: { taxProfileId: id('TaxProfile'), legalEntityId: id('LegalEntity'), code: text('Its code.') },
  }),
  InvoiceDrafted: fact({ subject: 'Invoice', description: 'An invoice was drafted from actuals that are ready.', read: 'invoice:read', fields: invoice }),
  InvoiceAdjusted: fact({
    subject: 'Invoice',
    description: 'A discount or a line of its own was put on a draft, or taken off it.',
    read: 'invoice:read',
    fields: {
      ...invoice,
      change: shownMoney('What it asks for more, without tax; below zero less.'),
      reason: nullable(text('Why, as printed; null where something was taken off again.')),
    },
  }),
  InvoiceCancelled: fact({
    subject: 'Invoice',
    description: 'An invoice was cancelled before it was posted; its actuals are ready again.',
    read: 'invoice:read',
    fields: { ...invoice, projectIds: ids('Project', 'The projects whose work it was to bill.') },
  }),
  InvoiceValidated: fact({ subject: 'Invoice', description: 'The tax of an invoice was determined; it may be posted.', read: 'invoice:read', fields: invoice }),
  InvoicePosted: fact({ subject: 'Invoice', description: 'An invoice got its number and its journal entry.', read: 'invoice:read', outside, fields: invoice }),
  InvoiceDelivered: fact({
    subject: 'Invoice',
    description: 'A posted invoice arrived at its customer.',
    read: 'invoice:read',
    outside,
    fields: { ...invoice, channel, reference: firmOnly(nullable(text('What the way calls the delivery.'))) },
  }),
  InvoiceDeliveryFailed: fact({
    subject: 'Invoice',
    description: 'A posted invoice did not arrive at its customer.',
    read: 'invoice:read',
    fields: { ...invoice, channel, reason },
  }),
  InvoicePaid: fact({ subject: 'Invoice', description: 'Nothing is owed on an invoice any more.', read: 'invoice:read', outside, fields: invoice }),
  InvoiceCredited: fact({
    subject: 'Invoice',
    description: 'A posted invoice was ended by a credit note over all that was left of it.',
    read: 'invoice:read',
    outside,
    fields: { ...invoice, creditNoteInvoiceId: id('Invoice'), reason },
  }),
  InvoicePartlyCredited: fact({
    subject: 'Invoice',
    description: 'A part of a posted invoice was given back by a credit note; the rest of it stands.',
    read: 'invoice:read',
    outside,
    fields: {
      ...invoice,
      creditNoteInvoiceId: id('Invoice'),
      reason,
      credited: shownMoney('What the note gives back, with tax.'),
      concession: firmOnly(flag('True when what it gives back is not billed again.')),
    },
  }),
  InvoiceWrittenOff: fact({
    subject: 'Invoice',
    description: 'What was open of an invoice was written off as bad debt.',
    read: 'invoice:read',
    fields: { ...invoice, writtenOff: shownMoney('What was given up, with tax.'), reason },
  }),
  WriteOffReversed: fact({
    subject: 'Invoice',
    description: 'What had been written off of an invoice is open again.',
    read: 'invoice:read',
    fields: { ...invoice, writtenOff: shownMoney('What had been given up, with tax.'), reason },
  }),
  InvoiceDisputed: fact({
    subject: 'Invoice',
    description: 'Somebody holds something against an invoice, or a part of it: it is not dunned until that is resolved.',
    read: 'invoice:read',
    outside,
    fields: { ...disputed, reasonCode: text('The kind of reason.'), reason, raisedBy: text('CLIENT or FIRM: who raised it.') },
  }),
  DisputeResolved: fact({
    subject: 'Invoice',
    description: 'The firm accepted or rejected a dispute.',
    read: 'invoice:read',
    outside,
    fields: {
      ...disputed,
      outcome: text('ACCEPTED or REJECTED.'),
      resolution: text('What the client was told.'),
      creditNoteInvoiceId: nullable(id('Invoice')),
    },
  }),
  DisputeWithdrawn: fact({ subject: 'Invoice', description: 'Whoever raised a dispute took it back.', read: 'invoice:read', outside, fields: disputed }),
  InvoiceOverdue: fact({
    subject: 'Invoice',
    description: 'The due date of an invoice passed while something was to be paid of it; said once.',
    read: 'invoice:read',
    outside,
    fields: { ...invoice, dueDate: day('When it was due.'), open },
  }),
  InvoiceDunned: fact({
    subject: 'Invoice',
    description: 'An overdue invoice reached a level of reminding: a notice is to be delivered.',
    read: 'invoice:read',
    fields: { ...dunned, name: text('What the level is called.') },
  }),
  DunningNoticeDelivered: fact({
    subject: 'Invoice',
    description: 'A dunning notice arrived at its customer.',
    read: 'invoice:read',
    outside,
    fields: { ...dunned, channel, reference: firmOnly(nullable(text('What the way calls the delivery.'))) },
  }),
  DunningNoticeFailed: fact({
    subject: 'Invoice',
    description: 'A dunning notice did not arrive at its customer.',
    read: 'invoice:read',
    fields: { ...dunned, channel, reason },
  }),
  DunningHeld: fact({
    subject: 'Invoice',
    description: 'An invoice is not dunned up to and including a day.',
    read: 'invoice:read',
    fields: { ...invoice, endDate: day('The last day on which that holds.'), reason },
  }),
  DunningResumed: fact({ subject: 'Invoice', description: 'A hold of dunning was ended before its day.', read: 'invoice:read', fields: invoice }),
  RerateProposalDecided: fact({
    subject: 'RerateProposal',
    description: 'What an amendment asks of an invoice was decided: it was credited and billed anew, or stays as it is.',
    read: 'invoice:read',
    fields: {
      rerateProposalId: id('RerateProposal'),
      amendmentId: id('Amendment'),
      contractId: id('Contract'),
      customerId: id('Customer'),
      invoiceId: id('Invoice'),
      status,
      before: shownMoney('What the work on it was billed at.'),
      after: shownMoney('What it comes to by the amendment.'),
      rebilledInvoiceId: nullable(id('Invoice')),
    },
  }),
  ContractRerated: fact({
    subject: 'Rerate',
    description: 'The work under a contract was priced anew as an amendment has it; what stands on invoices is proposed.',
    read: 'actual:read',
    fields: {
      amendmentId: id('Amendment'),
      contractId: id('Contract'),
      customerId: id('Customer'),
      repriced: whole('Pieces of work that were priced anew.'),
      invoiced: whole('Pieces of work that stand on invoices, which are proposed to be billed anew.'),
      refused: whole('Pieces of work that could not be priced anew; each is an exception.'),
      before: shownMoney('What that which was priced anew was sold for.'),
      after: shownMoney('What it is sold for now.'),
    },
  }),
  BillingRunStarted: fact({ ...onRun, description: 'A run over all that is ready to be billed began.', fields: billingRun }),
  BillingRunCompleted: fact({
    ...onRun,
    description: 'A billing run has come to every contract; its drafts wait for review.',
    fields: { ...billingRun, ...billed },
  }),
  BillingRunCancelled: fact({
    ...onRun,
    description: 'A billing run was ended before it had come to every contract; what it drafted stays.',
    fields: { ...billingRun, ...billed, reason },
  }),
  InvoiceTaxFailed: fact({
    subject: 'Invoice',
    description: 'An invoice could not be posted, since its tax could not be determined.',
    read: 'invoice:read',
    fields: { invoiceId: id('Invoice'), customerId: id('Customer'), status, net, reason },
  }),
  PaymentReceived: fact({ subject: 'Payment', description: 'A payment of a customer came in.', read: 'payment:read', outside, fields: payment }),
  PaymentApplied: fact({
    subject: 'Payment',
    description: 'A payment, or a part of it, was applied to an invoice.',
    read: 'payment:read',
    outside,
    fields: { ...payment, invoiceId: id('Invoice'), applied: shownMoney('What was applied to the invoice.') },
  }),
  PaymentUnapplied: fact({
    subject: 'Payment',
    description: "What a payment had settled of an invoice was taken off it: it is the customer's credit again, and the invoice is open by as much.",
    read: 'payment:read',
    outside,
    fields: { ...payment, invoiceId: id('Invoice'), unappliedFromInvoice: shownMoney('What was taken off the invoice.'), reason },
  }),
  PaymentRefunded: fact({
    subject: 'Payment',
    description: 'Credit of a payment was paid back to the customer.',
    read: 'payment:read',
    outside,
    fields: { ...payment, paymentRefundId: id('PaymentRefund'), refunded: shownMoney('What was paid back.'), reason },
  }),
  RefundReversed: fact({
    subject: 'Payment',
    description: "A refund came back or was recorded by mistake: it is the customer's credit again.",
    read: 'payment:read',
    outside,
    fields: { ...payment, paymentRefundId: id('PaymentRefund'), refunded: shownMoney('What had been paid back.'), reason },
  }),
  PaymentReversed: fact({
    subject: 'Payment',
    description: 'A payment was taken back; the invoices that it paid are open again.',
    read: 'payment:read',
    fields: { ...payment, reason },
  }),
  SupplierInvoiceReceived: fact({ ...onSupplierInvoice, description: 'An invoice of a subcontractor was recorded.' }),
  SupplierInvoiceMatched: fact({ ...onSupplierInvoice, description: 'A supplier invoice is what was ordered, and what was approved.' }),
  SupplierInvoiceDisputed: fact({ ...onSupplierInvoice, description: 'A supplier invoice differs from its orders, or from what was approved.' }),
  SupplierInvoiceApproved: fact({ ...onSupplierInvoice, description: 'A supplier invoice was approved: it is to be posted.' }),
  SupplierInvoiceRejected: fact({
    ...onSupplierInvoice,
    description: 'A supplier invoice was rejected: the hours that it held are free again.',
    fields: { ...onSupplierInvoice.fields, reason },
  }),
  SupplierInvoicePosted: fact({ ...onSupplierInvoice, description: 'A supplier invoice stands in the books.' }),
  RevenueRecognized: fact({
    subject: 'RevenueEvent',
    description: 'Revenue was recognized, or of the method ACCRUED taken back: then the amount is negative.',
    read: 'revenue:read',
    fields: {
      revenueEventId: id('RevenueEvent'),
      customerId: nullable(id('Customer')),
      contractId: nullable(id('Contract')),
      projectId: nullable(id('Project')),
      method: text('How it was measured.'),
      amount,
      recognizedOn: day('The day that it counts for.'),
    },
  }),
  JournalPosted: fact({
    subject: 'JournalEntry',
    description: 'A balanced journal entry was posted.',
    read: 'journal:read',
    fields: {
      journalEntryId: id('JournalEntry'),
      legalEntityId: id('LegalEntity'),
      number,
      postedOn: day('The day that it counts for in the ledger.'),
      description: text('What it is about.'),
      total: shownMoney('The sum of its debits.'),
    },
  }),
});

export type FactName = keyof typeof facts;
export type ActualSnapshot = PayloadOf<typeof facts.ActualPosted>;
export type InvoiceSnapshot = PayloadOf<typeof facts.InvoicePosted>;
export type PaymentSnapshot = PayloadOf<typeof facts.PaymentReceived>;

const code = text('Its code.');
const ownName = text('Its name.');
const legalEntityId = id('LegalEntity');

/** What siblings may rely on of the entities of this subgraph. */
export const references = documents('finance', {
  LegalEntity: document('A legal entity of the firm.', {
    code,
    name: ownName,
    currency: text('The currency of its books.'),
    countryCode: text('Its country, ISO 3166.'),
  }),
  TaxProfile: document('A tax profile.', { code, legalEntityId }),
  CostCenter: document('A cost center.', { code, name: ownName, legalEntityId: nullable(legalEntityId) }),
  RateCard: document('A rate card.', {
    name: ownName,
    kind: oneOf(['SALES', 'COST', 'TRANSFER'], 'Whether it sells, costs, or lends between legal entities.'),
    currency: text('The currency of its rates.'),
    customerId: nullable(id('Customer')),
    legalEntityId: nullable(legalEntityId),
  }),
  Invoice: document('An invoice, once it is posted.', { number: text('Its number.') }),
  FiscalCalendar: document('The fiscal periods of a legal entity, under its id.', {
    periods: list(
      thing(
        {
          id: anyId('The period.'),
          name: ownName,
          from: day('The first day.'),
          to: day('The last day.'),
          status: text('Its state.'),
        },
        'A fiscal period.',
      ),
    ),
  }),
});

export type FiscalCalendarReference = DataOf<typeof references.FiscalCalendar>;
export type FiscalPeriodReference = FiscalCalendarReference['periods'][number];
