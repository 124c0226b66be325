import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { linkExternalRefs } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRows, lockRows, saveEach } from '#kernel/rows.ts';
import { cutAssignments } from '../assignment/cut.ts';
import { type EmployeeReference, facts, references } from '../published.ts';
import { type EmployeeRow, employees, externalRefs, persons } from '../tables.ts';
import type { EmployeeDraft } from './draft.ts';
import { laborCategoriesOf, replaceLaborCategories } from './laborCategories.ts';

/** Writes drafts of new and of locked employees with all that hangs on them, a few statements for all. */
export async function saveEmployees(scope: Scope, drafts: readonly EmployeeDraft[]): Promise<EmployeeRow[]> {
  if (drafts.length === 0) return [];
  await savePersons(scope, drafts);
  await insertRows(
    scope,
    employees,
    drafts.filter((draft) => draft.isNew).map(({ row }) => row),
  );
  await saveEach(
    scope,
    employees,
    drafts.filter((draft) => !draft.isNew).map(({ row }) => row),
  );
  await linkExternalRefs(scope, externalRefs, { entityType: 'Employee', links: drafts.map(({ row, refs }) => ({ entityId: row.id, refs })) });
  await replaceLaborCategories(
    scope,
    drafts.flatMap(({ row, starts }) => (starts ? [{ employeeId: row.id, starts }] : [])),
  );
  await cutAssignments(
    scope,
    drafts.flatMap(({ row, cutAfter }) => (cutAfter ? [{ employeeId: row.id, lastDay: cutAfter, over: row.status === 'TERMINATED' }] : [])),
  );
  const saved = drafts.map(({ row, isNew }) => (isNew ? row : { ...row, version: row.version + 1, updatedAt: scope.now }));
  await tell(scope, saved, drafts);
  return saved;
}

async function savePersons(scope: Scope, drafts: readonly EmployeeDraft[]): Promise<void> {
  const fresh = drafts.filter((draft) => draft.newPerson).map(({ row, legalName }) => ({ id: row.personId, legalName: legalName ?? row.name }));
  await insertRows(scope, persons, fresh);
  const names = new Map(drafts.flatMap(({ row, newPerson, legalName }) => (legalName && !newPerson ? [[row.personId, legalName]] : [])));
  const known = [...(await lockRows(scope, persons, [...names.keys()])).values()];
  const renamed = known.map((person) => ({ ...person, legalName: names.get(person.id) ?? person.legalName }));
  await saveEach(
    scope,
    persons,
    renamed.filter((person, index) => person.legalName !== known[index]?.legalName),
  );
}

/** Lets the siblings know and states the facts, in the command's transaction. */
async function tell(scope: Scope, rows: readonly EmployeeRow[], drafts: readonly EmployeeDraft[]): Promise<void> {
  const held = await laborCategoriesOf(
    scope.tx,
    rows.map(({ id }) => id),
  );
  await publish(
    scope,
    rows.map((row) => published(references.Employee, { id: row.id, version: row.version, data: referenceOf(row, held.get(row.id) ?? []) })),
  );
  for (const type of ['EmployeeHired', 'EmployeeUpdated', 'EmployeeTerminated'] as const) {
    const stated = rows.filter((_, index) => drafts[index]?.facts.includes(type));
    await record(
      scope,
      facts[type],
      stated.map((row) => ({ subject: row, keys: { employeeId: row.id, legalEntityId: row.legalEntityId }, payload: snapshotOf(row) })),
    );
  }
}

/** What the siblings may know of an employee. */
export function referenceOf(row: EmployeeRow, held: readonly { laborCategoryId: string; effectiveFrom: string }[]): EmployeeReference {
  const { name, status, legalEntityId, costCenterId, hiredOn, terminatedOn } = row;
  const starts = held.map(({ laborCategoryId, effectiveFrom }) => ({ laborCategoryId, effectiveFrom }));
  return { name, status, legalEntityId, costCenterId, weeklySeconds: row.weeklySeconds.toString(), laborCategories: starts, hiredOn, terminatedOn };
}

function snapshotOf({ id, name, status, hiredOn, terminatedOn }: EmployeeRow) {
  return { employeeId: id, name, status, hiredOn, terminatedOn };
}

/** The one row that a single command saved. */
export function only(rows: readonly EmployeeRow[]): EmployeeRow {
  const [row] = rows;
  if (!row) throw new Refused('NOT_FOUND', 'Nothing was saved.');
  return row;
}
