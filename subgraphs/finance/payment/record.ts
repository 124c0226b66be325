import { references as engagements } from '#engagements/published.ts';
import type { RecordPaymentInput, RecordPaymentItem } from '#generated/finance.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { isId, newId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { references } from '#kernel/reference.ts';
import { insertRows, notFound, rowsById } from '#kernel/rows.ts';
import { paymentEntry } from '../billing/entries.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { postEntries } from '../journal/post.ts';
import { facts } from '../published.ts';
import { externalRefs, legalEntities, type PaymentRow, payments } from '../tables.ts';
import { type Settlement, settle, writeShares } from './apply.ts';
import { type Balances, lockBalances, shareOut } from './settle.ts';
import { paymentKeys, paymentSnapshot } from './tell.ts';

/** What judging needs, read once for all items. `taken` grows with the references of the items accepted so far. */
type Known = {
  customers: ReadonlyMap<string, unknown>;
  legalEntities: ReadonlyMap<string, unknown>;
  taken: Set<string>;
  open: PeriodJudge;
  balances: Balances;
};
type Accepted = { item: RecordPaymentItem; settlement: Settlement };

/** Records money that arrived, and settles at once what each item names. Refused items change nothing. */
export async function recordPayments(scope: Scope, items: readonly RecordPaymentItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'payment:write');
  const known = await prefetch(scope, items);
  const accepted: Accepted[] = [];
  const outcomes = items.map((item): Outcome => {
    try {
      const settlement = judge(scope, item, known);
      for (const ref of item.externalRefs ?? []) known.taken.add(externalKey(ref));
      accepted.push({ item, settlement });
      return { id: settlement.payment.id };
    } catch (error) {
      if (error instanceof Refused) return { refused: error };
      throw error;
    }
  });
  await write(scope, accepted, known.balances);
  return outcomes;
}

/** One payment, all of it customer credit; a refusal is thrown. */
export async function recordPayment(scope: Scope, input: RecordPaymentInput): Promise<{ id: string }> {
  const { idempotencyKey: _, ...item } = input;
  const [outcome] = await recordPayments(scope, [item]);
  if (!outcome) throw new Error('one item has one outcome');
  if ('refused' in outcome) throw outcome.refused;
  return outcome;
}

const bookDay = (item: RecordPaymentItem) => ({ legalEntityId: item.legalEntityId, date: item.postingDate ?? item.receivedOn });

async function prefetch(scope: Scope, items: readonly RecordPaymentItem[]): Promise<Known> {
  const refs = items.flatMap((item) => item.externalRefs ?? []);
  const customers = await references(scope.tx, engagements.Customer, items.map((item) => item.customerId).filter(isId));
  const entities = await rowsById(
    scope.tx,
    legalEntities,
    items.map((item) => item.legalEntityId),
  );
  const taken = await findByExternalRefs(scope, externalRefs, { entityType: 'Payment', refs });
  const balances = await lockBalances(
    scope,
    items.flatMap((item) => (item.applications ?? []).map((each) => each.invoiceId)),
  );
  const open = await holdPeriods(
    scope,
    items.map(bookDay).filter((day) => isId(day.legalEntityId)),
  );
  return { customers, legalEntities: entities, taken: new Set(taken.keys()), open, balances };
}

function judge(scope: Scope, item: RecordPaymentItem, known: Known): Settlement {
  const { customerId, legalEntityId, receivedOn } = item;
  if (!known.customers.has(customerId) || !seesCustomer(scope.actor, customerId)) throw notFound('Customer', customerId, 'customerId');
  if (!known.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  const { minor, currency } = readMoney(item.amount, 'amount');
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'A payment is more than zero.', { field: 'amount' });
  const taken = item.externalRefs?.find((ref) => known.taken.has(externalKey(ref)));
  if (taken) throw new Refused('DUPLICATE_EXTERNAL_REF', `${taken.system} ${taken.externalId} already refers to another Payment.`, { field: 'externalRefs' });
  const closed = known.open(bookDay(item), item.postingDate ? 'postingDate' : 'receivedOn');
  if (closed) throw closed;
  const payment: PaymentRow = {
    id: newId(scope.now.getTime()),
    version: 1,
    createdAt: scope.now,
    updatedAt: scope.now,
    status: 'RECEIVED',
    customerId,
    legalEntityId,
    amountMinor: minor,
    appliedMinor: 0n,
    currency,
    receivedOn,
    method: item.method ?? 'BANK_TRANSFER',
    reference: item.reference ? checkText('reference', item.reference) : null,
    reversalReason: null,
    journalEntryId: newId(scope.now.getTime()),
  };
  return shares(scope, { item, payment, balances: known.balances });
}

/** The payment is asked before the invoices' balances move. */
function shares(scope: Scope, { item, payment, balances }: { item: RecordPaymentItem; payment: PaymentRow; balances: Balances }): Settlement {
  const appliedOn = bookDay(item).date;
  const inputs = item.applications ?? [];
  if (inputs.length === 0) return { payment, shares: [], appliedOn, appliedMinor: 0n, status: 'RECEIVED' };
  const named = inputs.flatMap(({ invoiceId }) => balances.get(invoiceId) ?? []);
  const trial: Balances = new Map(named.map((balance) => [balance.invoice.id, { ...balance }]));
  const settlement = settle(scope, { payment, shares: shareOut(scope, { payer: payment, inputs, balances: trial }), appliedOn });
  for (const [id, balance] of trial) balances.set(id, balance);
  return settlement;
}

async function write(scope: Scope, accepted: readonly Accepted[], balances: Balances): Promise<void> {
  if (accepted.length === 0) return;
  const received = accepted.map(({ settlement }) => settlement.payment);
  await postEntries(
    scope,
    accepted.map(({ item, settlement: { payment } }) => {
      const { journalEntryId, legalEntityId, customerId, reference } = payment;
      const about = { id: journalEntryId, legalEntityId, customerId, paymentId: payment.id, postingDate: bookDay(item).date };
      return {
        ...about,
        description: reference ? `Payment: ${reference}`.slice(0, 255) : 'Payment',
        source: 'PAYMENT' as const,
        lines: paymentEntry(payment, payment.amountMinor),
      };
    }),
  );
  await insertRows(scope, payments, received);
  const links = accepted.map(({ item, settlement }) => ({ entityId: settlement.payment.id, refs: item.externalRefs ?? [] }));
  await linkExternalRefs(scope, externalRefs, { entityType: 'Payment', links });
  await record(
    scope,
    facts.PaymentReceived,
    received.map((payment) => ({ subject: payment, keys: paymentKeys(payment), payload: paymentSnapshot(payment) })),
  );
  const settlements = accepted.map(({ settlement }) => settlement).filter((each) => each.shares.length > 0);
  if (settlements.length > 0) await writeShares(scope, settlements, balances);
}
