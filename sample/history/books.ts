import { facts } from '#finance/published.ts';
import type { InvoiceRow, JournalEntryRow, JournalLineRow, PaymentRow, RevenueEventRow } from '#finance/tables.ts';
import { showMoney } from '#kernel/money.ts';
import type { ProcessExceptionRow } from '#operations/tables.ts';
import type { Books } from '../invoices.ts';
import type { Random } from '../random.ts';
import { opened } from './exceptions.ts';
import { type Moment, type Stated, stated, system } from './stated.ts';

/** All papers and payments with what they brought into the books. What they billed tells the ledger. */
export function* ofBooks(random: Random, books: Omit<Books, 'sequences' | 'invoiceLines'>, exceptions: ProcessExceptionRow[]): Iterable<Stated> {
  const telling: Telling = {
    random,
    exceptions,
    entries: new Map(books.entries.map((entry) => [entry.id, entry])),
    lines: Map.groupBy(books.entryLines, ({ journalEntryId }) => journalEntryId),
  };
  const invoices = new Map(books.invoices.map((invoice) => [invoice.id, invoice]));
  const earned = new Map(books.revenue.map((event) => [event.invoiceId, event]));
  for (const invoice of books.invoices) yield* ofInvoice(telling, invoice, earned.get(invoice.id));
  const applied = new Map(books.applications.map((application) => [application.paymentId, application]));
  for (const payment of books.payments) {
    const application = applied.get(payment.id);
    const invoice = invoices.get(application?.invoiceId ?? '');
    yield* ofPayment(telling, payment, invoice && application ? { invoice, application } : undefined);
  }
  for (const event of books.revenue) if (event.milestoneId) yield* ofRevenue(telling, event);
}

type Telling = {
  random: Random;
  /** Those that stand open come in here. */
  exceptions: ProcessExceptionRow[];
  entries: ReadonlyMap<string, JournalEntryRow>;
  lines: ReadonlyMap<string, readonly JournalLineRow[]>;
};

/** An invoice belongs to the business transaction of its contract. */
const correlationOf = ({ contractId, id }: InvoiceRow): string => contractId ?? id;

function* ofInvoice(telling: Telling, invoice: InvoiceRow, revenue: RevenueEventRow | undefined): Iterable<Stated> {
  const { random } = telling;
  const drafted: Moment = { at: invoice.createdAt, by: system('erp'), correlationId: correlationOf(invoice) };
  const draft: InvoiceRow = { ...invoice, status: 'DRAFT', number: '', taxProfileId: null };
  yield stated(facts.InvoiceDrafted, aboutInvoice(random, draft, { moment: drafted, version: 1 }), drafted);
  if (invoice.taxFailedAt) yield* ofTaxFailure(telling, invoice, { ...drafted, at: invoice.taxFailedAt });
  if (!invoice.postedAt) return;
  const posted: Moment = { ...drafted, at: invoice.postedAt };
  const validated: InvoiceRow = { ...invoice, status: 'VALIDATED', number: '' };
  yield stated(facts.InvoiceValidated, aboutInvoice(random, validated, { moment: posted, version: 2 }), posted);
  yield* ofEntry(telling, invoice.journalEntryId, posted);
  if (revenue) yield recognized(random, revenue, { moment: posted, version: 1 });
  yield stated(facts.InvoicePosted, aboutInvoice(random, { ...invoice, status: 'POSTED' }, { moment: posted, version: 3 }), posted);
}

/** Somebody tried to validate a draft, and its tax could not be determined. */
function* ofTaxFailure({ random, exceptions }: Telling, invoice: InvoiceRow, moment: Moment): Iterable<Stated> {
  const { id, customerId, engagementId, legalEntityId, status, subtotalMinor, currency, version, taxFailure } = invoice;
  const net = { minor: subtotalMinor, currency };
  const reason = taxFailure ?? '';
  const payload = { invoiceId: id, customerId, status, net: showMoney(net), reason };
  const said = { id: random.id(moment.at.getTime()), subject: { id, version }, keys: { customerId, engagementId, legalEntityId }, payload };
  const failed = stated(facts.InvoiceTaxFailed, said, moment);
  yield failed;
  const refused = { code: 'TAX_FAILED', message: reason } as const;
  const owner = { customerId, engagementId, legalEntityId };
  const { row, fact } = opened(random, { process: 'failed-tax', subject: { type: 'Invoice', id }, refused, atRisk: net, owner, cause: failed });
  exceptions.push(row);
  yield fact;
}

type When = { moment: Moment; version: number };

function aboutInvoice(random: Random, invoice: InvoiceRow, { moment, version }: When) {
  const { id, customerId, engagementId, contractId, legalEntityId, number, status, currency, subtotalMinor, taxMinor, totalMinor } = invoice;
  const taxed = invoice.taxProfileId !== null;
  const money = (minor: bigint) => showMoney({ minor, currency });
  const sums = { net: money(subtotalMinor), tax: taxed ? money(taxMinor) : null, gross: taxed ? money(totalMinor) : null };
  return {
    id: random.id(moment.at.getTime()),
    subject: { id, version },
    keys: { customerId, engagementId, legalEntityId },
    payload: { invoiceId: id, customerId, contractId, number: number || null, status, ...sums },
  };
}

function* ofEntry({ random, entries, lines }: Telling, id: string | null, moment: Moment): Iterable<Stated> {
  const entry = entries.get(id ?? '');
  if (!entry) return;
  const own = lines.get(entry.id) ?? [];
  const currency = own[0]?.currency ?? '';
  const minor = own.filter((line) => line.currency === currency).reduce((sum, line) => sum + line.debitMinor, 0n);
  const { legalEntityId, customerId, postingDate, description } = entry;
  const total = showMoney({ minor, currency });
  const payload = { journalEntryId: entry.id, legalEntityId, number: null, postedOn: postingDate, description, total };
  const said = { id: random.id(moment.at.getTime()), subject: { id: entry.id, version: 2 }, keys: { customerId, legalEntityId }, payload };
  yield stated(facts.JournalPosted, said, moment);
}

type Applied = { invoice: InvoiceRow; application: Books['applications'][number] };

/** Money came in, and settled an invoice. */
function* ofPayment(telling: Telling, payment: PaymentRow, applied: Applied | undefined): Iterable<Stated> {
  const { random } = telling;
  const received: Moment = { at: payment.createdAt, by: system('erp'), correlationId: applied ? correlationOf(applied.invoice) : payment.id };
  yield* ofEntry(telling, payment.journalEntryId, received);
  const fresh: PaymentRow = { ...payment, status: 'RECEIVED', appliedMinor: 0n };
  yield stated(facts.PaymentReceived, aboutPayment(random, fresh, { moment: received, version: 1 }), received);
  if (!applied) return;
  const { invoice, application } = applied;
  const settled: Moment = { ...received, at: application.createdAt };
  yield* ofEntry(telling, application.journalEntryId, settled);
  const about = aboutPayment(random, payment, { moment: settled, version: 2 });
  const share = { invoiceId: invoice.id, applied: showMoney({ minor: application.amountMinor, currency: payment.currency }) };
  const keys = { ...about.keys, engagementId: invoice.engagementId };
  yield stated(facts.PaymentApplied, { ...about, keys, payload: { ...about.payload, ...share } }, settled);
  if (invoice.status === 'PAID') yield stated(facts.InvoicePaid, aboutInvoice(random, invoice, { moment: settled, version: invoice.version }), settled);
}

function aboutPayment(random: Random, payment: PaymentRow, { moment, version }: When) {
  const { id, customerId, legalEntityId, status, amountMinor, appliedMinor, currency, receivedOn } = payment;
  const money = (minor: bigint) => showMoney({ minor, currency });
  return {
    id: random.id(moment.at.getTime()),
    subject: { id, version },
    keys: { customerId, legalEntityId },
    payload: { paymentId: id, customerId, status, amount: money(amountMinor), unapplied: money(amountMinor - appliedMinor), receivedOn },
  };
}

/** The fee of a milestone was earned when it was accepted. */
function* ofRevenue(telling: Telling, event: RevenueEventRow): Iterable<Stated> {
  const moment: Moment = { at: event.createdAt, by: system('erp'), correlationId: event.contractId ?? event.id };
  yield* ofEntry(telling, event.journalEntryId, moment);
  yield recognized(telling.random, event, { moment, version: event.version });
}

function recognized(random: Random, event: RevenueEventRow, { moment, version }: When): Stated {
  const { id, customerId, engagementId, contractId, projectId, legalEntityId, method, amountMinor, currency, recognitionDate } = event;
  const amount = showMoney({ minor: amountMinor, currency });
  const payload = { revenueEventId: id, customerId, contractId, projectId, method, amount, recognizedOn: recognitionDate };
  const keys = { customerId, engagementId, projectId, legalEntityId };
  return stated(facts.RevenueRecognized, { id: random.id(moment.at.getTime()), subject: { id, version }, keys, payload }, moment);
}
