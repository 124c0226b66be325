import { type Command, money, send } from './lane.ts';
import { payments } from './money.ts';
import { papers } from './papers.ts';
import { retry, work } from './work.ts';

/** Another price from a later day on; what is in the ledger keeps the one that it was sold at until it is priced anew. */
const amend: Command = async ({ lane, model, random }) => {
  if (model.rates.length > 3) return false;
  const from = `2026-02-${String(2 + 7 * model.rates.length).padStart(2, '0')}`;
  const minor = 10_000 + 500 * (1 + random.below(9));
  const rates = [{ laborCategoryId: lane.terms.categoryId, rate: money(lane, minor) }];
  await send(lane, 'addContractVersion', { id: lane.terms.contractId, effectiveFrom: from, reason: 'walk', rates });
  model.rates.push({ from, minor });
  return true;
};

const close: Command = async ({ lane, model }) => {
  if (model.closed || !lane.terms.periodId) return false;
  await send(lane, 'closeFiscalPeriod', { id: lane.terms.periodId, overrideOpenWork: true, reason: 'walk' });
  model.closed = true;
  return true;
};

/** The month opens again, and what could not be posted meanwhile is tried once more. */
const repost: Command = async (step) => {
  if (!step.model.closed) return false;
  await send(step.lane, 'reopenFiscalPeriod', { id: step.lane.terms.periodId });
  step.model.closed = false;
  await retry(step);
  return true;
};

/** What was earned and stands on no posted invoice is revenue already; twice is once. */
const accrue: Command = async ({ lane, model }) => {
  if (model.closed || !lane.terms.periodId) return false;
  await send(lane, 'accrueRevenue', { fiscalPeriodId: lane.terms.periodId });
  for (const entry of model.entries) if (!entry.late && (entry.sale === 'READY' || entry.sale === 'ON_INVOICE')) entry.accrued = true;
  return true;
};

/** The last call once more, with its key: the first answer, and nothing happens. */
const again: Command = async ({ lane, random }) => {
  // It can be done at any time, and the first answer may be long.
  if (!lane.last || random.below(3) > 0) return false;
  await lane.office.again(lane.last.call);
  return true;
};

export const commands = { ...work, ...papers, ...payments, amend, close, repost, accrue, again } as const satisfies Record<string, Command>;

export type Name = keyof typeof commands;

/** What is wished for more often: what takes work on, so that a sequence gets somewhere, and what there is seldom a way to. */
const often: Partial<Record<Name, number>> = {
  ...{ submit: 2, approve: 3, draft: 2, validate: 3, post: 3, pay: 2, reverse: 2, retry: 2, recall: 2, reject: 2, revise: 10, hold: 3, release: 8 },
  ...{
    adjust: 4,
    unadjust: 16,
    creditPaid: 2,
    creditWork: 2,
    writeOff: 3,
    reverseWriteOff: 8,
    dispute: 3,
    settle: 12,
    apply: 6,
    unapply: 2,
    refund: 3,
    unrefund: 16,
  },
};
const oftenOfBooks: Partial<Record<Name, number>> = { close: 5, repost: 15, accrue: 5 };

const names = Object.keys(commands) as Name[];
const wishesFor = (weights: Partial<Record<Name, number>>): readonly Name[] => names.flatMap((name) => new Array<Name>(weights[name] ?? 1).fill(name));

/** What may come next, as often as it is to come. */
export const wishes = wishesFor(often);
/** The same where the month is its own. */
export const wishesOfBooks = wishesFor({ ...often, ...oftenOfBooks });
