import type { UpsertEmployeeItem } from '#generated/resources.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { lockRows, notFound, rowsById } from '#kernel/rows.ts';
import { accepted, type Decided, decide, differs, onceEach } from '../bulk.ts';
import { type EmployeeLaborCategoryRow, type EmployeeRow, employees, externalRefs, persons } from '../tables.ts';
import { demandWriter, newEmployee } from './commands.ts';
import { columnsOf, type EmployeeDraft, moved, routes } from './draft.ts';
import { checkChain, checkPointers, type Known, lookUp } from './known.ts';
import { inOrder, laborCategoriesOf, sameStarts } from './laborCategories.ts';
import { saveEmployees } from './save.ts';

type Decision = EmployeeDraft & { item: UpsertEmployeeItem; changed: boolean };

type World = {
  byRef: Map<string, string>;
  rows: Map<string, EmployeeRow>;
  held: Map<string, EmployeeLaborCategoryRow[]>;
  legalNames: Map<string, string>;
  known: Known;
};

/** Creates or changes employees by external reference and brings them to a state. Unchanged ones keep their version and state nothing. */
export async function upsertEmployees(scope: Scope, items: readonly UpsertEmployeeItem[]): Promise<Outcome[]> {
  demandWriter(scope);
  const world = await prefetch(scope, items);
  const once = onceEach();
  const decisions = decide(items, (item) => {
    once(item.externalRef);
    return decideItem(scope, world, item);
  });
  const managed = withManagers(decisions, world);
  await saveEmployees(
    scope,
    accepted(managed).filter((decision) => decision.changed),
  );
  return managed.map((decision) => (decision instanceof Refused ? { refused: decision } : { id: decision.row.id }));
}

async function prefetch(scope: Scope, items: readonly UpsertEmployeeItem[]): Promise<World> {
  const refs = items.flatMap((item) => [item.externalRef, ...(item.managerRef ? [item.managerRef] : [])]);
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: 'Employee', refs });
  const rows = await lockRows(
    scope,
    employees,
    items.flatMap((item) => byRef.get(externalKey(item.externalRef)) ?? []),
  );
  const held = await laborCategoriesOf(scope.tx, [...rows.keys()]);
  const managers = items.map((item) => ({ managerId: item.managerRef ? byRef.get(externalKey(item.managerRef)) : undefined }));
  const known = await lookUp(scope, [...items, ...managers]);
  const named = items.some((item) => item.legalName)
    ? await rowsById(
        scope.tx,
        persons,
        [...rows.values()].map((row) => row.personId),
      )
    : new Map();
  return { byRef, rows, held, known, legalNames: new Map([...named].map(([id, person]) => [id, person.legalName])) };
}

function decideItem(scope: Scope, world: World, item: UpsertEmployeeItem): Decision {
  const before = world.rows.get(world.byRef.get(externalKey(item.externalRef)) ?? '');
  const held = (before && world.held.get(before.id)) ?? [];
  checkPointers(world.known, item, held);
  const legalName = item.legalName ? checkText('legalName', item.legalName) : undefined;
  const given = item.laborCategories ? inOrder(item.laborCategories) : undefined;
  const starts = given && !sameStarts(given, held) ? given : undefined;
  const placed = place(scope, before ?? hire(scope, item), item);
  const facts = stated(!before, placed.facts);
  const renamed = legalName !== undefined && legalName !== (before && world.legalNames.get(before.personId));
  const changed = !before || differs(before, placed.row) || starts !== undefined || renamed;
  return {
    ...placed,
    item,
    starts,
    facts,
    changed,
    isNew: !before,
    newPerson: !before && !item.personId,
    legalName: renamed ? legalName : undefined,
    refs: [item.externalRef],
  };
}

function hire(scope: Scope, item: UpsertEmployeeItem): EmployeeRow {
  if (!item.hiredOn) throw new Refused('VALIDATION_FAILED', 'A new employee needs hiredOn.', { field: 'hiredOn' });
  return newEmployee(scope, { name: item.name, hiredOn: item.hiredOn, personId: item.personId });
}

type Placed = Pick<EmployeeDraft, 'row' | 'cutAfter'> & { facts: EmployeeDraft['facts'] };

/** The row with the item's fields and in the item's state. */
function place(scope: Scope, before: EmployeeRow, item: UpsertEmployeeItem): Placed {
  const { hiredOn, terminatedOn, status } = item;
  const actions = status && status !== before.status ? (routes[before.status][status] ?? []) : [];
  if (status && status !== before.status && actions.length === 0)
    throw new Refused('INVALID_TRANSITION', `An employee does not go from ${before.status} to ${status}.`, { field: 'status' });
  // At a rehire hiredOn is the new first day, which the action itself sets.
  const fields = actions[0] === 'rehire' ? { ...item, hiredOn: undefined } : item;
  let placed: Placed = { row: { ...before, ...columnsOf(fields) }, facts: [] };
  for (const action of actions) {
    const firstDay = action === 'rehire' ? demandDay('hiredOn', hiredOn) : undefined;
    const lastDay = action === 'terminate' ? demandDay('terminatedOn', terminatedOn ?? before.terminatedOn) : undefined;
    const next = moved(scope, placed.row, { action, ...(firstDay ? { firstDay } : {}), ...(lastDay ? { lastDay } : {}) });
    placed = { ...next, facts: [...placed.facts, ...next.facts] };
  }
  return withLastDay(scope, placed, terminatedOn);
}

function withLastDay(scope: Scope, placed: Placed, lastDay: string | null | undefined): Placed {
  const { row } = placed;
  if (lastDay === undefined || lastDay === row.terminatedOn) return placed;
  if (lastDay === null) {
    if (row.status === 'TERMINATED') throw new Refused('VALIDATION_FAILED', 'A terminated employee has a last day.', { field: 'terminatedOn' });
    return { ...placed, row: { ...row, terminatedOn: null } };
  }
  if (row.status === 'ACTIVE' || row.status === 'ON_LEAVE') {
    const next = moved(scope, row, { action: 'scheduleTermination', lastDay });
    return { ...next, facts: [...placed.facts, ...next.facts] };
  }
  if (lastDay < row.hiredOn)
    throw new Refused('VALIDATION_FAILED', `The last day ${lastDay} is before the first day ${row.hiredOn}.`, { field: 'terminatedOn' });
  return { ...placed, row: { ...row, terminatedOn: lastDay }, cutAfter: lastDay };
}

function demandDay(field: string, day: string | null | undefined): string {
  if (!day) throw new Refused('VALIDATION_FAILED', `${field} is needed to reach that state.`, { field });
  return day;
}

/** A hire stands first; a mere update is not worth saying beside something decisive. */
function stated(isNew: boolean, emitted: EmployeeDraft['facts']): EmployeeDraft['facts'] {
  const decisive = new Set([...(isNew ? (['EmployeeHired'] as const) : []), ...emitted.filter((fact) => fact !== 'EmployeeUpdated')]);
  return decisive.size > 0 ? [...decisive] : ['EmployeeUpdated'];
}

/** Sets managers, who may be items of the same call. Who reports to a refused item is refused as well, hence the rounds. */
function withManagers(decisions: readonly Decided<Decision>[], world: World): Decided<Decision>[] {
  for (const { row } of accepted(decisions)) world.known.managers.set(row.id, row.managerId);
  let managed = [...decisions];
  for (let before = -1; before !== accepted(managed).length; ) {
    const done = accepted(managed);
    before = done.length;
    const ids = new Map([...world.byRef, ...done.map(({ item, row }) => [externalKey(item.externalRef), row.id] as const)]);
    managed = decide(managed, (decision) => (decision instanceof Refused ? decision : withManager(decision, ids, world.known)));
  }
  return managed;
}

function withManager(decision: Decision, ids: ReadonlyMap<string, string>, known: Known): Decision {
  const { managerRef } = decision.item;
  const managerId = managerRef ? ids.get(externalKey(managerRef)) : decision.row.managerId;
  if (managerRef && !managerId) throw notFound('Employee', `${managerRef.system} ${managerRef.externalId}`, 'managerRef');
  checkChain(known, decision.row.id, managerId ?? null);
  return managerId === decision.row.managerId ? decision : { ...decision, row: { ...decision.row, managerId: managerId ?? null }, changed: true };
}
