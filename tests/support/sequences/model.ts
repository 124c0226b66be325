import type { Choices } from '../seeds.ts';

export type Entry = {
  id: string;
  /** What was spent, of an expense; absent of time. */
  spent?: number;
  sheet: string;
  day: string;
  hours: number;
  status: 'DRAFT' | 'SUBMITTED' | 'APPROVED' | 'REJECTED';
  /** True while somebody has to see to it that it is posted: all of it, or what was taken back. */
  waits: boolean;
  /** What counts of its cost. */
  cost: number;
  /** Where its sale stands; NONE: it has no counting one. */
  sale: 'NONE' | 'NOT_READY' | 'READY' | 'ON_INVOICE' | 'BILLED';
  minor: number;
  /** True while it is revenue already, though no invoice that stands bills it. */
  accrued: boolean;
  /** True while it is in the books of a later month than its own: what a note gave back is work of the note's day. */
  late: boolean;
  invoice?: Invoice | undefined;
};

export type Invoice = {
  id: string;
  status: 'DRAFT' | 'VALIDATED' | 'POSTED' | 'PARTLY_PAID' | 'PAID' | 'WRITTEN_OFF' | 'CREDITED' | 'CANCELLED';
  net: number;
  /** With tax, as the invoice itself says. */
  total: number;
  paid: number;
  /** What credit notes gave back: with tax, and without. */
  credited: number;
  creditedNet: number;
};

/** `applied`: what it settles of its invoice now. */
export type Payment = { id: string; invoice: Invoice; minor: number; applied: number; refunded: number; reversed: boolean };

export type Dispute = { id: string; invoice: Invoice; status: 'OPEN' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' };

/** What a bookkeeper with a pencil would know of one contract's work. */
export type Model = {
  entries: Entry[];
  invoices: Invoice[];
  payments: Payment[];
  disputes: Dispute[];
  /** Prices by the day from which they hold, the latest last. */
  rates: { from: string; minor: number }[];
  /** True while the month of the work is closed. */
  closed: boolean;
};

export function newModel(): Model {
  return { entries: [], invoices: [], payments: [], disputes: [], rates: [{ from: '2026-01-01', minor: 10_000 }], closed: false };
}

export function priceOf({ rates }: Model, { day, hours }: Pick<Entry, 'day' | 'hours'>): number {
  return (rates.findLast(({ from }) => from <= day)?.minor ?? 0) * hours;
}

/** Approved work gets what it lacks, cost and sale, at the terms of now; or waits for the month to open again. */
export function posts(model: Model, entry: Entry): void {
  entry.waits = model.closed;
  if (model.closed) return;
  entry.cost = entry.spent ?? 6_000 * entry.hours;
  if (entry.sale === 'NONE') Object.assign(entry, { sale: 'READY', minor: entry.spent ?? priceOf(model, entry) });
}

/** What an entry has of a sale when it has none. */
export const unsold = { sale: 'NONE', minor: 0, accrued: false, late: false } as const;

/** What was taken back is out of the books, and somebody has to decide about it; what a client was asked for stays. False: it was refused. */
export function loses(entry: Entry, kind: 'COST' | 'UNBILLED_SALES'): boolean {
  if (kind === 'COST') entry.cost = 0;
  else if (entry.sale === 'READY' || entry.sale === 'NOT_READY') Object.assign(entry, unsold);
  else return false;
  entry.waits = true;
  return true;
}

/** The work of an invoice that is no more stands ready again. */
export function frees(model: Model, invoice: Invoice): void {
  for (const entry of model.entries) if (entry.invoice === invoice) freesEntry(entry);
}

export function freesEntry(entry: Entry): void {
  Object.assign(entry, { invoice: undefined, late: entry.late || entry.sale === 'BILLED', sale: 'READY' });
}

/** Money that reached an invoice, or left it again. */
export function settles(invoice: Invoice, minor: number): void {
  invoice.paid += minor;
  restates(invoice);
}

/** What a note gave back of an invoice, with tax and without. */
export function gives(invoice: Invoice, { total, net }: { total: number; net: number }): void {
  invoice.credited += total;
  invoice.creditedNet += net;
  restates(invoice);
}

/** What is still to be paid. */
export function openOf({ total, credited, paid }: Invoice): number {
  return total - credited - paid;
}

/** Where payments and credit notes have brought an invoice. */
export function restates(invoice: Invoice): void {
  if (invoice.credited === invoice.total) invoice.status = 'CREDITED';
  else invoice.status = invoice.paid === 0 ? 'POSTED' : openOf(invoice) === 0 ? 'PAID' : 'PARTLY_PAID';
}

/** What is left of a payment, to be applied or paid back. */
export function restOf({ minor, applied, refunded, reversed }: Payment): number {
  return reversed ? 0 : minor - applied - refunded;
}

function stateOf(payment: Payment): string {
  if (payment.reversed) return 'REVERSED';
  if (restOf(payment) > 0) return payment.applied > 0 ? 'PARTLY_APPLIED' : 'RECEIVED';
  return payment.applied > 0 ? 'APPLIED' : 'REFUNDED';
}

/** What payments settled of an invoice beyond what is left of it is the customer's credit again, of the latest first. */
export function freesPaid({ payments }: Model, invoice: Invoice, beyond: number): void {
  let left = beyond;
  for (const payment of payments.filter((each) => each.invoice === invoice).toReversed()) {
    const off = Math.min(left, payment.applied);
    payment.applied -= off;
    left -= off;
  }
  settles(invoice, -beyond);
}

/** The model as it is to be found in the database. */
export function expectedOf({ entries, invoices, payments, disputes }: Model) {
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  const accrued = sum(entries.filter((entry) => entry.accrued).map(({ minor }) => minor));
  return {
    entries: Object.fromEntries(
      entries.map(({ id, status, waits, cost, sale, minor }) => [id, `${status} ${waits ? 'waits' : 'stands'} ${cost} ${sale} ${minor}`]),
    ),
    invoices: Object.fromEntries(invoices.map(({ id, status, net, paid, credited }) => [id, `${status} ${net} ${paid} ${credited}`])),
    payments: Object.fromEntries(payments.map((payment) => [payment.id, `${stateOf(payment)} ${payment.applied} ${payment.refunded}`])),
    disputes: Object.fromEntries(disputes.map(({ id, status }) => [id, status])),
    wip: sum(entries.filter(({ sale }) => sale !== 'NONE' && sale !== 'BILLED').map(({ minor }) => minor)),
    open: sum(invoices.filter(({ status }) => status === 'POSTED' || status === 'PARTLY_PAID').map(openOf)),
    lost: sum(invoices.filter(({ status }) => status === 'WRITTEN_OFF').map(openOf)),
    accrued,
    earned: accrued + sum(invoices.filter(({ status }) => !unbooked.includes(status)).map(({ net, creditedNet }) => net - creditedNet)),
  };
}

const unbooked: readonly Invoice['status'][] = ['DRAFT', 'VALIDATED', 'CANCELLED'];

/** One of those that the test is about now, if there is any. */
export function among<Item>(random: Choices, items: readonly Item[]): Item | undefined {
  return items.length > 0 ? random.one(items) : undefined;
}
