import { references as finance } from '#finance/published.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { AnyDocument } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { lockRows, notFound, rowsById, shareRows } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { absorbCut, type LoadedCuts, loadCuts } from '../assignment/cut.ts';
import {
  assignment,
  type EmployeeLaborCategoryRow,
  type EmployeeRow,
  employee,
  employeeLaborCategory,
  employees,
  externalRefs,
  type LaborCategoryRow,
  laborCategories,
  type PersonRow,
  person,
  persons,
  type SubcontractorRow,
  subcontractors,
} from '../tables.ts';
import { type LaborCategoryStart, laborCategoriesOf } from './laborCategories.ts';
import { absorbParts, type HeldParts, loadParts } from './parts.ts';

/** The ids that an input points to. */
export type Pointers = {
  personId?: string | null | undefined;
  managerId?: string | null | undefined;
  legalEntityId?: string | null | undefined;
  costCenterId?: string | null | undefined;
  subcontractorId?: string | null | undefined;
  laborCategories?: readonly LaborCategoryStart[] | null | undefined;
};

/** What commands on employees judge by. */
export type LoadedEmployees = {
  /** Locked rows by id. */
  rows: Map<string, EmployeeRow>;
  byRef: Map<string, string>;
  held: Map<string, EmployeeLaborCategoryRow[]>;
  parts: HeldParts;
  persons: Map<string, PersonRow>;
  /** Whom employees report to, from those pointed to up to the top. */
  managers: Map<string, string | null>;
  legalEntities: ReadonlySet<string>;
  costCenters: ReadonlySet<string>;
  subcontractors: ReadonlyMap<string, SubcontractorRow>;
  laborCategories: ReadonlyMap<string, LaborCategoryRow>;
  cuts: LoadedCuts;
};

type Wanted = {
  ids?: readonly string[];
  refs?: readonly ExternalRefInput[];
  /** Employees who are pointed to, not written. */
  managerRefs?: readonly ExternalRefInput[];
  pointers?: (byRef: ReadonlyMap<string, string>) => readonly Pointers[];
  /** Persons are to be renamed, and so locked. */
  renames?: boolean;
  /** The last days that employments are to have. */
  ends?: (rows: ReadonlyMap<string, EmployeeRow>, byRef: ReadonlyMap<string, string>) => readonly { employeeId: string; lastDay: CalendarDate }[];
};

/** Locks employees, then persons, then assignments, each in the order of ids; looks up what is pointed to, in one statement per kind. */
export async function loadEmployees(scope: Scope, wanted: Wanted): Promise<LoadedEmployees> {
  const { ids = [], refs = [], managerRefs = [], pointers = () => [], renames = false, ends = () => [] } = wanted;
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: employee.name, refs: [...refs, ...managerRefs] });
  const rows = await lockRows(scope, employees, [...ids, ...refs.flatMap((ref) => byRef.get(externalKey(ref)) ?? [])]);
  const held = await laborCategoriesOf(scope.tx, [...rows.keys()]);
  const given = pointers(byRef);
  const named: Named = (of) => [...new Set(given.flatMap(of).filter(isId))];
  const personIds = [...named((each) => [each.personId]), ...(renames ? [...rows.values()].map(({ personId }) => personId) : [])];
  return {
    rows,
    byRef,
    held,
    parts: await loadParts(scope.tx, [...rows.keys()]),
    persons: renames ? await lockRows(scope, persons, personIds) : await rowsById(scope.tx, persons, personIds),
    ...(await lookUp(scope, named)),
    cuts: await loadCuts(scope, ends(rows, byRef)),
  };
}

type Named = (of: (each: Pointers) => readonly (string | null | undefined)[]) => string[];

type LookedUp = Pick<LoadedEmployees, 'managers' | 'legalEntities' | 'costCenters' | 'subcontractors' | 'laborCategories'>;

async function lookUp(scope: Scope, named: Named): Promise<LookedUp> {
  const known = async (document: AnyDocument, ids: readonly string[]) => new Set((await references(scope.tx, document, ids)).keys());
  return {
    managers: await chains(
      scope,
      named((each) => [each.managerId]),
    ),
    legalEntities: await known(
      finance.LegalEntity,
      named((each) => [each.legalEntityId]),
    ),
    costCenters: await known(
      finance.CostCenter,
      named((each) => [each.costCenterId]),
    ),
    subcontractors: await rowsById(
      scope.tx,
      subcontractors,
      named((each) => [each.subcontractorId]),
    ),
    // Shared: none goes out of use while somebody gets it.
    laborCategories: await shareRows(
      scope,
      laborCategories,
      named((each) => (each.laborCategories ?? []).map((start) => start.laborCategoryId)),
    ),
  };
}

/** Employees and all above them, each with its manager. */
async function chains(scope: Scope, employeeIds: readonly string[]): Promise<Map<string, string | null>> {
  if (employeeIds.length === 0) return new Map();
  const rows = await scope.tx.execute(sql`
    with recursive up as (
      select id, manager_id from resources.employee where id = any(${sql.param([...employeeIds])}::uuid[])
      union select above.id, above.manager_id from resources.employee above join up on above.id = up.manager_id)
    select id, manager_id from up`);
  return new Map(rows.map((row) => [String(row.id), row.manager_id === null ? null : String(row.manager_id)]));
}

/** Lets later items of the call see what this one made or changed. */
export function absorbEmployees(loaded: LoadedEmployees, decision: Decision): void {
  absorbRows(loaded.rows, decision, employee);
  absorbRows(loaded.persons, decision, person);
  for (const { row } of rowsIn(decision, employee)) if (row) loaded.managers.set(row.id, row.managerId);
  const held = new Map((loaded.held.get(decision.id) ?? []).map((row) => [row.id, row]));
  absorbRows(held, decision, employeeLaborCategory);
  loaded.held.set(
    decision.id,
    [...held.values()].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)),
  );
  absorbParts(loaded.parts, decision);
  absorbCut(
    loaded.cuts,
    rowsIn(decision, assignment).flatMap(({ row }) => row ?? []),
  );
}

/** Refuses what points to nothing, and a labor category out of use that the employee does not have already. */
export function checkPointers(
  loaded: LoadedEmployees,
  { personId, managerId, legalEntityId, costCenterId, subcontractorId, laborCategories: starts }: Pointers,
  held: readonly LaborCategoryStart[] = [],
): void {
  if (personId && !loaded.persons.has(personId)) throw notFound('Person', personId, 'personId');
  if (managerId && !loaded.managers.has(managerId)) throw notFound('Employee', managerId, 'managerId');
  if (legalEntityId && !loaded.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  if (costCenterId && !loaded.costCenters.has(costCenterId)) throw notFound('CostCenter', costCenterId, 'costCenterId');
  if (subcontractorId && !loaded.subcontractors.has(subcontractorId)) throw notFound('Subcontractor', subcontractorId, 'subcontractorId');
  for (const { laborCategoryId } of starts ?? []) {
    const category = loaded.laborCategories.get(laborCategoryId);
    if (!category) throw notFound('LaborCategory', laborCategoryId, 'laborCategories.laborCategoryId');
    if (!category.active && !held.some((start) => start.laborCategoryId === laborCategoryId)) {
      throw new Refused('VALIDATION_FAILED', `The labor category ${category.code} is out of use.`, { field: 'laborCategories.laborCategoryId' });
    }
  }
}

/** Refuses a manager who reports, over however many steps, to the employee. */
export function checkChain({ managers }: LoadedEmployees, employeeId: string, managerId: string | null): void {
  const seen = new Set<string>();
  for (let above: string | null | undefined = managerId; above && !seen.has(above); above = managers.get(above)) {
    if (above === employeeId) throw circle();
    seen.add(above);
  }
}

export function circle(): Refused {
  return new Refused('GUARD_REFUSED', 'An employee cannot report to itself or to somebody below.', { field: 'managerId', guard: 'managersAcyclic' });
}
