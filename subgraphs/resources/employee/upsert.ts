import type { UpsertEmployeeItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import { joined, pathTo } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { findReferred, referredRow } from '#kernel/referred.ts';
import { notFound } from '#kernel/rows.ts';
import { type EmployeeRow, employee, externalRefs } from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';
import { onEmployees } from './commands.ts';
import { columnsOf, decideEmployee, type EmployeeStep, type Employment, hired, type Move, moved } from './decide.ts';
import { type Hierarchy, hierarchyOf } from './hierarchy.ts';
import { inOrder, type Starting, sameStarts } from './laborCategories.ts';
import { absorbEmployees, checkChain, checkPointers, circle, type LoadedEmployees, loadEmployees } from './load.ts';
import { employeeMachine } from './machine.ts';
import { partsOf } from './parts.ts';
import type { EmployeeFact } from './snapshot.ts';

/** An item, whoever named what it points to. */
type Upsert = Starting<Meant<UpsertEmployeeItem, never, 'legalEntity' | 'costCenter' | 'subcontractor'>>;

export type LoadedUpsert = LoadedEmployees & { hierarchy: Hierarchy };

/** Creates or changes employees by external reference and brings them to a state. Unchanged ones keep their version and state nothing. */
export const upsertEmployees: Command<Upsert, LoadedUpsert> = {
  ...onEmployees,
  load: async (scope, items) => {
    demandWholeFirm(scope.actor);
    const loaded = await loadEmployees(scope, {
      refs: items.map(({ externalRef }) => externalRef),
      managerRefs: items.flatMap(({ managerRef }) => managerRef ?? []),
      pointers: (byRef) => [...items, ...items.map(({ managerRef }) => ({ managerId: managerRef ? byRef.get(externalKey(managerRef)) : undefined }))],
      renames: items.some(({ legalName }) => legalName),
      ends: (rows, byRef) => items.flatMap((item) => endOf(item, referredRow({ rows, byRef }, item.externalRef))),
    });
    return { ...loaded, hierarchy: hierarchyOf(items, new Map(loaded.byRef)) };
  },
  source: { refs: externalRefs, entity: employee, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  order: ({ hierarchy }) => hierarchy.order,
  decide: (loaded, item, context) => {
    const before = findReferred(loaded, item.externalRef);
    const held = (before && loaded.held.get(before.id)) ?? [];
    checkPointers(loaded, item, held);
    const legalName = item.legalName ? checkText('legalName', item.legalName) : undefined;
    const starts = item.laborCategories ? inOrder(item.laborCategories) : undefined;
    const { wanted, steps, cutAfter } = progressTo(before ?? hire(item, context), item, context);
    const facts = stated(!before, steps);
    const wish = {
      before,
      wanted: { ...wanted, managerId: managerOf(loaded, item, wanted) },
      by: joined(steps, facts),
      legalName,
      newPerson: !before && !item.personId,
      starts: starts && !sameStarts(starts, held) ? starts : undefined,
      parts: partsOf(item),
      refs: [item.externalRef],
      facts,
      cutAfter,
    };
    return decideEmployee(loaded, wish, context);
  },
  absorb: (loaded, decision, { externalRef }) => {
    absorbEmployees(loaded, decision);
    loaded.byRef.set(externalKey(externalRef), decision.id);
  },
};

function endOf({ terminatedOn, status }: Upsert, row: EmployeeRow | undefined): { employeeId: string; lastDay: CalendarDate }[] {
  const lastDay = terminatedOn ?? row?.terminatedOn;
  if (!row || !lastDay || (lastDay === row.terminatedOn && (!status || status === row.status))) return [];
  return [{ employeeId: row.id, lastDay }];
}

function hire(item: Upsert, context: DecisionContext): Employment {
  if (!item.hiredOn) throw new Refused('VALIDATION_FAILED', 'A new employee needs hiredOn.', { field: 'hiredOn' });
  return hired({ name: item.name, hiredOn: item.hiredOn, personId: item.personId }, context);
}

type Progress = { wanted: Employment; steps: readonly EmployeeStep[]; cutAfter?: CalendarDate | undefined };

/** The employment with the item's fields and in the item's state. */
function progressTo(start: Employment, item: Upsert, context: DecisionContext): Progress {
  const path = pathTo(employeeMachine, start.status, item.status ?? start.status);
  if (!path) throw new Refused('INVALID_TRANSITION', `An employee does not go from ${start.status} to ${item.status}.`, { field: 'status' });
  // At a rehire hiredOn is the new first day, which the action itself sets.
  const fields = path[0] === 'rehire' ? { ...item, hiredOn: undefined } : item;
  let progress: Progress = { wanted: { ...start, ...columnsOf(fields) }, steps: [] };
  for (const action of path) {
    const firstDay = action === 'rehire' ? { firstDay: demandDay('hiredOn', item.hiredOn) } : {};
    const lastDay = action === 'terminate' ? { lastDay: demandDay('terminatedOn', item.terminatedOn ?? start.terminatedOn) } : {};
    progress = movedOn(progress, { action, ...firstDay, ...lastDay }, context);
  }
  return withLastDay(progress, item.terminatedOn, context);
}

function movedOn({ wanted, steps }: Progress, move: Move, context: DecisionContext): Progress {
  const { by, ...after } = moved(wanted, move, context);
  return { ...after, steps: [...steps, by] };
}

function withLastDay(progress: Progress, lastDay: CalendarDate | null | undefined, context: DecisionContext): Progress {
  const { wanted } = progress;
  if (lastDay === undefined || lastDay === wanted.terminatedOn) return progress;
  if (lastDay === null) {
    if (wanted.status === 'TERMINATED') throw new Refused('VALIDATION_FAILED', 'A terminated employee has a last day.', { field: 'terminatedOn' });
    return { ...progress, wanted: { ...wanted, terminatedOn: null } };
  }
  if (wanted.status === 'ACTIVE' || wanted.status === 'ON_LEAVE') return movedOn(progress, { action: 'scheduleTermination', lastDay }, context);
  if (lastDay < wanted.hiredOn)
    throw new Refused('VALIDATION_FAILED', `The last day ${lastDay} is before the first day ${wanted.hiredOn}.`, { field: 'terminatedOn' });
  return { ...progress, wanted: { ...wanted, terminatedOn: lastDay }, cutAfter: lastDay };
}

function demandDay(field: string, day: CalendarDate | null | undefined): CalendarDate {
  if (!day) throw new Refused('VALIDATION_FAILED', `${field} is needed to reach that state.`, { field });
  return day;
}

/** A hire stands first; a mere update is not worth saying beside something decisive. */
function stated(isNew: boolean, steps: readonly EmployeeStep[]): readonly EmployeeFact[] {
  const emitted = steps.flatMap(({ emits }) => emits).filter((fact) => fact !== 'EmployeeUpdated');
  const decisive = new Set<EmployeeFact>([...(isNew ? (['EmployeeHired'] as const) : []), ...emitted]);
  return decisive.size > 0 ? [...decisive] : ['EmployeeUpdated'];
}

/** Whom the employee reports to, which may be somebody whom the same call made. */
function managerOf(loaded: LoadedUpsert, { externalRef, managerRef }: Upsert, { id, managerId }: Employment): string | null {
  if (!managerRef) return managerId;
  const [own, wanted] = [externalKey(externalRef), externalKey(managerRef)];
  const found = own === wanted ? id : loaded.byRef.get(wanted);
  if (!found) throw loaded.hierarchy.closing.has(own) ? circle() : notFound('Employee', `${managerRef.system} ${managerRef.externalId}`, 'managerRef');
  checkChain(loaded, id, found);
  return found;
}
