import assert from 'node:assert/strict';
import { ask, type Command, codesOf, type Lane, money, type Step, send } from './lane.ts';
import { among, type Entry, loses, type Model, posts, priceOf, unsold } from './model.ts';

const dayOf = (number: number) => `2026-02-${String(number).padStart(2, '0')}`;
const fresh = { status: 'DRAFT', waits: false, cost: 0, ...unsold } as const;

const record: Command = async ({ lane, model, random }) => {
  if (model.closed) return false;
  const { employeeId, projectId } = lane.terms;
  const days = new Set(Array.from({ length: 1 + random.below(2) }, () => dayOf(2 + random.below(26))));
  const items = [...days].map((workDate) => ({ workDate, hours: 1 + random.below(2) }));
  const select = 'timeEntry { id timesheet { id } }';
  const asked = items.map(({ workDate, hours }) => send(lane, 'recordTimeEntry', { employeeId, projectId, workDate, hours: String(hours), select }));
  for (const [index, { timeEntry }] of (await Promise.all(asked)).entries()) {
    const { workDate: day = '', hours = 0 } = items[index] ?? {};
    model.entries.push({ id: timeEntry.id, sheet: timeEntry.timesheet.id, day, hours, ...fresh });
  }
  return true;
};

/** An expense that is claimed and approved: it costs what it cost, and the client pays that. What it cost is in the money of the books. */
const spend: Command = async ({ lane, model, random }) => {
  if (model.closed || lane.terms.currency !== 'EUR') return false;
  const { employeeId, projectId, approverId } = lane.terms;
  const [workDate, spent] = [dayOf(2 + random.below(26)), 100 * (1 + random.below(50))];
  const about = { employeeId, projectId, workDate, category: 'TRAVEL', amount: money(lane, spent) };
  const { expense } = await send(lane, 'recordExpense', { ...about, select: 'expense { id }' });
  await send(lane, 'submitExpense', { id: expense.id });
  await send(lane, 'approveExpense', { id: expense.id, approverId });
  const entry: Entry = { id: expense.id, spent, sheet: '', day: workDate, hours: 0, ...fresh, status: 'APPROVED' };
  model.entries.push(entry);
  posts(model, entry);
  return true;
};

/** What is done to all entries of one timesheet that are in a state. */
function onSheet(from: Entry['status'], act: (step: Step, sheet: string, entries: Entry[]) => Promise<void>): Command {
  return async (step) => {
    const time = step.model.entries.filter(({ status, spent }) => status === from && spent === undefined);
    const found = among(step.random, time);
    if (!found || (from === 'DRAFT' && step.model.closed)) return false;
    await act(
      step,
      found.sheet,
      time.filter(({ sheet }) => sheet === found.sheet),
    );
    return true;
  };
}

const submit = onSheet('DRAFT', async ({ lane }, id, entries) => {
  await send(lane, 'submitTimesheet', { id });
  for (const entry of entries) entry.status = 'SUBMITTED';
});

const approve = onSheet('SUBMITTED', async ({ lane, model }, id, entries) => {
  await send(lane, 'approveTimesheet', { id, approverId: lane.terms.approverId });
  for (const entry of entries) {
    entry.status = 'APPROVED';
    posts(model, entry);
  }
});

const reject = onSheet('SUBMITTED', async ({ lane }, id, entries) => {
  await send(lane, 'rejectTimesheet', { id, approverId: lane.terms.approverId, reason: 'walk' });
  for (const entry of entries) entry.status = 'REJECTED';
});

/** What is done to one entry. */
export function onEntry(which: (entry: Entry, model: Model) => boolean, act: (step: Step, entry: Entry) => Promise<unknown>): Command {
  return async (step) => {
    const entry = among(
      step.random,
      step.model.entries.filter((each) => which(each, step.model)),
    );
    return entry !== undefined && (await act(step, entry)) !== false;
  };
}

const edit = onEntry(
  ({ status, spent }, { closed }) => status === 'DRAFT' && spent === undefined && !closed,
  async ({ lane, random }, entry) => {
    entry.hours = 1 + random.below(3);
    await send(lane, 'updateTimeEntry', { id: entry.id, hours: String(entry.hours) });
  },
);

const revise = onEntry(
  ({ status }) => status === 'REJECTED',
  async ({ lane }, entry) => {
    await send(lane, 'reviseTimeEntry', { id: entry.id });
    entry.status = 'DRAFT';
  },
);

const recall = onEntry(
  ({ status }) => status === 'SUBMITTED',
  async ({ lane }, entry) => {
    await send(lane, 'recallTimeEntry', { id: entry.id });
    entry.status = 'DRAFT';
  },
);

/** Approved work is recalled with all that is in the books of it, or waits to be. */
const takeBack = onEntry(
  ({ sale, waits }, { closed }) => (sale === 'READY' || sale === 'NOT_READY' || (sale === 'NONE' && waits)) && !closed,
  async ({ lane }, entry) => {
    const thing = entry.spent === undefined ? 'TimeEntry' : 'Expense';
    await send(lane, `request${thing}Recall`, { id: entry.id, reason: 'walk' });
    await send(lane, `approve${thing}Recall`, { id: entry.id, approverId: lane.terms.approverId });
    Object.assign(entry, fresh);
  },
);

/** The ledger takes an entry's cost, its sale or both back; the work stays approved. What is on an invoice is refused, one by one. */
const reverse = onEntry(
  ({ cost, sale }) => cost > 0 || sale !== 'NONE',
  async ({ lane, random }, entry) => {
    const { cost, sale } = lane.seen.entries.get(entry.id) ?? {};
    const there = [{ kind: 'COST', id: cost } as const, { kind: 'UNBILLED_SALES', id: sale } as const];
    const wanted = (random.below(2) ? there : [random.one(there)]).filter(({ id }) => id);
    const answers = await Promise.all(wanted.map(({ id }) => ask(lane, 'reverseActual', { id, reason: 'walk', select: 'actual { id }' })));
    const expected = wanted.map(({ kind }) => (loses(entry, kind) ? [] : ['INVALID_TRANSITION']));
    assert.deepEqual(answers.map(codesOf), expected);
    return expected.some((codes) => codes.length === 0);
  },
);

const saleOf = (lane: Lane, { id }: Entry) => lane.seen.entries.get(id)?.sale;

const hold = onEntry(
  ({ sale }) => sale === 'READY',
  async ({ lane }, entry) => {
    await send(lane, 'holdActual', { id: saleOf(lane, entry), reason: 'walk' });
    entry.sale = 'NOT_READY';
  },
);

const release = onEntry(
  ({ sale }) => sale === 'NOT_READY',
  async ({ lane }, entry) => {
    await send(lane, 'releaseActual', { id: saleOf(lane, entry) });
    entry.sale = 'READY';
  },
);

/** Work that is not billed is priced anew, at the terms of now: what changes is accrued no longer, what is held stays held. */
const reprice = onEntry(
  ({ sale, cost, waits }, { closed }) => (sale === 'READY' || sale === 'NOT_READY') && cost > 0 && !waits && !closed,
  async ({ lane, model }, entry) => {
    await send(lane, 'repriceActual', { id: saleOf(lane, entry), reason: 'walk', select: 'actual { id }' });
    const minor = entry.spent ?? priceOf(model, entry);
    if (minor !== entry.minor) Object.assign(entry, { minor, accrued: false, late: false });
  },
);

/** Somebody has everything that waits tried once more. */
export const retry: Command = async ({ lane, model }) => {
  const waiting = model.entries.filter(({ waits }) => waits);
  if (waiting.length === 0) return false;
  await Promise.all(waiting.map(({ id }) => send(lane, 'retryException', { id: lane.seen.entries.get(id)?.exception })));
  for (const entry of waiting) posts(model, entry);
  return true;
};

export const work = { record, edit, submit, approve, reject, revise, recall, takeBack, spend, reverse, hold, release, reprice, retry } as const;
