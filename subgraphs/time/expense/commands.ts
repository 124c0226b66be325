import type { ApproveExpenseItem, ExpenseItemActionInput, RejectExpenseInput, SubmitExpenseItem } from '#generated/time.ts';
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
import { type Contracts, contractOf, loadContracts } from '../workContext.ts';
import { demandExpense } from './load.ts';
import { approvedExpenseStates, expenseMachine } from './machine.ts';

export { recordExpenses, updateExpense } from './record.ts';

type Asked = { expectedVersion?: number | null | undefined; approverId?: string | null | undefined };
type Loaded = { rows: Map<string, ExpenseItemRow>; approvers: ReadonlySet<string>; around: Around; contracts: Contracts };

type Acting<Item> = { item: Item; context: DecisionContext; before: ExpenseItemRow; approverId: string };
type Rule<Item> = {
  action: ActionName<typeof expenseMachine>;
  idOf: (item: Item) => string;
  /** An approver decides: a person in their own name, an integration for whom it names. */
  decides?: true;
  /** The day of the expense is judged again. */
  dated?: true;
  changes?: (acting: Acting<Item>) => Partial<Omit<ExpenseItemRow, 'status'>>;
  state?: (acted: Acting<Item> & { draft: Draft; row: ExpenseItemRow }) => void;
};

/** An action of the machine on expenses. */
function expenseCommand<Item extends Asked>(rule: Rule<Item>): Command<Item, Loaded> {
  const { action, idOf, decides = false, dated = false } = rule;
  return {
    may: expenseMachine.actions[action].may,
    entities: [expenseItem],
    load: async (scope, items) => {
      const rows = await lockRows(scope, expenses, items.map(idOf));
      const around = await loadAround(scope, decides || dated ? [...rows.values()] : []);
      const named = items.map((item) => item.approverId);
      const contracts = dated ? await loadContracts(scope.tx, around.projects) : new Map();
      return { rows, around, contracts, approvers: decides ? await knownApprovers(scope.tx, scope.actor, named) : new Set() };
    },
    decide: ({ rows, approvers, around, contracts }, item, context) => {
      const before = demandExpense(rows, { id: idOf(item), expectedVersion: item.expectedVersion }, context.actor);
      const approverId = decides ? approverOf(context.actor, item.approverId, approvers) : undefined;
      const acting = { item, context, before, approverId: approverId ?? '' };
      const changes = rule.changes?.(acting) ?? {};
      const subject = {
        ...before,
        approverId,
        ...(decides || dated ? aroundOf(around, before, { days: { from: before.workDate, to: before.workDate }, now: context.now }) : {}),
      };
      const contract = dated ? { contract: contractOf(contracts, around.projects.get(before.projectId)) } : {};
      const by = step(expenseMachine, { subject: { ...subject, ...contract }, action, actor: context.actor });
      const draft = openDraft(context);
      const row = draft.update(expenseItem, before, { changes, by });
      rule.state?.({ ...acting, draft, row });
      return draft.done(row.id);
    },
    absorb: ({ rows }, decision) => absorbRows(rows, decision, expenseItem),
  };
}

const ofItem = (item: { expenseId: string }): string => item.expenseId;
const ofInput = (item: { id: string }): string => item.id;

/** Submits expenses. */
export const submitExpenses = expenseCommand<SubmitExpenseItem>({
  action: 'submit',
  idOf: ofItem,
  dated: true,
  changes: ({ context }) => ({ submittedAt: context.now }),
  state: ({ draft, row }) => draft.state(facts.ExpenseSubmitted, about(row, {})),
});

/** Approves expenses. */
export const approveExpenses = expenseCommand<ApproveExpenseItem>({
  action: 'approve',
  idOf: ofItem,
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
  idOf: ofInput,
  decides: true,
  changes: ({ item }) => ({ rejectionReason: checkLines('reason', item.reason, 1000) }),
  state: ({ draft, row, approverId }) => draft.state(facts.ExpenseRejected, about(row, { approverId, reason: row.rejectionReason ?? '' })),
});

/** REJECTED to DRAFT. */
export const reviseExpense = expenseCommand<ExpenseItemActionInput>({ action: 'revise', idOf: ofInput });

/** APPROVED to REIMBURSED. */
export const reimburseExpense = expenseCommand<ExpenseItemActionInput>({
  action: 'reimburse',
  idOf: ofInput,
  changes: ({ context }) => ({ reimbursedAt: context.now }),
  state: ({ draft, row }) => draft.state(facts.ExpenseReimbursed, about(row, {})),
});

/** Deletes a DRAFT expense with its external references. */
export const deleteExpense: Command<ExpenseItemActionInput, Pick<Loaded, 'rows'>> = {
  may: expenseMachine.actions.update.may,
  entities: [expenseItem],
  load: async (scope, items) => ({ rows: await lockRows(scope, expenses, items.map(ofInput)) }),
  decide: ({ rows }, item, context) => {
    const before = demandExpense(rows, item, context.actor);
    demandOwn(ownExpense, before, context.actor);
    if (before.status !== 'DRAFT')
      throw new Refused('INVALID_TRANSITION', `ExpenseItem is ${before.status}; only a DRAFT can be deleted.`, { field: 'status' });
    const draft = openDraft(context);
    draft.remove(expenseItem, before, externalRefs);
    return draft.done(before.id);
  },
};

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
