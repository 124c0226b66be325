import type { CancelBillingRunInput, RunBillingInput } from '#generated/finance.ts';
import { type Command, execute, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { demandNamed, lockRows } from '#kernel/rows.ts';
import { isConfined } from '#kernel/visibility.ts';
import { billingRun, billingRunContract } from '../entities.ts';
import { countReady } from '../invoice/ready.ts';
import { noteTaxFailure } from '../invoice/tax.ts';
import { facts } from '../published.ts';
import { type BillingRunRow, type BillingScope, billingRuns } from '../tables.ts';
import { type ContractDraft, draftBite, wishOf } from './draftContract.ts';
import { demandScope } from './scope.ts';

type Beginning = { of: BillingScope; contractsFound: number };

/** Begins a run; the process hears of it and does the rest. */
export const runBilling: Command<RunBillingInput, Beginning> = {
  may: 'invoice:write',
  entities: [billingRun],
  load: async (scope, [input]) => {
    if (!input) throw new Error('a run without an input');
    const of = await demandScope(scope, input);
    return { of, contractsFound: await countReady(scope, wishOf(of)) };
  },
  decide: ({ of, contractsFound }, _, context) => {
    const draft = openDraft(context);
    const lists = { customerIds: arrayOf(of.customerIds), contractIds: arrayOf(of.contractIds), legalEntityIds: arrayOf(of.legalEntityIds) };
    const nothing = { contractsDone: 0, afterContractId: null, drafted: 0, skipped: 0, actualsTaken: 0 };
    const unended = { finishedAt: null, cancelledBy: null, cancelReason: null };
    const row = draft.insert(billingRun, { ...of, ...lists, contractsFound, startedBy: context.actor.id, ...nothing, ...unended });
    const { id: billingRunId, cutOffDate, invoiceDate } = row;
    draft.state(facts.BillingRunStarted, { subject: row, payload: { billingRunId, cutOffDate, invoiceDate, contracts: contractsFound } });
    return draft.done(row.id);
  },
};

const arrayOf = (ids: readonly string[] | null): string[] | null => ids && [...ids];

type Ending = CancelBillingRunInput;

/** Whoever is at a bite is waited for: it is done wholly. */
export const cancelBillingRun: Command<Ending, Map<string, BillingRunRow>> = {
  may: 'invoice:write',
  entities: [billingRun],
  load: (scope, items) =>
    lockRows(
      scope,
      billingRuns,
      items.map(({ id }) => id),
    ),
  decide: (rows, item, context) => {
    const before = demandNamed(rows, { entity: billingRun.name, ...item }, () => !isConfined(context.actor));
    const reason = checkLines('reason', item.reason, 1000);
    if (before.finishedAt)
      throw new Refused('INVALID_TRANSITION', 'The run has ended already. What it drafted is cancelled invoice by invoice.', { field: 'id' });
    const draft = openDraft(context);
    const row = draft.update(billingRun, before, { changes: { finishedAt: context.now, cancelledBy: context.actor.id, cancelReason: reason } });
    stateEnd(draft, row);
    return draft.done(row.id);
  },
};

/** The process of a run was ended: so is the run, unless it had ended before. */
export async function abandonBillingRun(scope: Scope, id: string, reason: string): Promise<void> {
  const row = (await lockRows(scope, billingRuns, [id])).get(id);
  if (row && !row.finishedAt) await execute(scope, cancelBillingRun, [{ id, reason }]);
}

/**
 * Drafts the next contracts of a run; false once it has ended. Drafts, their place and the run's figures commit together: whoever comes after a crash goes
 * on behind them, and what two runs both find is on one invoice.
 */
export async function billNextContracts(scope: Scope, id: string): Promise<boolean> {
  const standing = (await lockRows(scope, billingRuns, [id])).get(id);
  if (!standing || standing.finishedAt) return false;
  const { drafts, next } = await draftBite(scope, standing, standing.afterContractId);
  const drafted = drafts.flatMap(({ invoices }) => invoices.map((invoice) => ({ id: invoice.id })));
  if (drafted.length > 0) await execute(scope, noteTaxFailure('validate'), drafted);
  await executeAll(scope, goOn, [{ standing, drafts, next }]);
  return next !== null;
}

type Progress = { standing: BillingRunRow; drafts: readonly ContractDraft[]; next: string | null };

const goOn: Command<Progress, null> = {
  entities: [billingRun, billingRunContract],
  load: async () => null,
  decide: (_, { standing, drafts, next }, context) => {
    const draft = openDraft(context);
    const sum = (of: (each: ContractDraft) => number) => drafts.reduce((all, each) => all + of(each), 0);
    const figures = {
      contractsDone: standing.contractsDone + drafts.length,
      drafted: standing.drafted + sum(({ invoices }) => invoices.length),
      skipped: standing.skipped + sum(({ refused }) => refused.length),
      actualsTaken: standing.actualsTaken + sum(({ actualsTaken }) => actualsTaken),
    };
    const place = next === null ? { finishedAt: context.now } : { afterContractId: next };
    const row = draft.update(billingRun, standing, { changes: { ...figures, ...place }, touch: true });
    for (const each of drafts) noteContract(draft, row.id, each);
    if (next === null) stateEnd(draft, row);
    return draft.done(row.id);
  },
};

function noteContract(draft: Draft, billingRunId: string, { contractId, invoices, refused }: ContractDraft): void {
  for (const { id: invoiceId } of invoices) draft.insert(billingRunContract, { billingRunId, contractId, invoiceId, code: null, message: null });
  for (const { code, message } of refused) draft.insert(billingRunContract, { billingRunId, contractId, invoiceId: null, code, message });
}

function stateEnd(draft: Draft, row: BillingRunRow): void {
  const { id: billingRunId, cutOffDate, invoiceDate, contractsFound: contracts, drafted, skipped, cancelReason: reason } = row;
  const payload = { billingRunId, cutOffDate, invoiceDate, contracts, drafted, skipped };
  if (reason === null) draft.state(facts.BillingRunCompleted, { subject: row, payload });
  else draft.state(facts.BillingRunCancelled, { subject: row, payload: { ...payload, reason } });
}
