import type { UpsertAssignmentItem } from '#generated/resources.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { insertRows, lockRows, notFound, saveEach } from '#kernel/rows.ts';
import { accepted, decide, differs, onceEach } from '../bulk.ts';
import { weeklySecondsOf } from '../hours.ts';
import { type AssignmentRow, assignments, externalRefs } from '../tables.ts';
import { aroundOf, lockWorld, peek, type World } from './around.ts';
import { checkTask, newAssignment, widens } from './commands.ts';
import { checkChange, checkDays, moved, routes } from './draft.ts';
import { type Told, tellAssignments } from './tell.ts';

type Decision = Told & { item: UpsertAssignmentItem; isNew: boolean; changed: boolean };

/** Creates or changes assignments by external reference and brings them to a state, one after the other in memory. */
export async function upsertAssignments(scope: Scope, items: readonly UpsertAssignmentItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'assignment:write');
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: 'Assignment', refs: items.map((item) => item.externalRef) });
  const seen = await peek(scope, [...byRef.values()]);
  const world = await lockWorld(scope, [...items, ...seen]);
  const rows = await lockRows(scope, assignments, [...byRef.values()]);
  const once = onceEach();
  const decisions = decide(items, (item) => {
    once(item.externalRef);
    const before = rows.get(byRef.get(externalKey(item.externalRef)) ?? '');
    return note(world, decideItem(scope, world, { item, before }));
  });
  await save(scope, accepted(decisions));
  return decisions.map((decision) => (decision instanceof Refused ? { refused: decision } : { id: decision.row.id }));
}

function decideItem(scope: Scope, world: World, { item, before }: { item: UpsertAssignmentItem; before: AssignmentRow | undefined }): Decision {
  const start = before ? changed(scope, world, { item, before }) : newAssignment(scope, world, item);
  const status = item.status ?? start.status;
  const actions = status === start.status ? [] : (routes[start.status][status] ?? []);
  if (status !== start.status && actions.length === 0)
    throw new Refused('INVALID_TRANSITION', `An assignment does not go from ${start.status} to ${status}.`, { field: 'status' });
  let told: Told = { row: start, fact: 'AssignmentChanged' };
  for (const action of actions) {
    const around = aroundOf(world, start);
    if (!around) throw notFound('Employee', item.employeeId, 'employeeId');
    told = moved(scope.actor, told.row, { action, around });
  }
  return { ...told, item, isNew: !before, changed: !before || differs(before, told.row) };
}

function changed(scope: Scope, world: World, { item, before }: { item: UpsertAssignmentItem; before: AssignmentRow }): AssignmentRow {
  if (!seesCustomer(scope.actor, before.customerId)) throw notFound('Assignment', `${item.externalRef.system} ${item.externalRef.externalId}`, 'externalRef');
  for (const field of ['employeeId', 'projectId'] as const) {
    if (item[field] !== before[field])
      throw new Refused('VALIDATION_FAILED', `${field} of an assignment cannot change. Cancel it and propose another.`, { field });
  }
  checkDays(item);
  checkTask(world, before.projectId, item.taskId);
  const { from, to, taskId = before.taskId } = item;
  const row = { ...before, from, to, taskId, weeklySeconds: weeklySecondsOf(item.weeklyHours) };
  const around = aroundOf(world, before);
  if (around && differs(before, row) && (widens(before, row) || before.status !== 'CONFIRMED')) checkChange(scope.actor, row, around);
  return row;
}

/** Later items of the call see the capacity that this one takes or gives back. */
function note(world: World, decision: Decision): Decision {
  const { id, employeeId, from, to, weeklySeconds, status } = decision.row;
  const others = (world.booked.get(employeeId) ?? []).filter((booking) => booking.id !== id);
  world.booked.set(employeeId, status === 'CONFIRMED' ? [...others, { id, from, to, weeklySeconds }] : others);
  return decision;
}

async function save(scope: Scope, decisions: readonly Decision[]): Promise<void> {
  await insertRows(
    scope,
    assignments,
    decisions.filter(({ isNew }) => isNew).map(({ row }) => row),
  );
  await saveEach(
    scope,
    assignments,
    decisions.filter(({ isNew, changed: touched }) => touched && !isNew).map(({ row }) => row),
  );
  const links = decisions.map(({ row, item }) => ({ entityId: row.id, refs: [item.externalRef] }));
  await linkExternalRefs(scope, externalRefs, { entityType: 'Assignment', links });
  const told = decisions.filter(({ changed: touched }) => touched);
  await tellAssignments(
    scope,
    told.map(({ row, fact, isNew }) => ({ row: isNew ? row : { ...row, version: row.version + 1 }, fact })),
  );
}
