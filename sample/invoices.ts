import type { MilestoneRow } from '#engagements/tables.ts';
import { applicationEntry, type EntryLine, invoiceEntry, paymentEntry, revenueEntry } from '#finance/billing/entries.ts';
import { describeLine, paperOrder } from '#finance/billing/lines.ts';
import { invoiceNumber, seriesKey, seriesOf } from '#finance/billing/number.ts';
import { taxOf } from '#finance/billing/tax.ts';
import {
  type InvoiceLineRow,
  type InvoiceRow,
  type InvoiceSequenceRow,
  type JournalEntryRow,
  type JournalLineRow,
  type PaymentApplicationRow,
  type PaymentRow,
  type RevenueEventRow,
  unadjusted,
} from '#finance/tables.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { at } from './calendar.ts';
import type { Company } from './company.ts';
import { type Gathered, type GatheredLine, isPosted } from './invoicing.ts';
import type { Random } from './random.ts';
import { entity, nth } from './rows.ts';
import type { Deal, Job } from './sales.ts';

/** All that billing left behind: papers, money, books. */
export type Books = {
  invoices: InvoiceRow[];
  invoiceLines: InvoiceLineRow[];
  sequences: InvoiceSequenceRow[];
  entries: JournalEntryRow[];
  entryLines: JournalLineRow[];
  payments: PaymentRow[];
  applications: PaymentApplicationRow[];
  revenue: RevenueEventRow[];
};

type Desk = { random: Random; books: Books; company: Company; projects: ReadonlyMap<string, Job>; series: Map<string, InvoiceSequenceRow> };

/** Makes papers of what was gathered, in the order of their dates, which is the order of their numbers. */
export function makeBooks(random: Random, { gathered, company, jobs }: { gathered: Iterable<Gathered>; company: Company; jobs: readonly Job[] }): Books {
  const books: Books = { invoices: [], invoiceLines: [], sequences: [], entries: [], entryLines: [], payments: [], applications: [], revenue: [] };
  const desk: Desk = { random, books, company, projects: new Map(jobs.map((job) => [job.project.id, job])), series: new Map() };
  const ordered = [...gathered].sort((a, b) => (a.cycle.number === b.cycle.number ? (a.id < b.id ? -1 : 1) : a.cycle.number - b.cycle.number));
  for (const invoice of ordered) addInvoice(desk, invoice);
  for (const { deal, milestones } of jobs) for (const milestone of milestones) addMilestoneRevenue(desk, deal, milestone);
  books.sequences = [...desk.series.values()];
  return books;
}

function addInvoice(desk: Desk, gathered: Gathered): void {
  const { random, books } = desk;
  const { id, deal, cycle, fate, dueDate } = gathered;
  const { contract, client } = deal;
  const lines = linesOf(desk, gathered);
  const subtotalMinor = sum(lines.map((line) => line.amountMinor));
  const taxed = fate !== 'DRAFT';
  const failure = failureOf(desk, lines, { fate, deal });
  const taxMinor = taxed ? taxLines(desk, { lines, profileId: client.taxProfileId }) : 0n;
  const totalMinor = subtotalMinor + taxMinor;
  const created = at(cycle.invoiceDate, '09:30');
  const paid = fate === 'PAID' ? totalMinor : fate === 'PARTLY_PAID' ? totalMinor / 2n : 0n;
  const taxFailedAt = failure ? at(cycle.invoiceDate, '09:45') : null;
  const updated = paid > 0n ? at(gathered.paidOn, '11:00') : (taxFailedAt ?? created);
  const invoice: InvoiceRow = {
    ...{
      id,
      version: { DRAFT: failure ? 2 : 1, VALIDATED: 2, POSTED: 3, PARTLY_PAID: 4, PAID: 4 }[fate],
      createdAt: created,
      updatedAt: updated,
      kind: 'INVOICE',
      status: fate,
    },
    ...{ number: '', numberYear: null, numberSequence: null, journalEntryId: null, postedAt: null },
    ...{
      customerId: client.id,
      engagementId: contract.engagementId,
      contractId: contract.id,
      legalEntityId: contract.legalEntityId,
      taxProfileId: taxed ? client.taxProfileId : null,
    },
    ...{
      currency: contract.currency,
      invoiceDate: cycle.invoiceDate,
      paymentTermDays: nth(deal.versions, 0).row.paymentTermDays,
      dueDate,
      cutOffDate: cycle.cutOff,
    },
    ...{
      subtotalMinor,
      taxMinor,
      totalMinor,
      paidMinor: paid,
      purchaseOrderNumber: null,
      note: null,
      taxFailedAt,
      taxFailure: failure ?? null,
      ...uncredited,
    },
  };
  books.invoices.push(invoice);
  books.invoiceLines.push(...lines);
  if (!isPosted(fate)) return;
  postInvoice(desk, invoice, lines);
  if (paid > 0n) addPayment(desk, { invoice, minor: paid, on: gathered.paidOn });
  else if (random.chance(0.01)) addUnapplied(desk, invoice);
}

/** The sample firm gives nothing back and nothing up. */
const uncredited = {
  writtenOffMinor: 0n,
  writtenOffOn: null,
  writeOffReason: null,
  writeOffEntryId: null,
  creditedMinor: 0n,
  creditNoteId: null,
  creditsId: null,
  creditReason: null,
  concession: false,
};

function linesOf({ projects, company }: Desk, { id: invoiceId, deal, cycle, lines }: Gathered): InvoiceLineRow[] {
  const { client, contract } = deal;
  const created = at(cycle.invoiceDate, '09:30');
  const described = [...lines.values()].map((line) => ({
    line,
    kind: line.transactionClass,
    supplyStartDate: line.supplyStartDate,
    ...descriptionOf(line, { projects, company, contract: contract.name }),
  }));
  return described.sort(paperOrder).map(({ line, kind, description }, index) => ({
    ...{ id: line.id, version: 1, createdAt: created, updatedAt: created, invoiceId, customerId: client.id, position: index + 1, kind, description },
    ...{
      projectId: line.projectId,
      contractLineId: line.contractLineId,
      laborCategoryId: line.laborCategoryId,
      seconds: line.seconds,
      actualCount: line.count,
    },
    ...{ supplyStartDate: line.supplyStartDate, supplyEndDate: line.supplyEndDate, taxBasisPoints: null, rateMinor: null, creditsLineId: null, ...unadjusted },
    ...{ amountMinor: line.amountMinor, taxMinor: 0n, currency: contract.currency, account: line.account },
  }));
}

function descriptionOf(
  line: GatheredLine,
  { projects, company, contract }: Pick<Desk, 'projects' | 'company'> & { contract: string },
): { project: string; description: string } {
  const project = projects.get(line.projectId ?? '')?.project.name ?? contract;
  const laborCategory = company.grades.find(({ id }) => id === line.laborCategoryId)?.name;
  return { project, description: describeLine(line, { project, laborCategory }) };
}

function taxAnswer({ company }: Desk, lines: readonly InvoiceLineRow[], profileId: string) {
  return taxOf(
    lines.map(({ amountMinor, supplyStartDate, supplyEndDate }) => ({
      amountMinor,
      supplyStartDate: supplyStartDate ?? '',
      supplyEndDate: supplyEndDate ?? '',
    })),
    company.taxProfiles.find(({ id }) => id === profileId),
  );
}

/** Why a draft could not be validated, where somebody tried. */
function failureOf(desk: Desk, lines: readonly InvoiceLineRow[], { fate, deal }: Pick<Gathered, 'fate' | 'deal'>): string | undefined {
  const { taxProfileId } = deal.client;
  if (fate !== 'DRAFT' || taxProfileId !== desk.company.lapsedProfileId) return undefined;
  const answer = taxAnswer(desk, lines, taxProfileId);
  return 'failure' in answer ? answer.failure : undefined;
}

function taxLines(desk: Desk, { lines, profileId }: { lines: InvoiceLineRow[]; profileId: string }): bigint {
  const answer = taxAnswer(desk, lines, profileId);
  if ('failure' in answer) throw new Error(answer.failure);
  for (const [index, line] of lines.entries()) {
    line.taxMinor = answer.lines[index]?.taxMinor ?? 0n;
    line.taxBasisPoints = answer.lines[index]?.basisPoints ?? null;
  }
  return answer.totalMinor;
}

function postInvoice(desk: Desk, invoice: InvoiceRow, lines: readonly InvoiceLineRow[]): void {
  const { random, books, company, series } = desk;
  const own = seriesOf(invoice.legalEntityId, 'INVOICE', invoice.invoiceDate);
  const before = series.get(seriesKey(own));
  const last = (before?.last ?? 0) + 1;
  const row = before ?? { ...entity(random, { created: at(invoice.invoiceDate, '09:30') }), ...own };
  series.set(seriesKey(own), { ...row, version: last, updatedAt: at(invoice.invoiceDate, '09:30'), last });
  const code = company.legalEntities.find(({ id }) => id === invoice.legalEntityId)?.code ?? '';
  const number = invoiceNumber(code, own, last);
  const { legalEntityId, customerId, engagementId, contractId, currency, invoiceDate } = invoice;
  const entry = addEntry(desk, {
    legalEntityId,
    customerId,
    invoiceId: invoice.id,
    postingDate: invoiceDate,
    description: `Invoice ${number}`,
    source: 'INVOICE',
    lines: invoiceEntry(invoice, lines),
  });
  Object.assign(invoice, { number, numberYear: own.year, numberSequence: last, journalEntryId: entry.id, postedAt: at(invoiceDate, '10:00') });
  const earned = lines.filter((line) => line.account === 'REVENUE');
  const amountMinor = sum(earned.map((line) => line.amountMinor));
  if (amountMinor === 0n) return;
  const projects = new Set(earned.map((line) => line.projectId));
  const owner = {
    customerId,
    engagementId,
    contractId,
    legalEntityId,
    projectId: projects.size === 1 ? (earned[0]?.projectId ?? null) : null,
    milestoneId: null,
  };
  const about = { description: `Invoice ${number}`, explanation: 'Earned as billed: the lines of time and materials, without tax.' };
  const amount = { amountMinor, currency, recognitionDate: invoiceDate };
  books.revenue.push({
    ...entity(random, { created: at(invoiceDate, '10:00') }),
    ...owner,
    ...amount,
    ...about,
    status: 'RECOGNIZED',
    method: 'AS_BILLED',
    invoiceId: invoice.id,
    journalEntryId: entry.id,
  });
}

type EntryWish = Pick<JournalEntryRow, 'legalEntityId' | 'customerId' | 'postingDate' | 'description' | 'source'> &
  Partial<Pick<JournalEntryRow, 'invoiceId' | 'paymentId' | 'revenueEventId'>> & { lines: readonly EntryLine[] };

/** A posted entry with its lines. */
function addEntry({ random, books }: Desk, { lines, ...wish }: EntryWish): JournalEntryRow {
  const created = at(wish.postingDate, '10:00');
  const links = { invoiceId: null, paymentId: null, revenueEventId: null, reversesId: null, reversedById: null };
  const entry: JournalEntryRow = { ...entity(random, { created, version: 2 }), ...links, ...wish, status: 'POSTED', postedAt: created };
  books.entries.push(entry);
  for (const [index, line] of lines.entries()) {
    const rest = { customerId: wish.customerId, contractId: line.contractId ?? null, projectId: line.projectId ?? null, note: line.note ?? null };
    const { account, debitMinor, creditMinor, currency, legalEntityId } = line;
    books.entryLines.push({
      ...entity(random, { created }),
      journalEntryId: entry.id,
      position: index + 1,
      account,
      debitMinor,
      creditMinor,
      currency,
      legalEntityId,
      ...rest,
    });
  }
  return entry;
}

function addPayment(desk: Desk, { invoice, minor, on }: { invoice: InvoiceRow; minor: bigint; on: CalendarDate }): void {
  const { random, books } = desk;
  const payment = receive(desk, { invoice, minor, on, applied: minor });
  const { legalEntityId, customerId, currency } = invoice;
  const about = { legalEntityId, customerId, paymentId: payment.id, invoiceId: invoice.id, postingDate: on, source: 'PAYMENT_APPLICATION' } as const;
  const entry = addEntry(desk, { ...about, description: `Payment applied to ${invoice.number}`, lines: applicationEntry(payment, invoice, minor) });
  const application = {
    paymentId: payment.id,
    invoiceId: invoice.id,
    customerId,
    amountMinor: minor,
    currency,
    appliedOn: on,
    reversedAt: null,
    journalEntryId: entry.id,
  };
  books.applications.push({ ...entity(random, { created: at(on, '11:00') }), ...application });
}

/** Money on account, of which nobody knows yet what it is for. */
function addUnapplied(desk: Desk, invoice: InvoiceRow): void {
  receive(desk, { invoice, minor: invoice.totalMinor / 4n + 1n, on: invoice.invoiceDate, applied: 0n });
}

function receive(desk: Desk, { invoice, minor, on, applied }: { invoice: InvoiceRow; minor: bigint; on: CalendarDate; applied: bigint }): PaymentRow {
  const { random, books } = desk;
  const { legalEntityId, customerId, currency } = invoice;
  const own = entity(random, { created: at(on, '10:30'), version: applied > 0n ? 2 : 1 });
  const about = { legalEntityId, customerId, paymentId: own.id, postingDate: on, description: 'Payment received', source: 'PAYMENT' } as const;
  const entry = addEntry(desk, { ...about, lines: paymentEntry({ legalEntityId, currency }, minor) });
  const state = { status: applied > 0n ? ('APPLIED' as const) : ('RECEIVED' as const), reversalReason: null, journalEntryId: entry.id };
  const payment: PaymentRow = {
    ...own,
    customerId,
    legalEntityId,
    amountMinor: minor,
    appliedMinor: applied,
    refundedMinor: 0n,
    currency,
    receivedOn: on,
    method: 'BANK_TRANSFER',
    reference: invoice.number || null,
    ...state,
  };
  books.payments.push(payment);
  return payment;
}

/** The fee of an accepted milestone is earned on the day of acceptance. */
function addMilestoneRevenue(desk: Desk, { contract }: Deal, milestone: MilestoneRow): void {
  const { acceptedOn, amountMinor, currency, customerId, projectId, contractId } = milestone;
  if (!acceptedOn) return;
  const { legalEntityId, engagementId } = contract;
  const own = entity(desk.random, { created: at(acceptedOn, '12:00'), version: 3 });
  const about = {
    legalEntityId,
    customerId,
    revenueEventId: own.id,
    postingDate: acceptedOn,
    description: `Revenue: ${milestone.name}`,
    source: 'REVENUE',
  } as const;
  const entry = addEntry(desk, { ...about, lines: revenueEntry({ contractId, projectId, legalEntityId, currency }, amountMinor) });
  const owner = { customerId, engagementId, contractId, projectId, milestoneId: milestone.id, invoiceId: null, legalEntityId };
  const text = { description: milestone.name, explanation: `The amount of a milestone that was accepted on ${acceptedOn}.` };
  desk.books.revenue.push({
    ...own,
    ...owner,
    ...text,
    recognitionDate: acceptedOn,
    amountMinor,
    currency,
    status: 'RECOGNIZED',
    method: 'MILESTONE',
    journalEntryId: entry.id,
  });
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
