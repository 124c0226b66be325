import { anyId, day, decimal, hours, id, nullable, shownMoney, text, whole } from '#kernel/fields.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'reference:read': true;
    'reference:write': true;
    'rate:read': true;
    'rate:write': true;
    'rate:publish': true;
    'cost:read': true;
    'actual:read': true;
    'actual:write': true;
    'actual:post': true;
    'actual:release': true;
    'actual:reprice': true;
    'actual:reverse': true;
    'invoice:read': true;
    'invoice:write': true;
    'invoice:write-off': true;
    'invoice:post': true;
    'invoice:credit': true;
    'invoice:deliver': true;
    'dispute:write': true;
    'dispute:resolve': true;
    'dunning:write': true;
    'dunning:deliver': true;
    'payment:read': true;
    'payment:write': true;
    'payment:refund': true;
    'payment:reverse': true;
    'journal:read': true;
    'journal:write': true;
    'journal:post': true;
    'revenue:read': true;
    'revenue:write': true;
    'revenue:recognize': true;
    'intercompany:write': true;
    'intercompany:charge': true;
    'supplier-invoice:read': true;
    'supplier-invoice:write': true;
    'supplier-invoice:approve': true;
    'supplier-invoice:override': true;
    'supplier-invoice:post': true;
    'period:read': true;
    'period:close': true;
    'period:lock': true;
    'period:override': true;
    'period:reopen': true;
    'period:write': true;
  }
}

export const status = text('Its state then.');
export const kind = text('Its kind.');
export const reason = text('Why, in the words of whoever did it.');
export const number = nullable(text('The number that people quote; null until it has one.'));
export const amount = shownMoney('The amount; null where only holders of a permission may know it.');
export const net = shownMoney('Without tax.');
/** Bills and payments are between the firm and its client. */
export const outside = ['CLIENT'] as const;

/** A cost's amount is not in the log: whoever holds `cost:read` reads it from the actual. */
export const actual = {
  actualId: id('Actual'),
  kind,
  status,
  customerId: nullable(id('Customer')),
  engagementId: nullable(id('Engagement')),
  projectId: nullable(id('Project')),
  contractId: nullable(id('Contract')),
  employeeId: nullable(id('Employee')),
  workDate: day('The day on which the work was done.'),
  hours: nullable(hours('The hours, rounded half up to six digits where they have more.')),
  amount: nullable(amount),
  sourceType: text('What it was made from: the entity type.'),
  sourceId: anyId('What it was made from: the id.'),
};
export const invoice = {
  invoiceId: id('Invoice'),
  customerId: id('Customer'),
  contractId: nullable(id('Contract')),
  number,
  status,
  net,
  tax: nullable(shownMoney('The tax; null while it is not determined.')),
  gross: nullable(shownMoney('With tax; null while the tax is not determined.')),
};
export const channel = text('The way it went.');
export const open = shownMoney('What is to be paid of it then.');
export const disputed = { ...invoice, disputeId: id('Dispute'), disputed: shownMoney('How much was disputed, with tax.') };
export const dunned = { ...invoice, dunningNoticeId: id('DunningNotice'), level: whole('The level of reminding; 1 is the first.'), open };
export const exchangeRate = {
  exchangeRateId: id('ExchangeRate'),
  baseCurrency: text('The currency of which one unit is worth so much.'),
  quoteCurrency: text('The currency in which the rate counts.'),
  rate: decimal('What one unit of the base currency is worth in the quote currency.'),
  effectiveOn: day('The day from which on it holds.'),
  source: text('Who says so.'),
};
export const rateCardVersion = {
  rateCardId: id('RateCard'),
  rateCardVersionId: id('RateCardVersion'),
  name: text('Its name then.'),
  kind,
  currency: text('The currency it counts in.'),
  effectiveFrom: day('The first day that it applies to.'),
};
const pair = {
  lenderId: id('LegalEntity'),
  borrowerId: id('LegalEntity'),
};
export const termsSet = {
  subject: 'IntercompanyTerms',
  description: 'What a legal entity asks another for the work of its people was set or corrected.',
  read: 'cost:read',
  fields: {
    intercompanyTermsId: id('IntercompanyTerms'),
    ...pair,
    effectiveFrom: day('The first day that they apply to.'),
    method: text('How hours are priced.'),
  },
} as const;
/** Its amounts say what work costs: whoever holds `cost:read` reads them from the charge. */
export const charged = {
  subject: 'IntercompanyCharge',
  description: 'A legal entity charged another for the work of its people, in both books.',
  read: 'cost:read',
  fields: {
    intercompanyChargeId: id('IntercompanyCharge'),
    ...pair,
    number: whole('Its number among those of the lender.'),
    chargedOn: day('The last day whose work is on it, and its day in both books.'),
    actuals: whole('How many sales it charges or gives back.'),
  },
} as const;
export const period = {
  fiscalPeriodId: id('FiscalPeriod'),
  legalEntityId: id('LegalEntity'),
  name: text('Its name then.'),
  startDate: day('The first day.'),
  endDate: day('The last day.'),
  status,
};
/** Version 1 knew no reasons, and closed over whatever was open. */
export const ended = {
  version: 2,
  upcasts: { 1: (payload: Record<string, unknown>) => ({ ...payload, reason: null, openWork: 0 }) },
  fields: {
    ...period,
    reason: nullable(text('Why, in the words of whoever did it; null where nobody said.')),
    openWork: whole('How many time entries, expenses and milestones of the period were not in the books; more than 0 only where somebody closed over them.'),
  },
} as const;
export const payment = {
  paymentId: id('Payment'),
  customerId: id('Customer'),
  status,
  amount,
  unapplied: shownMoney('What is not applied to invoices yet.'),
  receivedOn: day('The day on which it came in.'),
};

export const billingRun = {
  billingRunId: id('BillingRun'),
  cutOffDate: day('Work up to and including this day.'),
  invoiceDate: day('The date on the invoices.'),
  contracts: whole('Contracts that had something ready when it began.'),
};
export const billed = {
  drafted: whole('Invoices that it drafted.'),
  skipped: whole('Contracts and currencies that it drafted nothing for, each with a reason.'),
};
export const onRun = { subject: 'BillingRun', read: 'invoice:read' } as const;

/** What a supplier invoice asks for stays out of the log, which more people read than may see costs. */
export const onSupplierInvoice = {
  subject: 'SupplierInvoice',
  read: 'supplier-invoice:read',
  fields: {
    supplierInvoiceId: id('SupplierInvoice'),
    subcontractorId: id('Subcontractor'),
    number: text('The number that the subcontractor gave.'),
    invoiceDate: day('Its date.'),
    status,
  },
} as const;
