import type { UpdateExpenseInput } from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, type DecisionContext, type Draft, openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, takenElsewhere } from '#kernel/external.ts';
import { begin, step } from '#kernel/machine.ts';
import { attempt } from '#kernel/outcome.ts';
import { lockMaking, lockRows } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { expenseItem } from '../entities.ts';
import { type ExpenseItemRow, expenses, externalRefs } from '../tables.ts';
import { readStandings, type Standings, takenOf } from '../taken.ts';
import { billableByDefault, loadWorkContext, type WorkContext, workSubject } from '../workContext.ts';
import { demandExpense } from './load.ts';
import { expenseMachine } from './machine.ts';
import { type Content, isSame, type SpentItem, type Wanted, wantedFrom, wantedOf } from './wanted.ts';

/** What recording judges by, and what the items want: read once, or refused already. */
export type Recording<Item> = {
  wanted: ReadonlyMap<Item, Wanted | Refused>;
  work: WorkContext;
  rows: Map<string, ExpenseItemRow>;
  standings: Standings;
  idsByRef: Map<string, string>;
  idsByReceipt: Map<string, string>;
};

/** Records expenses as DRAFT. Known and unchanged items change nothing. */
export const recordExpenses: Command<SpentItem, Recording<SpentItem>> = {
  may: expenseMachine.actions.update.may,
  entities: [expenseItem],
  load: (scope, items) => loadRecording(scope, new Map(items.map((item) => [item, attempt(() => wantedOf(item))]))),
  source: { refs: externalRefs, entity: expenseItem, of: ({ externalRef }) => externalRef },
  decide: recordOne,
  absorb: absorbRecorded,
  once: ({ externalRef }) => (externalRef ? { field: 'externalRef', key: externalKey(externalRef) } : undefined),
};

/** Changes a DRAFT expense; the guards of recording judge it again. */
export const updateExpense: Command<UpdateExpenseInput, Recording<UpdateExpenseInput>> = {
  may: expenseMachine.actions.update.may,
  entities: [expenseItem],
  load: async (scope, items) => {
    const rows = await lockRows(
      scope,
      expenses,
      items.map((item) => item.id),
    );
    return loadRecording(scope, new Map(items.map((item) => [item, attempt(() => wantedFrom(demandExpense(rows, item, scope.actor), item))])));
  },
  decide: recordOne,
  absorb: absorbRecorded,
};

/** About fourteen statements, however many. */
async function loadRecording<Item>(scope: Scope, wanted: ReadonlyMap<Item, Wanted | Refused>): Promise<Recording<Item>> {
  const all = [...wanted.values()].flatMap((each) => (each instanceof Refused ? [] : [each]));
  const contents = all.map((each) => each.content);
  await lockMaking(
    scope,
    contents.map(({ employeeId }) => ({ kind: 'time.expense', id: employeeId })),
  );
  const idsByRef = await findByExternalRefs(scope, externalRefs, { entityType: expenseItem.name, refs: all.flatMap((each) => each.ref ?? []) });
  const rows = await lockRows(scope, expenses, [...idsByRef.values(), ...all.flatMap((each) => each.expenseId ?? [])]);
  const standings = await readStandings(scope.tx, 'ExpenseItem', [...rows.keys()]);
  const work = await loadWorkContext(scope.tx, contents);
  const receipts = contents.flatMap((each) => each.receiptChecksum ?? []);
  const taken = await scope.tx
    .select({ id: expenses.id, checksum: expenses.receiptChecksum })
    .from(expenses)
    .where(inArray(expenses.receiptChecksum, receipts.length > 0 ? receipts : ['']));
  return { wanted, work, rows, standings, idsByRef, idsByReceipt: new Map(taken.map(({ id, checksum }) => [checksum ?? '', id])) };
}

function recordOne<Item>(loaded: Recording<Item>, item: Item, context: DecisionContext): Decision {
  const wanted = loaded.wanted.get(item);
  if (!wanted || wanted instanceof Refused) throw wanted ?? new Error('an item that was not loaded');
  const { ref, content } = wanted;
  const draft = openDraft(context);
  const id = wanted.expenseId ?? (ref && loaded.idsByRef.get(externalKey(ref)));
  const before = id ? attempt(() => demandExpense(loaded.rows, { id }, context.actor)) : undefined;
  if (before instanceof Refused) throw ref ? takenElsewhere() : before;
  if (before && isSame(before, content)) return draft.done(before.id);
  const row = writeExpense(draft, { loaded, content, before, context });
  if (ref && !id) draft.link({ refs: externalRefs, entity: expenseItem, id: row.id }, [ref]);
  return draft.done(row.id);
}

type Writing<Item> = { loaded: Recording<Item>; content: Content; before: ExpenseItemRow | undefined; context: DecisionContext };

function writeExpense<Item>(draft: Draft, { loaded, content, before, context }: Writing<Item>): ExpenseItemRow {
  const days = { from: content.workDate, to: content.workDate };
  const work = workSubject(loaded.work, { work: { ...content, days }, actor: context.actor });
  const holder = content.receiptChecksum === null ? undefined : loaded.idsByReceipt.get(content.receiptChecksum);
  const receiptTaken = holder !== undefined && holder !== before?.id;
  const { customerId, engagementId, legalEntityId } = work.project;
  const kept = before?.projectId === content.projectId && before.taskId === content.taskId ? before.billable : undefined;
  const billable = content.billable ?? kept ?? billableByDefault({ project: work.project, task: work.task });
  const taken = before ? takenOf(loaded.standings, before.id) : null;
  const subject = { ...work, ...content, taken, status: before?.status ?? 'DRAFT', receiptTaken, approverId: undefined } as const;
  const by = step(expenseMachine, { subject, action: 'update', actor: context.actor });
  const values = { ...content, customerId, engagementId, legalEntityId, billable };
  if (before) return draft.update(expenseItem, before, { changes: values, by });
  return draft.insert(expenseItem, { ...unapproved, ...values }, begin(expenseMachine));
}

const unapproved = {
  ...{ submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null, rejectionReason: null, recallReason: null, reimbursedAt: null },
  ...({ postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null } as const),
};

/** The receipt of what was recorded is taken for what follows, and the one that it had is free. */
function absorbRecorded<Item>({ rows, idsByRef, idsByReceipt, wanted }: Recording<Item>, decision: Decision, item: Item): void {
  absorbRows(rows, decision, expenseItem);
  for (const { before, row } of rowsIn(decision, expenseItem)) {
    if (before?.receiptChecksum) idsByReceipt.delete(before.receiptChecksum);
    if (row?.receiptChecksum) idsByReceipt.set(row.receiptChecksum, row.id);
  }
  const own = wanted.get(item);
  if (own && !(own instanceof Refused) && own.ref) idsByRef.set(externalKey(own.ref), decision.id);
}
