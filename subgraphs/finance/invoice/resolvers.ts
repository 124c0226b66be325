import type { DraftInvoicesInput, Resolvers } from '#generated/finance.ts';
import { executeOne } from '#kernel/command.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { Refused, toUserError, type UserError } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type EntityPayload, mutationsOf, shown, shownResults, transact } from '#kernel/mutation.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { inPages } from '#kernel/pages.ts';
import { dateOf } from '#kernel/period.ts';
import { type LineRates, pricingOf, undiscounted } from '../billing/lines.ts';
import { percentOf } from '../document/ubl.ts';
import { readJournalEntry } from '../journal/queries.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import { applicationsOfInvoice } from '../payment/queries.ts';
import type { InvoiceLineRow, InvoiceRow } from '../tables.ts';
import { readTaxProfile } from '../taxProfile/queries.ts';
import {
  addInvoiceDiscount,
  addInvoiceLine,
  cancelInvoice,
  creditInvoice,
  draftInvoices,
  noteTaxFailure,
  postInvoice,
  postInvoices,
  removeInvoiceAdjustment,
  reverseWriteOff,
  updateInvoice,
  validateInvoice,
  validateInvoices,
  writeOffInvoice,
} from './commands.ts';
import { invoiceMachine } from './machine.ts';
import {
  actualsOfLines,
  asOwed,
  conversionsOfLines,
  creditedOfLines,
  creditNotesOfInvoice,
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
  ratesOfLines,
  readInvoice,
  readInvoiceLine,
  receivablesOfCustomers,
  sourcesOfLines,
  taxesOfInvoices,
} from './queries.ts';
import { invoiceSummary } from './summary.ts';

const on = mutationsOf('invoice', readInvoice);

function showPricing(line: InvoiceLineRow, rates: LineRates) {
  const { rounding, rate } = pricingOf(undiscounted(line), rates);
  const show = (minor: bigint) => showMoney({ minor, currency: line.currency });
  return { rounding, rate: rate && show(rate.minor), policy: rate?.policy ?? null, difference: rate && show(rate.difference) };
}

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
    await transact(context, { mutation: 'noteTaxFailure', input: {} }, (scope) => executeOne(scope, noteTaxFailure(action), item));
    context.forget();
    return { ...answer, invoice: await shown(context, readInvoice, item.id) };
  };
}

type StoredDraft = { id: string | null; userErrors: UserError[] };
type StoredPage = { results: StoredDraft[]; actualsTaken: number; next: string | null };

/** A page of contracts per transaction. Where one is refused, what was drafted before it stands and is told. */
async function answerDraft(context: Context, input: DraftInvoicesInput) {
  const stored = (outcome: Outcome): StoredDraft =>
    'refused' in outcome ? { id: null, userErrors: [toUserError(outcome.refused, context.trace.correlationId)] } : { id: outcome.id, userErrors: [] };
  const { pages, ...rest } = await inPages(context, { mutation: 'draftInvoices', input }, async (scope, after: string | null): Promise<StoredPage> => {
    const { outcomes, ...page } = await draftInvoices(scope, input, after);
    return { results: outcomes.map(stored), ...page };
  });
  const drafted = pages.flatMap(({ results }) => results).map((draft, index) => ({ ...draft, index }));
  const actualsTaken = pages.reduce((sum, page) => sum + page.actualsTaken, 0);
  return { ...(await shownResults(context, { entity: 'invoice', read: readInvoice }, drafted)), actualsTaken, ...rest };
}

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
    invoiceSummary: (_, args, context) => invoiceSummary(context, args),
  },
  Mutation: {
    draftInvoices: (_, { input }, context) => answerDraft(context, input),
    updateInvoice: on.one('updateInvoice', updateInvoice),
    validateInvoice: notingTaxFailure('validate', on.one('validateInvoice', validateInvoice)),
    validateInvoices: on.bulk('validateInvoices', validateInvoices),
    postInvoice: notingTaxFailure('post', on.one('postInvoice', postInvoice)),
    postInvoices: on.bulk('postInvoices', postInvoices),
    cancelInvoice: on.one('cancelInvoice', cancelInvoice),
    addInvoiceDiscount: on.one('addInvoiceDiscount', addInvoiceDiscount),
    addInvoiceLine: on.one('addInvoiceLine', addInvoiceLine),
    removeInvoiceAdjustment: on.one('removeInvoiceAdjustment', removeInvoiceAdjustment),
    creditInvoice: on.one('creditInvoice', creditInvoice),
    writeOffInvoice: on.one('writeOffInvoice', writeOffInvoice),
    reverseWriteOff: on.one('reverseWriteOff', reverseWriteOff),
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
    subtotal: ({ subtotalMinor, currency }) => showMoney({ minor: subtotalMinor, currency }),
    tax: ({ taxMinor, currency }) => showMoney({ minor: taxMinor, currency }),
    taxBreakdown: async ({ id, currency }, _, context) =>
      ((await context.load(taxesOfInvoices, id)) ?? []).map(({ basisPoints, netMinor, taxMinor }) => {
        return { basisPoints, taxable: showMoney({ minor: netMinor, currency }), tax: showMoney({ minor: taxMinor, currency }) };
      }),
    total: ({ totalMinor, currency }) => showMoney({ minor: totalMinor, currency }),
    paid: ({ paidMinor, currency }) => showMoney({ minor: paidMinor, currency }),
    credited: ({ creditedMinor, currency }) => showMoney({ minor: creditedMinor, currency }),
    writtenOff: ({ writtenOffMinor, currency }) => showMoney({ minor: writtenOffMinor, currency }),
    status: ({ status, paidMinor }, _, { actor }) => asOwed({ status, paidMinor }, actor).status,
    open: ({ kind, status, totalMinor, creditedMinor, paidMinor, currency }, _, { actor }) =>
      showMoney({ minor: openMinor(asOwed({ kind, status, totalMinor, creditedMinor, paidMinor }, actor)), currency }),
    overdue: ({ kind, status, totalMinor, creditedMinor, paidMinor, dueDate }, _, { actor, clock }) =>
      isOverdue(asOwed({ kind, status, totalMinor, creditedMinor, paidMinor, dueDate }, actor), dateOf(clock())),
    creditNote: ({ creditNoteId }, _, context) => orNull(context, creditNoteId),
    credits: ({ creditsId }, _, context) => orNull(context, creditsId),
    creditNotes: ({ id }, args, context) => pageOf(context, creditNotesOfInvoice, { parentId: id, args }),
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
    duration: ({ seconds }) => (seconds === null ? null : durationOfSeconds(seconds)),
    amount: ({ amountMinor, currency }) => showMoney({ minor: amountMinor, currency }),
    pricing: async (line, _, context) => {
      const rates = await context.load(ratesOfLines, line.id);
      return rates ? showPricing(line, rates) : null;
    },
    conversions: async ({ id }, _, context) => (await context.load(conversionsOfLines, id)) ?? [],
    tax: ({ taxMinor, currency }) => showMoney({ minor: taxMinor, currency }),
    discount: ({ discountMinor, currency }) => showMoney({ minor: discountMinor, currency }),
    discountPercent: ({ discountBasisPoints }) => (discountBasisPoints === null ? null : percentOf(discountBasisPoints)),
    credited: async ({ id, currency }, _, context) => showMoney({ minor: (await context.load(creditedOfLines, id)) ?? 0n, currency }),
    creditsLine: async ({ creditsLineId }, _, context) => (creditsLineId ? ((await readInvoiceLine(context, creditsLineId)) ?? null) : null),
    actuals: async ({ id }, args, context) => (await context.load(actualsOfLines, id, JSON.stringify(args))) ?? [],
    timeEntries: async ({ id }, args, context) => (await context.load(sourcesOfLines, id, JSON.stringify({ ...args, sourceType: 'TIMESHEET_ENTRY' }))) ?? [],
    expenses: async ({ id }, args, context) => (await context.load(sourcesOfLines, id, JSON.stringify({ ...args, sourceType: 'EXPENSE_ITEM' }))) ?? [],
  },
} satisfies Resolvers;
