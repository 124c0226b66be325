import type { Db } from '#kernel/db.ts';
import { references as documents, referencesWhere } from '#kernel/reference.ts';
import { type EmployeeReference, references } from '#resources/published.ts';
import type { PurchaseLine } from '../billing/subcontract.ts';

/** The lines that pay the work of subcontractors' people, by project, and what the subcontractors are called. */
export type Bought = { subcontractLines(projectId: string): readonly PurchaseLine[]; nameOfSubcontractor(id: string): string };

/** Reads what subcontractors' people are paid by: two statements, and none where nobody is one. */
export async function readBought(db: Db, people: ReadonlyMap<string, EmployeeReference>, projectIds: readonly string[]): Promise<Bought> {
  const sellers = [...new Set([...people.values()].flatMap(({ subcontractorId }) => subcontractorId ?? []))];
  if (sellers.length === 0) return { subcontractLines: () => [], nameOfSubcontractor: (id) => id };
  const found = await referencesWhere(db, references.SubcontractLine, { any: { subcontractorId: sellers, projectId: [...new Set(projectIds)] } });
  const names = await documents(db, references.Subcontractor, sellers);
  const byProject = Map.groupBy(
    [...found].map(([id, line]) => ({ id, ...line })),
    ({ projectId }) => projectId,
  );
  return { subcontractLines: (projectId) => byProject.get(projectId) ?? [], nameOfSubcontractor: (id) => names.get(id)?.name ?? id };
}
