import type { Draft } from '#kernel/draft.ts';
import { type EmployeeReference, type FactName, facts } from '../published.ts';
import type { EmployeeRow } from '../tables.ts';
import type { LaborCategoryStart } from './laborCategories.ts';

export type EmployeeFact = Extract<FactName, `Employee${string}`>;

/** States facts about an employee as it now is. */
export function stateEmployee(draft: Draft, emits: readonly EmployeeFact[], row: EmployeeRow): void {
  const payload = snapshotOf(row);
  for (const fact of emits) draft.state(facts[fact], { subject: row, keys: { employeeId: row.id, legalEntityId: row.legalEntityId }, payload });
}

/** What the siblings may know of an employee. */
export function referenceOf(row: EmployeeRow, held: readonly LaborCategoryStart[]): EmployeeReference {
  const { name, status, legalEntityId, costCenterId, managerId, subcontractorId, hiredOn, terminatedOn } = row;
  const starts = held.map(({ laborCategoryId, effectiveFrom }) => ({ laborCategoryId, effectiveFrom }));
  const employed = { name, status, legalEntityId, costCenterId, managerId, subcontractorId, hiredOn, terminatedOn };
  return { ...employed, weeklySeconds: row.weeklySeconds.toString(), laborCategories: starts };
}

function snapshotOf({ id, name, status, hiredOn, terminatedOn }: EmployeeRow) {
  return { employeeId: id, name, status, hiredOn, terminatedOn };
}
