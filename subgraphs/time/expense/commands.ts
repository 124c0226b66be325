import type {
  ApproveExpenseItem,
  DecideExpenseRecallInput,
  ExpenseItemActionInput,
  RejectExpenseInput,
  RequestExpenseRecallInput,
  SubmitExpenseItem,
} from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type DecisionContext, type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { FactInput } from '#kernel/facts.ts';
import { checkLines } from '#kernel/input.ts';
import { type ActionName, step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { lockRows } from '#kernel/rows.ts';
import { approverOf, knownApprovers } from '../approver.ts';
import { type Around, aroundOf, loadAround } from '../around.ts';
import { expenseItem } from '../entities.ts';
import { demandOwn, ownExpense } from '../guards.ts';
import { postingMarks } from '../marks.ts';
import { type ExpenseSnapshot, facts } from '../published.ts';
import { type ExpenseItemRow, expenses, externalRefs } from '../tables.ts';
import { demandNeverApproved, lockStandings, readStandings, restore, type Standings, takenOf, withdraw } from '../taken.ts';
import { demandExpense } from './load.ts';
import { approvedExpenseStates, expenseMachine } from './machine.ts';

export { recordExpenses, updateExpense } from './record.ts';

type Asked = { id: string; expectedVersion?: number | null | undefined; approverId?: string | null | undefined };
type Loaded = { rows: Map<string, ExpenseItemRow>; approvers: ReadonlySet<string>; around: Around; standings: Standings };

type Acting<Item> = { item: Item; context: DecisionContext; before: ExpenseItemRow; approverId: string };
type Rule<Item> = {
  action: ActionName<typeof expenseMachine>;
  /** An approver decides: a person in their own name, an integration for whom it names. */
  decides?: true;
  /** It is no longer approved, or is to be: no invoice may take it meanwhile. */
  letsGo?: true;
  /** The day of the expense is judged again. */
  dated?: true;
  changes?: (acting: Acting<Item>) => Partial<Omit<ExpenseItemRow, 'status'>>;
  state?: (acted: Acting<Item> & { draft: Draft; row: ExpenseItemRow }) => void;
};

/** An action of the machine on expenses. */
function expenseCommand<Item extends Asked>(rule: Rule<Item>): Command<Item, Loaded> {
  const { action, decides = false, letsGo = false, dated = false } = rule;
  return {
    may: expenseMachine.actions[action].may,
    entities: [expenseItem],
    load: async (scope, items) => {
      const rows = await lockRows(
        scope,
        expenses,
        items.map(({ id }) => id),
      );
      const standings = await (letsGo ? lockStandings(scope, 'ExpenseItem', [...rows.keys()]) : readStandings(scope.tx, 'ExpenseItem', [...rows.keys()]));
      const around = await loadAround(scope, decides || dated ? [...rows.values()] : []);
      const named = items.map((item) => item.approverId);
      return { rows, around, standings, approvers: decides ? await knownApprovers(scope.tx, scope.actor, named) : new Set() };
    },
    decide: ({ rows, approvers, around, standings }, item, context) => {
      const before = demandExpense(rows, item, context.actor);
      const approverId = decides ? approverOf(context.actor, item.approverId, approvers) : undefined;
      const acting = { item, context, before, approverId: approverId ?? '' };
      const changes = rule.changes?.(acting) ?? {};
      const subject = {
        ...before,
        approverId,
        taken: takenOf(standings, before.id),
        ...(decides || dated ? aroundOf(around, before, { days: { from: before.workDate, to: before.workDate }, now: context.now }) : {}),
      };
      const by = step(expenseMachine, { subject, action, actor: context.actor });
      const draft = openDraft(context);
      const row = draft.update(expenseItem, before, { changes, by });
      rule.state?.({ ...acting, draft, row });
      return draft.done(row.id);
    },
    absorb: ({ rows }, decision) => absorbRows(rows, decision, expenseItem),
  };
}

/** Submits expenses. */
export const submitExpenses = expenseCommand<SubmitExpenseItem>({
  action: 'submit',
  dated: true,
  changes: ({ context }) => ({ submittedAt: context.now }),
  state: ({ draft, row }) => draft.state(facts.ExpenseSubmitted, about(row, {})),
});

/** Approves expenses. */
export const approveExpenses = expenseCommand<ApproveExpenseItem>({
  action: 'approve',
  decides: true,
  changes: ({ context, before, approverId }) => ({
    approvedAt: context.now,
    approvedBy: approverId,
    approvedVersion: before.version + 1,
    rejectionReason: null,
  }),
  state: ({ draft, row, approverId }) => draft.state(facts.ExpenseApproved, about(row, { approverId })),
});

/** SUBMITTED to REJECTED, with a reason. */
export const rejectExpense = expenseCommand<RejectExpenseInput>({
  action: 'reject',
  decides: true,
  changes: ({ item }) => ({ rejectionReason: checkLines('reason', item.reason, 1000) }),
  state: ({ draft, row, approverId }) => draft.state(facts.ExpenseRejected, about(row, { approverId, reason: row.rejectionReason ?? '' })),
});

/** SUBMITTED to DRAFT, before anybody decided. */
export const recallExpense = expenseCommand<ExpenseItemActionInput>({ action: 'recall', state: stateRecalled });

/** The owner wants an approved expense back; it counts as approved until the request is granted. */
export const requestExpenseRecall = expenseCommand<RequestExpenseRecallInput>({
  action: 'requestRecall',
  letsGo: true,
  state: ({ draft, before }) => withdraw(draft, 'ExpenseItem', before),
  changes: ({ item }) => ({ recallReason: checkLines('reason', item.reason, 1000) }),
});

const notApproved = { approvedAt: null, approvedBy: null, approvedVersion: null, recallReason: null, postingStatus: 'NOT_POSTED', postedAt: null } as const;

/** Grants a recall. The posting state starts anew here: whoever hears the fact reverses the actuals of the recalled version. */
export const approveExpenseRecall = expenseCommand<DecideExpenseRecallInput>({
  action: 'approveRecall',
  decides: true,
  letsGo: true,
  changes: () => notApproved,
  state: (acted) => {
    withdraw(acted.draft, 'ExpenseItem', acted.before);
    stateRecalled(acted);
  },
});

/** The approval stands, with its version. */
export const refuseExpenseRecall = expenseCommand<DecideExpenseRecallInput>({
  action: 'refuseRecall',
  decides: true,
  letsGo: true,
  state: ({ draft, before }) => restore(draft, 'ExpenseItem', before),
  changes: () => ({ recallReason: null }),
});

/** REJECTED to DRAFT. */
export const reviseExpense = expenseCommand<ExpenseItemActionInput>({ action: 'revise' });

/** APPROVED to REIMBURSED. */
export const reimburseExpense = expenseCommand<ExpenseItemActionInput>({
  action: 'reimburse',
  changes: ({ context }) => ({ reimbursedAt: context.now }),
  state: ({ draft, row }) => draft.state(facts.ExpenseReimbursed, about(row, {})),
});

/** Deletes a DRAFT expense that was never approved, with its external references. */
export const deleteExpense: Command<ExpenseItemActionInput, Pick<Loaded, 'rows' | 'standings'>> = {
  may: expenseMachine.actions.update.may,
  entities: [expenseItem],
  load: async (scope, items) => {
    const rows = await lockRows(
      scope,
      expenses,
      items.map(({ id }) => id),
    );
    return { rows, standings: await readStandings(scope.tx, 'ExpenseItem', [...rows.keys()]) };
  },
  decide: ({ rows, standings }, item, context) => {
    const before = demandExpense(rows, item, context.actor);
    demandOwn(ownExpense, before, context.actor);
    if (before.status !== 'DRAFT')
      throw new Refused('INVALID_TRANSITION', `ExpenseItem is ${before.status}; only a DRAFT can be deleted.`, { field: 'status' });
    demandNeverApproved(standings, before.id);
    const draft = openDraft(context);
    draft.remove(expenseItem, before, externalRefs);
    return draft.done(before.id);
  },
};

function stateRecalled({ draft, before, row }: { draft: Draft; before: ExpenseItemRow; row: ExpenseItemRow }): void {
  const was = { wasApproved: before.approvedVersion !== null, wasPosted: before.postingStatus === 'POSTED' };
  draft.state(facts.ExpenseRecalled, { ...about(before, was), subject: { id: row.id, version: row.version } });
}

function about<More>(row: ExpenseItemRow, more: More): FactInput<ExpenseSnapshot & More> {
  const { id, version, employeeId, customerId, engagementId, projectId, legalEntityId, category, workDate, billable } = row;
  const amount = showMoney({ minor: row.amountMinor, currency: row.currency });
  const expense = { expenseId: id, expenseVersion: row.approvedVersion ?? version, employeeId, customerId, projectId, category, workDate, amount, billable };
  return { subject: { id, version }, keys: { customerId, engagementId, projectId, employeeId, legalEntityId }, payload: { ...expense, ...more } };
}

const marks = postingMarks(expenseItem, { may: 'expense:post', states: approvedExpenseStates });

/** Approved expenses are in the ledger now. */
export const markExpensesPosted = marks.posted;
/** Approved expenses could not be posted; an open exception says why. */
export const markExpensesPostingException = marks.excepted;
/** Their actuals were reversed. */
export const markExpensesUnposted = marks.unposted;
/** The invoice with them was posted, or credited (null). */
export const markExpensesBilled = marks.billed;
