import { sql } from 'drizzle-orm';
import type { PaymentApplicationInput } from '#generated/finance.ts';
import { seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { stepTo } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { type InvoiceStatus, invoiceMachine } from '../invoice/machine.ts';
import { type InvoiceRow, invoices } from '../tables.ts';

/** An invoice and what is settled of it while a command works: several payments may settle one. */
export type Balance = { invoice: InvoiceRow; paidMinor: bigint };
export type Balances = Map<string, Balance>;

/** What of a payment goes to which invoice, summed per invoice. */
export type Share = { invoice: InvoiceRow; minor: bigint };

type Payer = { customerId: string; legalEntityId: string; currency: string };

/** Locks the invoices in the order of their ids and starts their balances. */
export async function lockBalances(scope: Scope, invoiceIds: readonly string[]): Promise<Balances> {
  const rows = await lockRows(scope, invoices, invoiceIds);
  return new Map([...rows].map(([id, invoice]) => [id, { invoice, paidMinor: invoice.paidMinor }]));
}

/** The shares that the caller wants, if every invoice takes its share; only then do the balances move. Refusals are thrown. */
export function shareOut(scope: Scope, wanted: { payer: Payer; inputs: readonly PaymentApplicationInput[]; balances: Balances }): Share[] {
  const { payer, inputs, balances } = wanted;
  if (inputs.length > 100) throw new Refused('VALIDATION_FAILED', 'A payment settles at most 100 invoices in one call.', { field: 'applications' });
  const sums = new Map<string, bigint>();
  for (const { invoiceId, amount } of inputs) {
    const { minor, currency } = readMoney(amount, 'applications');
    if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'What is applied is more than zero.', { field: 'applications' });
    if (currency !== payer.currency) throw new Refused('CURRENCY_MISMATCH', `The payment is in ${payer.currency}, not ${currency}.`, { field: 'applications' });
    sums.set(invoiceId, (sums.get(invoiceId) ?? 0n) + minor);
  }
  const shares = [...sums].map(([invoiceId, minor]) => ({ balance: judge(scope, { payer, balance: balances.get(invoiceId), invoiceId, minor }), minor }));
  for (const { balance, minor } of shares) balance.paidMinor += minor;
  return shares.map(({ balance, minor }) => ({ invoice: balance.invoice, minor }));
}

type Question = { payer: Payer; balance: Balance | undefined; invoiceId: string; minor: bigint };

function judge(scope: Scope, { payer, balance, invoiceId, minor }: Question): Balance {
  const field = 'applications';
  if (!balance || !seesCustomer(scope.actor, balance.invoice.customerId)) throw notFound('Invoice', invoiceId, field);
  const { invoice, paidMinor } = balance;
  if (invoice.customerId !== payer.customerId || invoice.legalEntityId !== payer.legalEntityId) {
    throw new Refused('VALIDATION_FAILED', `${invoice.number} is of another customer or legal entity than the payment.`, { field });
  }
  if (invoice.currency !== payer.currency) throw new Refused('CURRENCY_MISMATCH', `${invoice.number} is in ${invoice.currency}.`, { field });
  const status = settledStatus(invoice, paidMinor);
  stepTo(invoiceMachine, { subject: { ...invoice, status, paidMinor }, action: 'settle', actor: scope.actor, to: 'PAID' });
  if (paidMinor + minor > invoice.totalMinor) {
    throw new Refused('GUARD_REFUSED', `${invoice.number} has less open than that. Read open, then apply at most that.`, { field, guard: 'neverOverPaid' });
  }
  return balance;
}

/** The state of a posted invoice of which so much is settled. */
export function settledStatus(invoice: InvoiceRow, paidMinor: bigint): InvoiceStatus {
  if (!['POSTED', 'PARTLY_PAID', 'PAID'].includes(invoice.status) || paidMinor === invoice.paidMinor) return invoice.status;
  if (paidMinor === 0n) return 'POSTED';
  return paidMinor === invoice.totalMinor ? 'PAID' : 'PARTLY_PAID';
}

/** Writes balances that moved, in one statement; gives the invoices as they are now. */
export async function writeBalances(scope: Scope, balances: Balances): Promise<InvoiceRow[]> {
  const moved = [...balances.values()].filter(({ invoice, paidMinor }) => paidMinor !== invoice.paidMinor);
  if (moved.length === 0) return [];
  const ids = sql.param(moved.map(({ invoice }) => invoice.id));
  const paid = sql.param(moved.map(({ paidMinor }) => paidMinor.toString()));
  const states = sql.param(moved.map(({ invoice, paidMinor }) => settledStatus(invoice, paidMinor)));
  await scope.tx.execute(sql`
    update finance.invoice set paid_minor = settled.paid, status = settled.state, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${ids}::uuid[], ${paid}::bigint[], ${states}::text[]) as settled(invoice_id, paid, state) where id = settled.invoice_id`);
  return moved.map(({ invoice, paidMinor }) => ({ ...invoice, paidMinor, status: settledStatus(invoice, paidMinor), version: invoice.version + 1 }));
}
