import { after, before, type Command, money, refusedEarly, send } from './lane.ts';
import { among, type Invoice, openOf, type Payment, restOf, settles } from './model.ts';
import { onInvoice } from './papers.ts';

const pay = onInvoice(['POSTED', 'PARTLY_PAID'], async ({ lane, model, random }, invoice) => {
  const { customerId, legalEntityId, contractId } = lane.terms;
  const open = openOf(invoice);
  // Now and then more than is owed: the rest is the customer's credit.
  const minor = random.one([open, open, Math.max(1, Math.floor(open / 3)), open + 1000]);
  const receivedOn = random.below(2) ? after : before;
  const { payment } = await send(lane, 'recordPayment', {
    customerId,
    legalEntityId,
    amount: money(lane, minor),
    receivedOn,
    reference: contractId,
    select: 'payment { id }',
  });
  const applied = Math.min(minor, open);
  const applications = [{ invoiceId: invoice.id, amount: money(lane, applied) }];
  if (random.below(4) === 0) await refusedEarly(lane, 'applyPayment', { id: payment.id, applications, appliedOn: before, field: 'appliedOn' });
  await send(lane, 'applyPayment', { id: payment.id, applications, appliedOn: after });
  settles(invoice, applied);
  model.payments.push({ id: payment.id, invoice, minor, applied, refunded: 0, reversed: false });
});

/** What is done to one payment. */
function onPayment(which: (payment: Payment) => boolean, act: (step: Parameters<Command>[0], payment: Payment) => Promise<unknown>): Command {
  return async (step) => {
    const payment = among(step.random, step.model.payments.filter(which));
    return payment !== undefined && (await act(step, payment)) !== false;
  };
}

const takesMoney = ({ status }: Invoice) => status === 'POSTED' || status === 'PARTLY_PAID';
const isGivenUp = ({ invoice, applied }: Payment) => applied > 0 && invoice.status === 'WRITTEN_OFF';

/** What is left of a payment settles what is open: of the invoice that it settles already, or of any where it settles none. */
const apply = onPayment(
  (payment) => restOf(payment) > 0,
  async ({ lane, model, random }, payment) => {
    const invoice = among(
      random,
      model.invoices.filter((each) => takesMoney(each) && (payment.applied === 0 || payment.invoice === each)),
    );
    if (!invoice) return false;
    const minor = Math.min(restOf(payment), openOf(invoice));
    await send(lane, 'applyPayment', { id: payment.id, applications: [{ invoiceId: invoice.id, amount: money(lane, minor) }], appliedOn: after });
    settles(invoice, minor);
    Object.assign(payment, { invoice, applied: payment.applied + minor });
    return true;
  },
);

const unapply = onPayment(
  (payment) => payment.applied > 0 && !isGivenUp(payment),
  async ({ lane }, payment) => {
    await send(lane, 'unapplyPayment', { id: payment.id, reason: 'walk', unappliedOn: after });
    settles(payment.invoice, -payment.applied);
    payment.applied = 0;
  },
);

const refund = onPayment(
  (payment) => restOf(payment) > 0,
  async ({ lane, random }, payment) => {
    const rest = restOf(payment);
    const minor = random.below(2) ? rest : Math.max(1, Math.floor(rest / 2));
    await send(lane, 'refundPayment', { id: payment.id, amount: money(lane, minor), reason: 'walk', refundedOn: after });
    payment.refunded += minor;
  },
);

/** Money that was paid back came back. */
const unrefund = onPayment(
  ({ refunded }) => refunded > 0,
  async ({ lane, random }, payment) => {
    const back = among(random, lane.seen.refunds.get(payment.id) ?? []);
    if (!back) throw new Error('a refund that is not there');
    await send(lane, 'reverseRefund', { id: payment.id, refundId: back.id, reason: 'walk', reversedOn: after });
    payment.refunded -= back.minor;
  },
);

const bounce = onPayment(
  (payment) => !payment.reversed && payment.refunded === 0 && !isGivenUp(payment),
  async ({ lane }, payment) => {
    await send(lane, 'reversePayment', { id: payment.id, reason: 'walk', reversedOn: after });
    payment.reversed = true;
    if (payment.applied > 0) settles(payment.invoice, -payment.applied);
    payment.applied = 0;
  },
);

/** Somebody dates what corrects or undoes something before that thing. */
const early: Command = async ({ lane, model, random }) => {
  const posted = model.invoices.filter(({ status }) => status === 'POSTED');
  const standing = model.payments.filter(({ reversed, refunded }) => !reversed && refunded === 0);
  const [invoice, payment] = [among(random, posted), among(random, standing)];
  if (invoice) await refusedEarly(lane, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: before, field: 'creditDate' });
  if (payment) await refusedEarly(lane, 'reversePayment', { id: payment.id, reason: 'walk', reversedOn: before, field: 'reversedOn' });
  return invoice !== undefined || payment !== undefined;
};

export const payments = { pay, apply, unapply, refund, unrefund, bounce, early } as const;
