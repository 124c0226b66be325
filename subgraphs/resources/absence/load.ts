import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, type DecisionContext, type Effect, openDraft, rowsIn } from '#kernel/draft.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { nextVersions, published } from '#kernel/reference.ts';
import { loadReferred, type Referred } from '#kernel/referred.ts';
import { rowsById } from '#kernel/rows.ts';
import { type EmployeeAbsencesReference, references } from '../published.ts';
import { type AbsenceRow, absence, absences, type EmployeeRow, employees, externalRefs } from '../tables.ts';

/** What commands on time off judge by, and what they publish: all of an employee's, under a lock of its own. */
export type LoadedAbsences = Referred<AbsenceRow> & {
  employees: ReadonlyMap<string, EmployeeRow>;
  /** Time off of these employees, by id. */
  all: Map<string, AbsenceRow>;
  /** The next version of what is published, by employee. */
  versions: ReadonlyMap<string, number>;
  touched: Set<string>;
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; employeeIds?: readonly string[] };

export async function loadAbsences(scope: Scope, { ids = [], refs = [], employeeIds = [] }: Wanted): Promise<LoadedAbsences> {
  const found = await loadReferred(scope, absence, { refs: externalRefs, given: refs, ids });
  const people = await rowsById(scope.tx, employees, [...employeeIds, ...[...found.rows.values()].map(({ employeeId }) => employeeId)]);
  const versions = await nextVersions(scope, references.EmployeeAbsences, [...people.keys()]);
  // Read under that lock: whoever was faster has committed.
  const rows = people.size === 0 ? [] : await rowsWhere(scope.tx, absences, among(absences.employeeId, [...people.keys()]));
  return { ...found, employees: people, all: new Map(rows.map((row) => [row.id, row])), versions, touched: new Set() };
}

/** Lets later items of the call see what this one wrote. */
export function absorbAbsences({ rows, all, touched }: LoadedAbsences, decision: Decision): void {
  absorbRows(rows, decision, absence);
  absorbRows(all, decision, absence);
  for (const { row } of rowsIn(decision, absence)) if (row) touched.add(row.employeeId);
}

/** The time off of employees as it stands now, for the siblings. */
export function publishAbsences({ all, versions, touched }: LoadedAbsences, context: DecisionContext): readonly Effect[] {
  const draft = openDraft(context);
  const own = Map.groupBy(all.values(), ({ employeeId }) => employeeId);
  for (const [id, version] of versions) {
    // The first version is there already, empty: the lock made it.
    if (touched.has(id) || version === 1) draft.publish(published(references.EmployeeAbsences, { id, version, data: referenceOf(own.get(id) ?? []) }));
  }
  return draft.done('').effects;
}

/** What the siblings may know of somebody's time off. */
export function referenceOf(rows: readonly AbsenceRow[]): EmployeeAbsencesReference {
  const standing = rows.filter(({ status }) => status === 'APPROVED').toSorted((a, b) => (a.startDate < b.startDate ? -1 : 1));
  return { absences: standing.map(({ startDate, endDate, dailySeconds }) => ({ startDate, endDate, dailySeconds: dailySeconds?.toString() ?? null })) };
}
