import assert from 'node:assert/strict';
import type { Json } from '../graph.ts';
import { after, ask, type Command, codesOf, money, type Step, send } from './lane.ts';
import { among, frees, freesEntry, freesPaid, gives, type Invoice, openOf, restates } from './model.ts';
import { onEntry } from './work.ts';

const draft: Command = async ({ lane, model }) => {
  const ready = model.entries.filter(({ sale }) => sale === 'READY');
  if (ready.length === 0) return false;
  const wish = { cutOffDate: after, contractIds: [lane.terms.contractId], invoiceDate: after };
  const { invoices } = await send(lane, 'draftInvoices', wish);
  assert.equal(invoices.length, 1, 'all of it is on one draft');
  const net = ready.reduce((sum, { minor }) => sum + minor, 0);
  const invoice: Invoice = { id: invoices[0].id, status: 'DRAFT', net, total: net, paid: 0, credited: 0, creditedNet: 0 };
  model.invoices.push(invoice);
  for (const entry of ready) Object.assign(entry, { sale: 'ON_INVOICE', invoice });
  return true;
};

/** What is done to one invoice in one of these states. */
export function onInvoice(from: readonly Invoice['status'][], act: (step: Step, invoice: Invoice) => Promise<unknown>): Command {
  return async (step) => {
    const invoice = among(
      step.random,
      step.model.invoices.filter(({ status }) => from.includes(status)),
    );
    return invoice !== undefined && (await act(step, invoice)) !== false;
  };
}

/** Something is taken off the whole of a draft, or added to it, that no work stands for. */
const adjust = onInvoice(['DRAFT'], async ({ lane, random }, invoice) => {
  const minor = 100 * (1 + random.below(20));
  const isDiscount = random.below(2) === 1 && minor < invoice.net;
  if (isDiscount) await send(lane, 'addInvoiceDiscount', { id: invoice.id, amount: money(lane, minor), reason: 'walk' });
  else await send(lane, 'addInvoiceLine', { id: invoice.id, amount: money(lane, minor), description: 'walk', suppliedOn: '2026-02-28' });
  invoice.net += isDiscount ? -minor : minor;
});

const adjustments: readonly string[] = ['DISCOUNT', 'CORRECTION'];

const unadjust: Command = async ({ lane, model, random }) => {
  const lineOf = ({ id }: Invoice) => lane.seen.lines.get(id)?.findLast(({ kind }) => adjustments.includes(kind));
  const drafts = model.invoices.filter((invoice) => invoice.status === 'DRAFT' && lineOf(invoice));
  const invoice = among(random, drafts);
  const line = invoice && lineOf(invoice);
  if (!line) return false;
  await send(lane, 'removeInvoiceAdjustment', { id: invoice.id, lineId: line.id });
  // A discount of all of it has a line for each rate and project, and they go together.
  const gone = lane.seen.lines.get(invoice.id)?.filter(({ id, allowance }) => id === line.id || (allowance !== null && allowance === line.allowance)) ?? [];
  invoice.net -= gone.reduce((sum, { minor }) => sum + minor, 0);
  return true;
};

const validate = onInvoice(['DRAFT'], async ({ lane }, invoice) => {
  const answer = await send(lane, 'validateInvoice', { id: invoice.id, select: 'invoice { total { amount } }' });
  invoice.total = Math.round(Number(answer.invoice.total.amount) * 100);
  invoice.status = 'VALIDATED';
});

const post = onInvoice(['VALIDATED'], async ({ lane, model }, invoice) => {
  await send(lane, 'postInvoice', { id: invoice.id });
  invoice.status = 'POSTED';
  for (const entry of model.entries) if (entry.invoice === invoice) Object.assign(entry, { sale: 'BILLED', accrued: false });
});

const cancel = onInvoice(['DRAFT', 'VALIDATED'], async ({ lane, model }, invoice) => {
  await send(lane, 'cancelInvoice', { id: invoice.id });
  invoice.status = 'CANCELLED';
  frees(model, invoice);
});

const all = ({ total, credited, net, creditedNet }: Invoice) => ({ total: total - credited, net: net - creditedNet });

const credit = onInvoice(['POSTED'], async ({ lane, model }, invoice) => {
  await send(lane, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: after });
  gives(invoice, all(invoice));
  frees(model, invoice);
});

/** All of a paid invoice: its money is the customer's credit again. */
const creditPaid = onInvoice(['PARTLY_PAID', 'PAID'], async ({ lane, model }, invoice) => {
  await send(lane, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: after, unapplyPayments: true });
  freesPaid(model, invoice, invoice.paid);
  gives(invoice, all(invoice));
  frees(model, invoice);
});

const cents = ({ amount }: Json) => -Math.round(Number(amount) * 100);
const noteFields = 'invoice { subtotal { amount } total { amount } }';

type Part = { net: number; lineId: string | undefined; rebill?: boolean; [field: string]: unknown };

/** Gives back a part of a line of an invoice, or expects why it is refused: more than is left of the line, or than is open. */
async function creditPart({ lane, model, random }: Step, invoice: Invoice, { net, lineId, rebill = true, ...part }: Part): Promise<boolean> {
  const line = lane.seen.lines.get(invoice.id)?.find(({ id }) => id === lineId);
  const payers = model.payments.filter((each) => each.invoice === invoice && each.applied > 0);
  // Of several payments of one instant none is the latest.
  const unapplyPayments = payers.length === 1 && random.below(2) === 1;
  const input = { id: invoice.id, reason: 'walk', creditDate: after, rebill, unapplyPayments, lines: [{ lineId, ...part }] };
  const answer = await ask(lane, 'creditInvoice', { ...input, select: noteFields });
  if (net > (line?.left ?? 0)) {
    assert.deepEqual(codesOf(answer), ['VALIDATION_FAILED'], `more than is left of the line: ${net} of ${line?.left}`);
    return false;
  }
  if (answer.userErrors.length > 0) {
    assert.ok(['neverOverCredited', 'noPaymentStands'].includes(answer.userErrors[0].guard), JSON.stringify(answer.userErrors));
    assert.ok(openOf(invoice) < Math.ceil(net * 1.21) + 1, `${net} was not to be given, with ${openOf(invoice)} open`);
    return false;
  }
  const note = { net: cents(answer.invoice.subtotal), total: cents(answer.invoice.total) };
  assert.equal(note.net, net, 'the note gives what was asked for');
  const beyond = note.total - openOf(invoice);
  if (beyond > 0) freesPaid(model, invoice, beyond);
  gives(invoice, note);
  return true;
}

const onTheBooks = ['POSTED', 'PARTLY_PAID', 'PAID'] as const;

/** One piece of work is given back, and is billable again. */
const creditWork = onEntry(
  ({ sale, invoice }) => sale === 'BILLED' && onTheBooks.some((status) => status === invoice?.status),
  async (step, entry) => {
    const { invoice, minor } = entry;
    const { sale, line } = step.lane.seen.entries.get(entry.id) ?? {};
    if (!invoice || !(await creditPart(step, invoice, { net: minor, lineId: line, actualIds: [sale] }))) return false;
    freesEntry(entry);
    return true;
  },
);

/** An amount is given for good: the work stays billed. */
const concede = onInvoice(onTheBooks, (step, invoice) => {
  const net = 100 * (1 + step.random.below(99));
  const [line] = step.lane.seen.lines.get(invoice.id) ?? [];
  return creditPart(step, invoice, { net, lineId: line?.id, rebill: false, amount: money(step.lane, net) });
});

const writeOff = onInvoice(['POSTED', 'PARTLY_PAID'], async ({ lane }, invoice) => {
  await send(lane, 'writeOffInvoice', { id: invoice.id, reason: 'walk', writtenOffOn: after });
  invoice.status = 'WRITTEN_OFF';
});

const reverseWriteOff = onInvoice(['WRITTEN_OFF'], async ({ lane }, invoice) => {
  await send(lane, 'reverseWriteOff', { id: invoice.id, reason: 'walk', reversedOn: after });
  restates(invoice);
});

/** Somebody holds something against an invoice: no money moves, now or when it ends. */
const dispute = onInvoice(['POSTED', 'PARTLY_PAID'], async ({ lane, model }, invoice) => {
  const about = { invoiceId: invoice.id, reasonCode: 'PRICE', reason: 'walk', select: 'dispute { id }' };
  if (model.disputes.some((each) => each.invoice === invoice && each.status === 'OPEN')) {
    assert.deepEqual(codesOf(await ask(lane, 'disputeInvoice', about)), ['INVALID_TRANSITION']);
    return false;
  }
  const answer = await send(lane, 'disputeInvoice', about);
  model.disputes.push({ id: answer.dispute.id, invoice, status: 'OPEN' });
  return true;
});

const settle: Command = async ({ lane, model, random }) => {
  const open = among(
    random,
    model.disputes.filter(({ status }) => status === 'OPEN'),
  );
  if (!open) return false;
  const outcome = random.one(['ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const);
  if (outcome === 'WITHDRAWN') await send(lane, 'withdrawDispute', { id: open.id });
  else await send(lane, 'resolveDispute', { id: open.id, outcome, resolution: 'walk' });
  open.status = outcome;
  return true;
};

export const papers = {
  ...{ draft, adjust, unadjust, validate, post, cancel, credit, creditPaid, creditWork, concede, writeOff, reverseWriteOff, dispute, settle },
} as const;
