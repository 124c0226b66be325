import { expect } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { among, type Entry, frees, freesPaid, gives, type Invoice, loses, type Model, openOf, posts, restates, settles } from './billingModel.ts';
import type { Firm } from './firmAt.ts';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';
import type { Choices } from './seeds.ts';

export type Real = { world: FlowWorld; firm: Firm; last?: { name: string; input: Record<string, unknown>; select: string; answer: Json } | undefined };
type Step = { real: Real; model: Model; random: Choices };

/** One command of the walk; false when there is nothing that it could be done to. */
export type Command = (step: Step) => Promise<boolean>;

const eur = (minor: number) => ({ amount: (minor / 100).toFixed(2), currency: 'EUR' });
const after = '2026-03-31';

/** Sends a mutation that must succeed, and remembers it for whoever sends it again. */
async function send(real: Real, name: string, { select = '', ...input }: Record<string, unknown> & { select?: string }): Promise<Json> {
  const sent = { idempotencyKey: newId(), ...input };
  const answer = await real.world.graph.done(name, sent, { select });
  real.last = { name, input: sent, select, answer };
  return answer;
}

const record: Command = async ({ real, model, random }) => {
  if (model.closed) return false;
  const item = { employeeId: real.firm.employeeId, projectId: real.firm.projectId };
  const days = Array.from({ length: 1 + random.below(2) }, () => `2026-02-${String(2 + random.below(26)).padStart(2, '0')}`);
  for (const workDate of new Set(days)) {
    const hours = 1 + random.below(2);
    const select = 'timeEntry { id timesheet { id } }';
    const { timeEntry } = await send(real, 'recordTimeEntry', { ...item, workDate, hours: String(hours), select });
    const entry = { id: timeEntry.id, sheet: timeEntry.timesheet.id, day: workDate, hours };
    model.entries.push({ ...entry, status: 'DRAFT', waits: false, cost: 0, sale: 'NONE', minor: 0 });
  }
  return true;
};

/** What is done to all entries of one timesheet that are in a state. */
function onSheet(from: Entry['status'], act: (step: Step, sheet: string, entries: Entry[]) => Promise<void>): Command {
  return async (step) => {
    const found = among(
      step.random,
      step.model.entries.filter(({ status }) => status === from),
    );
    if (!found || (from === 'DRAFT' && step.model.closed)) return false;
    const entries = step.model.entries.filter(({ sheet, status }) => sheet === found.sheet && status === from);
    await act(step, found.sheet, entries);
    return true;
  };
}

const submit = onSheet('DRAFT', async ({ real }, timesheetId, entries) => {
  await send(real, 'submitTimesheet', { id: timesheetId });
  for (const entry of entries) entry.status = 'SUBMITTED';
});

const approve = onSheet('SUBMITTED', async ({ real, model }, timesheetId, entries) => {
  await send(real, 'approveTimesheet', { id: timesheetId, approverId: real.firm.approverId });
  for (const entry of entries) {
    entry.status = 'APPROVED';
    posts(model, entry);
  }
});

const reject = onSheet('SUBMITTED', async ({ real }, timesheetId, entries) => {
  await send(real, 'rejectTimesheet', { id: timesheetId, approverId: real.firm.approverId, reason: 'walk' });
  for (const entry of entries) entry.status = 'REJECTED';
});

/** What is done to one entry. */
function onEntry(which: (entry: Entry, model: Model) => boolean, act: (step: Step, entry: Entry) => Promise<void>): Command {
  return async (step) => {
    const entry = among(
      step.random,
      step.model.entries.filter((each) => which(each, step.model)),
    );
    if (entry) await act(step, entry);
    return entry !== undefined;
  };
}

const revise = onEntry(
  ({ status }) => status === 'REJECTED',
  async ({ real }, entry) => {
    await send(real, 'reviseTimeEntry', { id: entry.id });
    entry.status = 'DRAFT';
  },
);

const recall = onEntry(
  ({ status }) => status === 'SUBMITTED',
  async ({ real }, entry) => {
    await send(real, 'recallTimeEntry', { id: entry.id });
    entry.status = 'DRAFT';
  },
);

/** Approved time is recalled with all that is in the books of it, or waits to be. */
const takeBack = onEntry(
  ({ sale, waits }, { closed }) => (sale === 'READY' || (sale === 'NONE' && waits)) && !closed,
  async ({ real }, entry) => {
    await send(real, 'requestTimeEntryRecall', { id: entry.id, reason: 'walk' });
    await send(real, 'approveTimeEntryRecall', { id: entry.id, approverId: real.firm.approverId });
    Object.assign(entry, { status: 'DRAFT', waits: false, cost: 0, sale: 'NONE', minor: 0 });
  },
);

const kinds = ['COST', 'UNBILLED_SALES'] as const;

/** The ledger takes an entry's cost, its sale or both back; the time stays approved. What is on an invoice is refused, one by one. */
const reverse = onEntry(
  ({ cost, sale }) => cost > 0 || sale !== 'NONE',
  async ({ real, random }, entry) => {
    const wanted = random.below(2) ? kinds : [random.one(kinds)];
    const rows = await real.world.sql`select id, kind from finance.actual where source_id = ${entry.id} and kind = any(${[...wanted]}::text[])
      and reverses_id is null and reversed_by_id is null order by kind`;
    const input = { idempotencyKey: newId(), items: rows.map(({ id }) => ({ id, reason: 'walk' })) };
    if (rows.length === 0) return;
    const select = 'succeeded results { actual { id } userErrors { code } }';
    const answer = await real.world.graph.mutate('reverseActuals', input, { select });
    real.last = { name: 'reverseActuals', input, select, answer };
    const codes = answer.results.map(({ userErrors }: Json) => userErrors.map(({ code }: Json) => code));
    expect(codes).toEqual(rows.map(({ kind }) => (loses(entry, kind) ? [] : ['INVALID_TRANSITION'])));
  },
);

const draft: Command = async ({ real, model }) => {
  const ready = model.entries.filter(({ sale }) => sale === 'READY');
  if (ready.length === 0) return false;
  const wish = { cutOffDate: after, contractIds: [real.firm.contractId], invoiceDate: after };
  const { results } = await send(real, 'draftInvoices', { ...wish, select: 'results { invoice { id } userErrors { code message } }' });
  const net = ready.reduce((sum, { minor }) => sum + minor, 0);
  const invoice: Invoice = { id: results[0].invoice.id, status: 'DRAFT', net, adjustments: [], total: net, paid: 0, credited: 0, creditedNet: 0 };
  model.invoices.push(invoice);
  for (const entry of ready) Object.assign(entry, { sale: 'ON_INVOICE', invoice });
  return true;
};

/** What is done to one invoice in one of these states. */
function onInvoice(from: readonly Invoice['status'][], act: (step: Step, invoice: Invoice) => Promise<void>): Command {
  return async (step) => {
    const invoice = among(
      step.random,
      step.model.invoices.filter(({ status }) => from.includes(status)),
    );
    if (invoice) await act(step, invoice);
    return invoice !== undefined;
  };
}

const lineIds = async ({ world }: Real, { id }: Invoice) =>
  (await world.sql`select id from finance.invoice_line where invoice_id = ${id} order by position`).map((row) => row.id);

/** Something is taken off the whole of a draft, or added to it, that no work stands for. */
const adjust = onInvoice(['DRAFT'], async ({ real, random }, invoice) => {
  const minor = 100 * (1 + random.below(20));
  const isDiscount = random.below(2) === 1 && minor < invoice.net;
  const before = new Set(await lineIds(real, invoice));
  if (isDiscount) await send(real, 'addInvoiceDiscount', { id: invoice.id, amount: eur(minor), reason: 'walk' });
  else await send(real, 'addInvoiceLine', { id: invoice.id, amount: eur(minor), description: 'walk', suppliedOn: '2026-02-28' });
  const net = isDiscount ? -minor : minor;
  const lineId = (await lineIds(real, invoice)).find((id) => !before.has(id));
  invoice.adjustments.push({ lineId, net });
  invoice.net += net;
});

const unadjust: Command = async ({ real, model, random }) => {
  const drafts = model.invoices.filter(({ status, adjustments }) => status === 'DRAFT' && adjustments.length > 0);
  const invoice = among(random, drafts);
  const last = invoice?.adjustments.pop();
  if (!invoice || !last) return false;
  await send(real, 'removeInvoiceAdjustment', { id: invoice.id, lineId: last.lineId });
  invoice.net -= last.net;
  return true;
};

const validate = onInvoice(['DRAFT'], async ({ real }, invoice) => {
  const answer = await send(real, 'validateInvoice', { id: invoice.id, select: 'invoice { total { amount } }' });
  invoice.total = Math.round(Number(answer.invoice.total.amount) * 100);
  invoice.status = 'VALIDATED';
});

const post = onInvoice(['VALIDATED'], async ({ real, model }, invoice) => {
  await send(real, 'postInvoice', { id: invoice.id });
  invoice.status = 'POSTED';
  for (const entry of model.entries) if (entry.invoice === invoice) entry.sale = 'BILLED';
});

const cancel = onInvoice(['DRAFT', 'VALIDATED'], async ({ real, model }, invoice) => {
  await send(real, 'cancelInvoice', { id: invoice.id });
  invoice.status = 'CANCELLED';
  frees(model, invoice);
});

const credit = onInvoice(['POSTED'], async ({ real, model }, invoice) => {
  await send(real, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: after });
  gives(invoice, { total: invoice.total - invoice.credited, net: invoice.net - invoice.creditedNet });
  frees(model, invoice);
});

/** All of a paid invoice: its money is the customer's credit again. */
const creditPaid = onInvoice(['PARTLY_PAID', 'PAID'], async ({ real, model }, invoice) => {
  await send(real, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: after, unapplyPayments: true });
  freesPaid(model, invoice, invoice.paid);
  gives(invoice, { total: invoice.total - invoice.credited, net: invoice.net - invoice.creditedNet });
  frees(model, invoice);
});

const cents = ({ amount }: Json) => -Math.round(Number(amount) * 100);
const noteFields = 'invoice { subtotal { amount } total { amount } }';

/** Gives back a part of an invoice's first line, which has all of its work, or expects why it is refused: more than is left of the line, or than is open. */
async function creditPart({ real, model, random }: Step, invoice: Invoice, { net, ...asked }: { net: number; [field: string]: unknown }): Promise<boolean> {
  const [line] = await real.world.sql`select id, amount_minor::int - coalesce((select -sum(note.amount_minor)::int from finance.invoice_line note
    where note.credits_line_id = line.id), 0) as left from finance.invoice_line line where invoice_id = ${invoice.id} order by position`;
  const { rebill = true, ...part } = asked;
  const payers = model.payments.filter((each) => each.invoice === invoice && each.applied > 0);
  // Of several payments of one instant none is the latest.
  const unapplyPayments = payers.length === 1 && random.below(2) === 1;
  const input = { id: invoice.id, reason: 'walk', creditDate: after, rebill, unapplyPayments, lines: [{ lineId: line?.id, ...part }] };
  if (net > line?.left) {
    const { userErrors } = await real.world.graph.mutate('creditInvoice', { idempotencyKey: newId(), ...input }, {});
    expect(userErrors.map(({ code }: Json) => code)).toEqual(['VALIDATION_FAILED']);
    return false;
  }
  const sent = { idempotencyKey: newId(), ...input };
  const answer = await real.world.graph.mutate('creditInvoice', sent, { select: noteFields });
  if (answer.userErrors.length > 0) {
    expect(['neverOverCredited', 'noPaymentStands']).toContain(answer.userErrors[0].guard);
    expect(openOf(invoice)).toBeLessThan(Math.ceil(net * 1.21) + 1);
    return false;
  }
  real.last = { name: 'creditInvoice', input: sent, select: noteFields, answer };
  const note = { net: cents(answer.invoice.subtotal), total: cents(answer.invoice.total) };
  expect(note.net).toBe(net);
  const beyond = note.total - openOf(invoice);
  if (beyond > 0) freesPaid(model, invoice, beyond);
  gives(invoice, note);
  return true;
}

/** One piece of work is given back, and is billable again. */
const creditWork = onEntry(
  ({ sale, invoice }) => sale === 'BILLED' && ['POSTED', 'PARTLY_PAID', 'PAID'].includes(invoice?.status ?? ''),
  async (step, entry) => {
    const { invoice, minor } = entry;
    const [row] = await step.real.world.sql`select id from finance.actual where source_id = ${entry.id} and kind = 'UNBILLED_SALES' and status = 'BILLED'
      and reverses_id is null and reversed_by_id is null`;
    if (!invoice || !(await creditPart(step, invoice, { net: minor, actualIds: [row?.id] }))) return;
    Object.assign(entry, { sale: 'READY', invoice: undefined });
  },
);

/** An amount is given for good: the work stays billed. */
const concede = onInvoice(['POSTED', 'PARTLY_PAID', 'PAID'], async (step, invoice) => {
  const net = 100 * (1 + step.random.below(99));
  await creditPart(step, invoice, { net, rebill: false, amount: eur(net) });
});

const writeOff = onInvoice(['POSTED', 'PARTLY_PAID'], async ({ real }, invoice) => {
  await send(real, 'writeOffInvoice', { id: invoice.id, reason: 'walk', writtenOffOn: after });
  invoice.status = 'WRITTEN_OFF';
});

const reverseWriteOff = onInvoice(['WRITTEN_OFF'], async ({ real }, invoice) => {
  await send(real, 'reverseWriteOff', { id: invoice.id, reason: 'walk', reversedOn: after });
  restates(invoice);
});

const pay = onInvoice(['POSTED', 'PARTLY_PAID'], async ({ real, model, random }, invoice) => {
  const { customerId, legalEntityId } = real.firm;
  const open = openOf(invoice);
  const minor = random.below(2) ? open : Math.max(1, Math.floor(open / 3));
  const received = { customerId, legalEntityId, amount: eur(minor), receivedOn: random.below(2) ? after : before, select: 'payment { id }' };
  const { payment } = await send(real, 'recordPayment', received);
  const applications = [{ invoiceId: invoice.id, amount: eur(minor) }];
  await refusedEarly(real, 'applyPayment', { id: payment.id, applications, appliedOn: before, field: 'appliedOn' });
  await send(real, 'applyPayment', { id: payment.id, applications, appliedOn: after });
  settles(invoice, minor);
  model.payments.push({ id: payment.id, invoice, minor, applied: minor, reversed: false });
});

const bounce: Command = async ({ real, model, random }) => {
  const payment = among(
    random,
    model.payments.filter(({ reversed, invoice }) => !reversed && invoice.status !== 'WRITTEN_OFF'),
  );
  if (!payment) return false;
  await send(real, 'reversePayment', { id: payment.id, reason: 'walk', reversedOn: after });
  payment.reversed = true;
  settles(payment.invoice, -payment.applied);
  payment.applied = 0;
  return true;
};

/** The day before, on which nothing of what follows may be dated. */
const before = '2026-03-30';

/** Refused for its date, whatever else is the case: the model stays as it is. */
async function refusedEarly(real: Real, name: string, { field, ...input }: Record<string, unknown> & { field: string }): Promise<void> {
  const { userErrors } = await real.world.graph.mutate(name, { idempotencyKey: newId(), ...input }, {});
  expect(userErrors.map(({ code, field: where }: Json) => `${code} ${where}`)).toEqual([`VALIDATION_FAILED ${field}`]);
}

/** Somebody dates what corrects or undoes something before that thing. */
const early: Command = async ({ real, model, random }) => {
  const posted = model.invoices.filter(({ status }) => status === 'POSTED');
  const standing = model.payments.filter(({ reversed }) => !reversed);
  const [invoice, payment] = [among(random, posted), among(random, standing)];
  if (invoice) await refusedEarly(real, 'creditInvoice', { id: invoice.id, reason: 'walk', creditDate: before, field: 'creditDate' });
  if (payment) await refusedEarly(real, 'reversePayment', { id: payment.id, reason: 'walk', reversedOn: before, field: 'reversedOn' });
  return invoice !== undefined || payment !== undefined;
};

/** Another price from a later day on; what is in the ledger keeps the one that it was sold at. */
const amend: Command = async ({ real, model, random }) => {
  if (model.rates.length > 3) return false;
  const from = `2026-02-${String(2 + 7 * model.rates.length).padStart(2, '0')}`;
  const minor = 10_000 + 500 * (1 + random.below(9));
  const rates = [{ laborCategoryId: real.firm.categoryId, rate: eur(minor) }];
  await send(real, 'addContractVersion', { id: real.firm.contractId, effectiveFrom: from, reason: 'walk', rates });
  model.rates.push({ from, minor });
  return true;
};

const periodOf = async ({ world, firm }: Real): Promise<string> => {
  const [row] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and name = '2026-02'`;
  return String(row?.id);
};

const close: Command = async ({ real, model }) => {
  if (model.closed) return false;
  await send(real, 'closeFiscalPeriod', { id: await periodOf(real), overrideOpenWork: true, reason: 'walk' });
  model.closed = true;
  return true;
};

/** Somebody has everything that waits tried once more. */
const retry: Command = async ({ real, model }) => {
  const waiting = model.entries.filter(({ waits }) => waits);
  if (waiting.length === 0) return false;
  const subjects = waiting.map(({ id }) => id);
  const rows = await real.world.sql`select id from operations.exception where subject_id = any(${subjects}::uuid[]) and status = 'OPEN'`;
  expect(rows).toHaveLength(waiting.length);
  await send(real, 'retryExceptions', { items: rows.map(({ id }) => ({ id })), select: 'results { userErrors { code message } }' });
  for (const entry of waiting) posts(model, entry);
  return true;
};

/** The month opens again, and what could not be posted meanwhile is tried once more. */
const repost: Command = async (step) => {
  if (!step.model.closed) return false;
  await send(step.real, 'reopenFiscalPeriod', { id: await periodOf(step.real) });
  step.model.closed = false;
  await retry(step);
  return true;
};

/** The last call once more, with its key: the first answer, and nothing happens. */
const again: Command = async ({ real }) => {
  if (!real.last) return false;
  const { name, input, select, answer } = real.last;
  expect(await real.world.graph.mutate(name, input, { select })).toEqual({ ...answer, replayed: true });
  return true;
};

export const commands = {
  ...{ record, submit, approve, reject, revise, recall, takeBack, reverse },
  ...{
    draft,
    adjust,
    unadjust,
    validate,
    post,
    cancel,
    credit,
    creditPaid,
    creditWork,
    concede,
    writeOff,
    reverseWriteOff,
    pay,
    bounce,
    early,
    amend,
    close,
    retry,
    repost,
    again,
  },
} as const satisfies Record<string, Command>;
