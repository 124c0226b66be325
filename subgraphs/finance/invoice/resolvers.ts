import type { DraftInvoicesInput, Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { Refused, toUserError } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { asRefused, type EntityPayload, mutationsOf, type Outcome, shown, transact } from '#kernel/mutation.ts';
import { dateOf } from '#kernel/period.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { applicationsOfInvoice } from '../payment/queries.ts';
import type { InvoiceRow } from '../tables.ts';
import { readTaxProfile } from '../taxProfile/queries.ts';
import {
  cancelInvoice,
  creditInvoice,
  draftInvoices,
  noteTaxFailure,
  postInvoice,
  postInvoices,
  updateInvoice,
  validateInvoice,
  validateInvoices,
} from './commands.ts';
import { invoiceMachine } from './machine.ts';
import {
  actualsOfLines,
  invoiceList,
  invoiceRefs,
  invoicesOfContract,
  invoicesOfCustomer,
  invoicesOfEngagement,
  invoicesOfProject,
  isOverdue,
  linesOfInvoice,
  openMinor,
  type ReceivableRow,
  readInvoice,
  readInvoiceLine,
  receivablesOfCustomers,
  sourcesOfLines,
} from './queries.ts';

const on = mutationsOf('invoice', readInvoice);

type ItemInput = { id: string; idempotencyKey?: string | null | undefined };
type Answer = EntityPayload<'invoice', InvoiceRow>;

/** A refused mutation leaves nothing behind, so that a tax failure is marked and stated in a transaction of its own. */
function notingTaxFailure<Input extends ItemInput>(
  action: 'validate' | 'post',
  mutate: (_: unknown, args: { input: Input }, context: Context) => Promise<Answer>,
) {
  return async (_: unknown, args: { input: Input }, context: Context): Promise<Answer> => {
    const answer = await mutate(_, args, context);
    if (!answer.userErrors.some((error) => error.code === 'TAX_FAILED')) return answer;
    const { idempotencyKey: __, ...item } = args.input;
    await transact(context, { mutation: 'noteTaxFailure', input: {} }, async (scope) => noteTaxFailure(scope, item, action));
    context.forget();
    return { ...answer, invoice: await shown(context, readInvoice, item.id) };
  };
}

async function answerDraft(context: Context, input: DraftInvoicesInput) {
  const { correlationId } = context.trace;
  const stored = (outcome: Outcome, index: number) =>
    'refused' in outcome ? { index, id: null, userErrors: [toUserError(outcome.refused, correlationId)] } : { index, id: outcome.id, userErrors: [] };
  try {
    const { answer, replayed } = await transact(context, { mutation: 'draftInvoices', input }, async (scope) => {
      const { outcomes, actualsTaken } = await draftInvoices(scope, input);
      return { results: outcomes.map(stored), actualsTaken };
    });
    context.forget();
    const results = await Promise.all(answer.results.map(async ({ id, ...rest }) => ({ ...rest, invoice: id ? await shown(context, readInvoice, id) : null })));
    const failed = results.filter((result) => result.userErrors.length > 0).length;
    return { results, succeeded: results.length - failed, failed, actualsTaken: answer.actualsTaken, userErrors: [], replayed };
  } catch (error) {
    return { results: [], succeeded: 0, failed: 0, actualsTaken: 0, userErrors: [toUserError(asRefused(error), correlationId)], replayed: false };
  }
}

const money = (pick: (row: InvoiceRow) => bigint) => (row: InvoiceRow) => showMoney({ minor: pick(row), currency: row.currency });

async function needed(context: Context, id: string): Promise<InvoiceRow> {
  const invoice = await readInvoice(context, id);
  if (!invoice) throw new Refused('NOT_FOUND', 'There is no such invoice, or you may not know of it.');
  return invoice;
}

const orNull = async (context: Context, id: string | null) => (id ? ((await readInvoice(context, id)) ?? null) : null);

export function showReceivable({ currency, open, overdue, late, credit }: ReceivableRow) {
  const show = (minor: bigint) => showMoney({ minor, currency });
  const [to30, to60, to90, over90] = late;
  return {
    currency,
    open: show(open),
    overdue: show(overdue),
    overdue1To30: show(to30),
    overdue31To60: show(to60),
    overdue61To90: show(to90),
    overdueOver90: show(over90),
    credit: show(credit),
  };
}

export const invoiceResolvers = {
  Query: {
    invoice: (_, { id }, context) => orNull(context, id),
    invoices: (_, args, context) => page(context, invoiceList, args),
  },
  Mutation: {
    draftInvoices: (_, { input }, context) => answerDraft(context, input),
    updateInvoice: on.one('updateInvoice', updateInvoice),
    validateInvoice: notingTaxFailure('validate', on.one('validateInvoice', validateInvoice)),
    validateInvoices: on.bulk('validateInvoices', validateInvoices),
    postInvoice: notingTaxFailure('post', on.one('postInvoice', postInvoice)),
    postInvoices: on.bulk('postInvoices', postInvoices),
    cancelInvoice: on.one('cancelInvoice', cancelInvoice),
    creditInvoice: on.one('creditInvoice', creditInvoice),
  },
  Customer: {
    invoices: ({ id }, args, context) => pageOf(context, invoicesOfCustomer, { parentId: id, args }),
    receivables: async ({ id }, _, context) => ((await context.load(receivablesOfCustomers, id)) ?? []).map(showReceivable),
  },
  Contract: { invoices: ({ id }, args, context) => pageOf(context, invoicesOfContract, { parentId: id, args }) },
  Engagement: { invoices: ({ id }, args, context) => pageOf(context, invoicesOfEngagement, { parentId: id, args }) },
  Project: { invoices: ({ id }, args, context) => pageOf(context, invoicesOfProject, { parentId: id, args }) },
  Invoice: {
    __resolveReference: ({ id }, context) => orNull(context, id),
    number: ({ number }) => number || null,
    customer: ({ customerId }) => ({ id: customerId }),
    engagement: ({ engagementId }) => ({ id: engagementId }),
    contract: ({ contractId }) => ({ id: contractId }),
    legalEntity: ({ legalEntityId }, _, context) => legalEntityOf(context, legalEntityId),
    taxProfile: async ({ taxProfileId }, _, context) => (taxProfileId ? ((await readTaxProfile(context, taxProfileId)) ?? null) : null),
    subtotal: money((row) => row.subtotalMinor),
    tax: money((row) => row.taxMinor),
    total: money((row) => row.totalMinor),
    paid: money((row) => row.paidMinor),
    open: money(openMinor),
    overdue: (invoice, _, { clock }) => isOverdue(invoice, dateOf(clock())),
    creditNote: ({ creditNoteId }, _, context) => orNull(context, creditNoteId),
    credits: ({ creditsId }, _, context) => orNull(context, creditsId),
    lines: ({ id }, args, context) => pageOf(context, linesOfInvoice, { parentId: id, args }),
    payments: ({ id }, args, context) => pageOf(context, applicationsOfInvoice, { parentId: id, args }),
    journalEntry: async ({ journalEntryId }, _, context) => (journalEntryId ? ((await readJournalEntry(context, journalEntryId)) ?? null) : null),
    externalRefs: async ({ id }, _, context) => (await context.load(invoiceRefs, id)) ?? [],
    availableActions: (invoice, _, { actor }) => availableActions(invoiceMachine, invoice, actor),
  },
  InvoiceLine: {
    __resolveReference: async ({ id }, context) => (await readInvoiceLine(context, id)) ?? null,
    invoice: ({ invoiceId }, _, context) => needed(context, invoiceId),
    project: ({ projectId }) => (projectId ? { id: projectId } : null),
    laborCategory: ({ laborCategoryId }) => (laborCategoryId ? { id: laborCategoryId } : null),
    hours: ({ seconds }) => (seconds === null ? null : hoursOfSeconds(seconds)),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    tax: ({ taxMinor, currency }) => showMoney({ minor: taxMinor, currency }),
    actuals: async ({ id }, _, context) => (await context.load(actualsOfLines, id)) ?? [],
    timeEntries: async ({ id }, _, context) => (await context.load(sourcesOfLines, id, 'TIMESHEET_ENTRY')) ?? [],
    expenses: async ({ id }, _, context) => (await context.load(sourcesOfLines, id, 'EXPENSE_ITEM')) ?? [],
  },
} satisfies Resolvers;
