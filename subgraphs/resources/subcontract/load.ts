import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { absorbRows, type Decision, rowsIn } from '#kernel/draft.ts';
import { type ExternalRefInput, findByExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { among, rowsWhere, wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import type { Referred } from '#kernel/referred.ts';
import { lockRows, rowsById } from '#kernel/rows.ts';
import { and } from '#kernel/sql.ts';
import {
  type EmployeeRow,
  employees,
  externalRefs,
  type LaborCategoryRow,
  laborCategories,
  type SubcontractLineRow,
  type SubcontractorRow,
  type SubcontractRow,
  subcontract,
  subcontractLine,
  subcontractLines,
  subcontractors,
  subcontracts,
} from '../tables.ts';

/** What commands on orders judge by. Subcontractors are locked before them, so that two orders of one are confirmed one after the other. */
export type LoadedSubcontracts = Referred<SubcontractRow> & {
  subcontractors: ReadonlyMap<string, SubcontractorRow>;
  /** By order; those of standing orders among them. */
  lines: Map<string, SubcontractLineRow[]>;
  /** Orders that pay work, CONFIRMED or CLOSED, of the same subcontractors. */
  standing: Map<string, SubcontractRow>;
  projects: ReadonlyMap<string, ProjectReference>;
  employees: ReadonlyMap<string, EmployeeRow>;
  laborCategories: ReadonlyMap<string, LaborCategoryRow>;
};

type Pointing = {
  subcontractorId?: string | null | undefined;
  lines?: readonly PointingLine[] | null | undefined;
};
type PointingLine = { [Name in 'projectId' | 'employeeId' | 'laborCategoryId']?: string | null | undefined };
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; pointing?: readonly Pointing[] };

export async function loadSubcontracts(scope: Scope, { ids = [], refs = [], pointing = [] }: Wanted): Promise<LoadedSubcontracts> {
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: subcontract.name, refs });
  const meant = await rowsById(scope.tx, subcontracts, [...ids, ...byRef.values()]);
  const sellers = [...[...meant.values()].map((row) => row.subcontractorId), ...pointing.flatMap(({ subcontractorId }) => subcontractorId ?? [])];
  const held = await lockRows(scope, subcontractors, sellers);
  const rows = await lockRows(scope, subcontracts, [...meant.keys()]);
  const standing = await standingOf(scope.tx, [...held.keys()]);
  const named = (of: (line: PointingLine) => string | null | undefined) =>
    pointing.flatMap(({ lines }) => (lines ?? []).flatMap((line) => of(line) ?? [])).filter(isId);
  return {
    ...{ rows, byRef, subcontractors: held, standing },
    lines: await linesOf(scope.tx, [...rows.keys(), ...standing.keys()]),
    projects: await references(
      scope.tx,
      engagements.Project,
      named(({ projectId }) => projectId),
    ),
    employees: await rowsById(
      scope.tx,
      employees,
      named(({ employeeId }) => employeeId),
    ),
    laborCategories: await rowsById(
      scope.tx,
      laborCategories,
      named(({ laborCategoryId }) => laborCategoryId),
    ),
  };
}

/** The orders of subcontractors that pay work, by id. */
export async function standingOf(db: Db, subcontractorIds: readonly string[]): Promise<Map<string, SubcontractRow>> {
  if (subcontractorIds.length === 0) return new Map();
  const { subcontractorId, status } = subcontracts;
  const rows = await rowsWhere(db, subcontracts, and(among(subcontractorId, subcontractorIds), wordIn(status, ['CONFIRMED', 'CLOSED'])));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The lines of orders, by order and in the order of their numbers. */
export async function linesOf(db: Db, subcontractIds: readonly string[]): Promise<Map<string, SubcontractLineRow[]>> {
  const wanted = [...new Set(subcontractIds)];
  if (wanted.length === 0) return new Map();
  const rows = await rowsWhere(db, subcontractLines, among(subcontractLines.subcontractId, wanted));
  return Map.groupBy(
    rows.toSorted((a, b) => a.number - b.number),
    (row) => row.subcontractId,
  );
}

/** Lets later items of the call see what this one wrote. */
export function absorbSubcontracts(loaded: LoadedSubcontracts, decision: Decision): void {
  absorbRows(loaded.rows, decision, subcontract);
  const own = new Map((loaded.lines.get(decision.id) ?? []).map((row) => [row.id, row]));
  absorbRows(own, decision, subcontractLine);
  loaded.lines.set(
    decision.id,
    [...own.values()].toSorted((a, b) => a.number - b.number),
  );
  for (const { id, row } of rowsIn(decision, subcontract)) if (row && (row.status === 'CONFIRMED' || row.status === 'CLOSED')) loaded.standing.set(id, row);
}
