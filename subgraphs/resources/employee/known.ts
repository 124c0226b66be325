import { sql } from 'drizzle-orm';
import { references as finance } from '#finance/published.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { type LaborCategoryRow, laborCategories, persons } from '../tables.ts';
import type { LaborCategoryStart } from './laborCategories.ts';

/** The ids that an input points to. */
export type Pointers = {
  personId?: string | null | undefined;
  managerId?: string | null | undefined;
  legalEntityId?: string | null | undefined;
  costCenterId?: string | null | undefined;
  laborCategories?: readonly LaborCategoryStart[] | null | undefined;
};

/** What exists of the things pointed to; of managers the whole chain upwards. */
export type Known = {
  persons: ReadonlySet<string>;
  managers: Map<string, string | null>;
  legalEntities: ReadonlySet<string>;
  costCenters: ReadonlySet<string>;
  laborCategories: ReadonlyMap<string, LaborCategoryRow>;
};

/** Looks up what many inputs point to, in one statement per kind. */
export async function lookUp(scope: Scope, pointers: readonly Pointers[]): Promise<Known> {
  const ids = (of: (each: Pointers) => readonly (string | null | undefined)[]) => [...new Set(pointers.flatMap(of).filter(isId))];
  return {
    persons: new Set(
      (
        await rowsById(
          scope.tx,
          persons,
          ids((each) => [each.personId]),
        )
      ).keys(),
    ),
    managers: await chains(
      scope,
      ids((each) => [each.managerId]),
    ),
    legalEntities: new Set(
      (
        await references(
          scope.tx,
          finance.LegalEntity,
          ids((each) => [each.legalEntityId]),
        )
      ).keys(),
    ),
    costCenters: new Set(
      (
        await references(
          scope.tx,
          finance.CostCenter,
          ids((each) => [each.costCenterId]),
        )
      ).keys(),
    ),
    laborCategories: await rowsById(
      scope.tx,
      laborCategories,
      ids((each) => (each.laborCategories ?? []).map((start) => start.laborCategoryId)),
    ),
  };
}

/** Refuses what points to nothing, and a labor category out of use that the employee does not have already. */
export function checkPointers(
  known: Known,
  { personId, managerId, legalEntityId, costCenterId, ...rest }: Pointers,
  held: readonly LaborCategoryStart[] = [],
): void {
  if (personId && !known.persons.has(personId)) throw notFound('Person', personId, 'personId');
  if (managerId && !known.managers.has(managerId)) throw notFound('Employee', managerId, 'managerId');
  if (legalEntityId && !known.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  if (costCenterId && !known.costCenters.has(costCenterId)) throw notFound('CostCenter', costCenterId, 'costCenterId');
  for (const { laborCategoryId } of rest.laborCategories ?? []) {
    const category = known.laborCategories.get(laborCategoryId);
    if (!category) throw notFound('LaborCategory', laborCategoryId, 'laborCategories');
    if (!category.active && !held.some((start) => start.laborCategoryId === laborCategoryId)) {
      throw new Refused('VALIDATION_FAILED', `The labor category ${category.code} is out of use.`, { field: 'laborCategories' });
    }
  }
}

/** Refuses a manager who reports, over however many steps, to the employee. Notes the new edge for the next one. */
export function checkChain(known: Known, employeeId: string, managerId: string | null): void {
  const seen = new Set<string>();
  for (let above: string | null | undefined = managerId; above && !seen.has(above); above = known.managers.get(above)) {
    if (above === employeeId)
      throw new Refused('GUARD_REFUSED', 'An employee cannot report to itself or to somebody below.', { field: 'managerId', guard: 'managersAcyclic' });
    seen.add(above);
  }
  known.managers.set(employeeId, managerId);
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
