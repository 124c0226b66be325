import { postApprovedTime } from '#finance/actual/commands.ts';
import { actualMachine } from '#finance/actual/machine.ts';
import { disputeMachine } from '#finance/dispute/machine.ts';
import { invoiceDocumentMachine } from '#finance/document/machine.ts';
import { dunDueInvoices } from '#finance/dunning/commands.ts';
import { dunningNoticeMachine } from '#finance/dunning/machine.ts';
import { fiscalPeriodMachine } from '#finance/fiscalPeriod/machine.ts';
import { invoiceMachine } from '#finance/invoice/machine.ts';
import { journalEntryMachine } from '#finance/journal/machine.ts';
import { paymentMachine } from '#finance/payment/machine.ts';
import { rateCardVersionMachine } from '#finance/rateCard/machine.ts';
import { startRerates, takeRerateTurn } from '#finance/rerate/commands.ts';
import { rerateProposalMachine } from '#finance/rerate/machine.ts';
import { revenueEventMachine } from '#finance/revenue/machine.ts';
import { newId } from '#kernel/ids.ts';
import { lenderOf, lent } from './lent.ts';
import { type Input, type Life, life } from './life.ts';
import { supplierInvoice } from './supplierInvoices.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });
const withReason = (_: GridWorld, id: string) => ({ id, reason: 'grid' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** An hour that was sold and is ready to be billed. */
async function sale({ done, ok, firm: { contractId, projectId, categoryId, employeeId } }: GridWorld): Promise<string> {
  const { lines } = (await ok('query ($id: ID!) { contract(id: $id) { lines { id } } }', { id: contractId })).contract;
  const work = { kind: 'UNBILLED_SALES', transactionClass: 'TIME', workDate: '2026-02-10', hours: '1', amount: eur('100.00') };
  const item = {
    externalRef: { system: 'erp', externalId: newId() },
    projectId,
    contractLineId: lines[0].id,
    employeeId,
    laborCategoryId: categoryId,
    ...work,
  };
  const { results } = await done('recordActuals', { items: [item] }, { select: 'results { actual { id } userErrors { code message } }' });
  return results[0].actual.id;
}

/** An hour that was approved and posted at the cards' price, under a contract that has agreed another one since. */
async function mispriced(world: GridWorld): Promise<string> {
  const { customerId, engagementId, projectId, employeeId, contractId, categoryId: laborCategoryId } = world.firm;
  const work = { taskId: null, workDate: '2026-02-10', seconds: 3600n, billable: true, laborCategoryId };
  const entry = { id: newId(), version: 1, customerId, engagementId, projectId, employeeId, ...work };
  await world.command((scope) => postApprovedTime(scope, [entry]));
  const [row] = await world.sql`select id, amount_minor + 100 as minor from finance.actual where source_id = ${entry.id} and kind = 'UNBILLED_SALES'`;
  const rates = [{ employeeId, rate: money(BigInt(row?.minor)) }];
  await world.done('addContractVersion', { id: contractId, effectiveFrom: '2026-01-01', reason: 'grid', rates });
  return String(row?.id);
}

const everythingReady = ({ firm: { contractId } }: GridWorld) => ({ cutOffDate: '2026-12-31', contractIds: [contractId], invoiceDate: '2026-02-28' });

/** The period in which an actual is sold: what it earned is accrued with all others. */
async function february({ sql, firm: { legalEntityId } }: GridWorld): Promise<Input> {
  const [row] = await sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = '2026-02-01'`;
  return { fiscalPeriodId: String(row?.id) };
}

/** The invoice that an actual is on. */
async function invoiceOf({ sql }: GridWorld, actualId: string): Promise<Input | undefined> {
  const [row] = await sql`select invoice_id as id from finance.actual where id = ${actualId} and invoice_id is not null`;
  return row && { id: String(row.id) };
}

/** What an amendment asks of a draft with an hour that it prices otherwise. */
async function proposed(world: GridWorld): Promise<string> {
  const { customerId, legalEntityId, contractId } = world.firm;
  const actualId = await mispriced(world);
  await world.done('draftInvoices', everythingReady(world), { select: 'results { userErrors { message } }' });
  const invoice = await invoiceOf(world, actualId);
  const amended = {
    amendmentId: newId(),
    contractId,
    customerId,
    legalEntityId,
    name: 'Grid',
    currency: 'EUR',
    effectiveFrom: '2026-01-01',
    adjustmentDate: null,
  };
  await world.command((scope) => startRerates(scope, [{ ...amended, fact: { id: newId(), correlationId: 'grid', traceparent: null } }]));
  for (let turn = true; turn; ) turn = (await world.command((scope) => takeRerateTurn({ ...scope, now: new Date(Date.now() + 1000) }))) !== undefined;
  const [row] = await world.sql`select id from finance.rerate_proposal where invoice_id = ${String(invoice?.id)} and amendment_id = ${amended.amendmentId}`;
  return String(row?.id);
}

const rerateProposal = life(rerateProposalMachine, {
  table: 'finance.rerate_proposal',
  begin: proposed,
  path: { PROPOSED: [], ACCEPTED: ['accept'], DISMISSED: ['dismiss'] },
  inputs: { accept: (_, id) => ({ id, invoiceDate: '2026-02-28' }), dismiss: withReason },
});

const actual = life(actualMachine, {
  table: 'finance.actual',
  begin: sale,
  path: { READY: [], NOT_READY: ['hold'], ON_INVOICE: ['draft'], BILLED: ['draft', 'bill'] },
  readied: {
    'READY charge': lent,
    'READY reprice': mispriced,
    'NOT_READY reprice': async (world) => {
      const id = await mispriced(world);
      await world.done('holdActuals', { items: [{ id, reason: 'grid' }] });
      return id;
    },
  },
  inputs: {
    hold: (_, id) => ({ id, reason: 'grid' }),
    release: (_, id) => ({ id }),
    reverse: (_, id) => ({ id, reason: 'grid' }),
    reprice: (_, id) => ({ id, reason: 'grid' }),
    accrue: february,
    charge: lenderOf,
    draft: everythingReady,
    takeOff: invoiceOf,
    bill: async (world, id) => {
      const invoice = await invoiceOf(world, id);
      if (invoice) await world.call('validateInvoice', invoice);
      return invoice;
    },
    credit: async (world, id) => {
      const invoice = await invoiceOf(world, id);
      return invoice && { ...invoice, reason: 'grid' };
    },
  },
  indirect: ['accrue', 'charge', 'draft', 'takeOff', 'bill', 'credit'],
});

async function drafted(world: GridWorld): Promise<string> {
  const id = await sale(world);
  await world.done('draftInvoices', everythingReady(world));
  return String((await invoiceOf(world, id))?.id);
}

async function openOf({ sql }: GridWorld, id: string): Promise<bigint> {
  const [row] = await sql`select greatest(total_minor - paid_minor, 1)::text as open from finance.invoice where id = ${id}`;
  return BigInt(row?.open ?? 1);
}

const money = (minor: bigint) => eur(`${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`);

function received({ made, firm: { customerId, legalEntityId } }: GridWorld, minor: bigint): Promise<string> {
  return made('recordPayment', 'payment', { customerId, legalEntityId, amount: money(minor), receivedOn: '2026-03-01' });
}

/** An invoice that was posted, and of which so many per cent are paid. */
async function posted(world: GridWorld, percent = 0n): Promise<{ id: string; payment?: string }> {
  const id = await drafted(world);
  await world.done('validateInvoice', { id });
  await world.done('postInvoice', { id });
  const minor = ((await openOf(world, id)) * percent) / 100n;
  if (minor === 0n) return { id };
  const payment = await received(world, minor);
  await world.done('applyPayment', { id: payment, applications: [{ invoiceId: id, amount: money(minor) }] });
  return { id, payment };
}

const invoice = life(invoiceMachine, {
  table: 'finance.invoice',
  begin: drafted,
  path: {
    ...{ DRAFT: [], VALIDATED: ['validate'], POSTED: ['validate', 'post'], CREDITED: ['validate', 'post', 'credit'], CANCELLED: ['cancel'] },
    WRITTEN_OFF: ['validate', 'post', 'writeOff'],
  },
  made: {
    PARTLY_PAID: async (world) => (await posted(world, 50n)).id,
    PAID: async (world) => (await posted(world, 100n)).id,
  },
  inputs: {
    update: (_, id) => ({ id, note: 'grid' }),
    discount: (_, id) => ({ id, percent: '10', reason: 'grid' }),
    addLine: (_, id) => ({ id, amount: eur('5.00'), description: 'grid' }),
    removeAdjustment: async ({ sql, done }, id) => {
      const [row] = await sql`select status from finance.invoice where id = ${id}`;
      if (row?.status === 'DRAFT') await done('addInvoiceLine', { id, amount: eur('5.00'), description: 'grid' });
      const [line] = await sql`select id from finance.invoice_line where invoice_id = ${id} order by position desc`;
      return { id, lineId: String(line?.id) };
    },
    validate: itself,
    post: itself,
    cancel: itself,
    settle: async (world, id) => {
      const minor = await openOf(world, id);
      return { id: await received(world, minor), applications: [{ invoiceId: id, amount: money(minor) }] };
    },
    unsettle: async ({ sql }, id) => {
      const [row] = await sql`select payment_id as id from finance.payment_application where invoice_id = ${id} and reversed_at is null`;
      return row && { id: String(row.id), invoiceIds: [id], reason: 'grid' };
    },
    credit: withReason,
    creditPart: async ({ sql }, id) => {
      const [row] = await sql`select id from finance.invoice_line where invoice_id = ${id} order by position`;
      return { id, reason: 'grid', rebill: false, lines: [{ lineId: String(row?.id), amount: eur('0.01') }] };
    },
    writeOff: withReason,
    reverseWriteOff: withReason,
  },
  closed: { 'PARTLY_PAID credit': 'noPaymentStands', 'PAID credit': 'noPaymentStands', 'PAID creditPart': 'neverOverCredited' },
  facts: { validate: [], post: ['InvoicePosted'], unsettle: ['PaymentUnapplied'], creditPart: ['InvoicePartlyCredited'] },
});

async function partlyApplied(world: GridWorld): Promise<string> {
  const [id, { id: invoiceId }] = [await received(world, 4_000n), await posted(world)];
  await world.done('applyPayment', { id, applications: [{ invoiceId, amount: money(1_000n) }] });
  return id;
}

async function refunded(world: GridWorld, id: string, minor = 100n): Promise<string> {
  await world.done('refundPayment', { id, amount: money(minor), reason: 'grid' });
  return id;
}

/** The paper of a posted invoice; its delivery is reported by the invoice's id. */
const invoiceDocument = life(invoiceDocumentMachine, {
  table: 'finance.invoice_document',
  begin: async (world) => {
    const { id } = await posted(world);
    const [row] = await world.sql`select id from finance.invoice_document where invoice_id = ${id}`;
    return String(row?.id);
  },
  path: { PENDING: [], DELIVERED: ['acknowledge'], FAILED: ['fail'] },
  inputs: {
    acknowledge: async (world, id) => ({ ...(await billedBy(world, id)), channel: 'EMAIL' }),
    fail: async (world, id) => ({ ...(await billedBy(world, id)), channel: 'EMAIL', reason: 'grid' }),
  },
});

/** The invoice of a paper. */
async function billedBy({ sql }: GridWorld, id: string): Promise<Input> {
  const [row] = await sql`select invoice_id as id from finance.invoice_document where id = ${id}`;
  return { id: String(row?.id) };
}

const dispute = life(disputeMachine, {
  table: 'finance.dispute',
  begin: async (world) => world.made('disputeInvoice', 'dispute', { invoiceId: (await posted(world)).id, reasonCode: 'PRICE', reason: 'grid' }),
  path: { OPEN: [], ACCEPTED: ['accept'], REJECTED: ['reject'], WITHDRAWN: ['withdraw'] },
  inputs: {
    accept: (_, id) => ({ id, outcome: 'ACCEPTED', resolution: 'grid' }),
    reject: (_, id) => ({ id, outcome: 'REJECTED', resolution: 'grid' }),
    withdraw: itself,
  },
});

/** A reminder of an invoice that was due long ago. */
const dunningNotice = life(dunningNoticeMachine, {
  table: 'finance.dunning_notice',
  begin: async (world) => {
    const { id } = await posted(world);
    await world.done('setDunningPolicy', { id: world.firm.legalEntityId });
    while ((await world.command(dunDueInvoices)) > 0);
    const [row] = await world.sql`select id from finance.dunning_notice where invoice_id = ${id}`;
    return String(row?.id);
  },
  path: { PENDING: [], DELIVERED: ['acknowledge'], FAILED: ['fail'] },
  inputs: { acknowledge: (_, id) => ({ id, channel: 'EMAIL' }), fail: (_, id) => ({ id, channel: 'EMAIL', reason: 'grid' }) },
});

const payment = life(paymentMachine, {
  table: 'finance.payment',
  begin: (world) => received(world, 4_000n),
  path: { RECEIVED: [], REFUNDED: ['refund'], REVERSED: ['reverse'] },
  made: {
    PARTLY_APPLIED: partlyApplied,
    APPLIED: async (world) => (await posted(world, 100n)).payment ?? '',
  },
  inputs: {
    apply: async (world, id) => ({ id, applications: [{ invoiceId: (await posted(world)).id, amount: money(500n) }] }),
    unapply: withReason,
    refund: async ({ sql }, id) => {
      const [row] = await sql`select greatest(amount_minor - applied_minor - refunded_minor, 1)::text as unapplied from finance.payment where id = ${id}`;
      return { id, amount: money(BigInt(row?.unapplied ?? 1)), reason: 'grid' };
    },
    reverseRefund: async ({ sql }, id) => {
      const [row] = await sql`select id from finance.payment_refund where payment_id = ${id} and reversed_at is null`;
      return row && { id, refundId: String(row.id), reason: 'grid' };
    },
    reverse: withReason,
  },
  readied: {
    'RECEIVED reverseRefund': (world) => received(world, 4_000n).then((id) => refunded(world, id)),
    'PARTLY_APPLIED reverseRefund': (world) => partlyApplied(world).then((id) => refunded(world, id)),
    'APPLIED reverseRefund': (world) => partlyApplied(world).then((id) => refunded(world, id, 3_000n)),
  },
  guarded: {
    refund: { neverOverRefunded: (_, id) => ({ id, amount: money(4_001n), reason: 'grid' }) },
    reverse: { nothingRefunded: async (world, id) => withReason(world, await refunded(world, id)) },
  },
  facts: { apply: ['PaymentApplied'] },
});

const balanced = [
  { account: 'CASH', debit: eur('5.00') },
  { account: 'OTHER', credit: eur('5.00') },
];

const journalEntry = life(journalEntryMachine, {
  table: 'finance.journal_entry',
  begin: ({ made, firm: { legalEntityId } }) =>
    made('createJournalEntry', 'journalEntry', { legalEntityId, postingDate: '2026-02-28', description: 'grid', lines: balanced }),
  path: { DRAFT: [], POSTED: ['post'] },
  inputs: { update: (_, id) => ({ id, description: 'grid 2' }), post: itself, reverse: itself },
});

/** Books of their own, so that closing them stops nobody else. */
async function ownBooks({ made }: GridWorld): Promise<string> {
  const code = newId().slice(-12);
  return made('createLegalEntity', 'legalEntity', { code, name: 'Grid', currency: 'EUR', countryCode: 'NL' });
}

const fiscalPeriod = life(fiscalPeriodMachine, {
  table: 'finance.fiscal_period',
  begin: async (world) => {
    const legalEntityId = await ownBooks(world);
    await world.done('createFiscalPeriods', { legalEntityId, firstYear: 2026, years: 1, startMonth: 1, length: 'QUARTER' });
    const [row] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} order by start_date`;
    return String(row?.id);
  },
  path: { OPEN: [], CLOSED: ['close'], LOCKED: ['close', 'lock'] },
  inputs: { close: itself, reopen: itself, lock: itself },
});

function cardVersion({ made, firm: { categoryId } }: GridWorld, rateCardId: string, effectiveFrom: string): Promise<string> {
  return made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom, lines: [{ laborCategoryId: categoryId, rate: '1.00' }] });
}

const rateCardVersion = life(rateCardVersionMachine, {
  table: 'finance.rate_card_version',
  begin: async (world) => {
    const rateCardId = await world.made('createRateCard', 'rateCard', {
      name: newId(),
      kind: 'SALES',
      scope: 'STANDARD',
      currency: 'EUR',
      legalEntityId: await ownBooks(world),
    });
    return cardVersion(world, rateCardId, '2026-01-01');
  },
  path: { DRAFT: [], PUBLISHED: ['publish'], SUPERSEDED: ['publish', 'supersede'] },
  inputs: {
    publish: itself,
    // Whoever publishes the next version ends this one.
    supersede: async (world, id) => {
      const [row] = await world.sql`select rate_card_id, count(*) over ()::int as n from finance.rate_card_version
        where rate_card_id = (select rate_card_id from finance.rate_card_version where id = ${id})`;
      return { id: await cardVersion(world, String(row?.rate_card_id), `2026-0${1 + Number(row?.n)}-01`) };
    },
  },
  indirect: ['supersede'],
});

const revenueEvent = life(revenueEventMachine, {
  table: 'finance.revenue_event',
  begin: async ({ done, firm: { contractId } }) => {
    const plan = { contractId, method: 'STRAIGHT_LINE', total: eur('900.00'), startDate: '2026-01-01', endDate: '2026-01-31' };
    return (await done('scheduleRevenue', plan, { select: 'revenueEvents { id }' })).revenueEvents[0].id;
  },
  path: {
    SCHEDULED: [],
    PENDING_APPROVAL: ['submit'],
    RECOGNIZED: ['submit', 'recognize'],
    REVERSED: ['submit', 'recognize', 'reverse'],
    CANCELLED: ['cancel'],
  },
  inputs: { update: (_, id) => ({ id, description: 'grid' }), submit: itself, recognize: itself, reverse: itself, cancel: itself },
});

export const financeLives: readonly Life[] = [
  actual,
  invoice,
  invoiceDocument,
  dispute,
  supplierInvoice,
  dunningNotice,
  payment,
  journalEntry,
  fiscalPeriod,
  rateCardVersion,
  revenueEvent,
  rerateProposal,
];
