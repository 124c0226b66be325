import type { Db } from '#kernel/db.ts';
import { wordIn } from '#kernel/read.ts';
import { and, asc, eq, inArray } from '#kernel/sql.ts';
import type { AgreedVersion, ContractContent } from '../references.ts';
import {
  type AmendmentRow,
  amendments,
  type ContractLineRow,
  type ContractRateRow,
  type ContractVersionRow,
  contractLines,
  contractLineTerms,
  contractRates,
  contractVersions,
  milestones,
  type NamedLine,
} from '../tables.ts';

const rateOrder = [
  contractRates.contractVersionId,
  contractRates.lineId,
  contractRates.employeeId,
  contractRates.laborCategoryId,
  contractRates.effectiveFrom,
].map((column) => asc(column));

export const noContent: ContractContent = { lines: [], rates: [] };

/** The versions of contracts in the order of their numbers, by contract. */
export async function versionRowsOf(db: Db, contractIds: readonly string[]): Promise<Map<string, ContractVersionRow[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractVersions)
    .where(inArray(contractVersions.contractId, [...contractIds]))
    .orderBy(asc(contractVersions.contractId), asc(contractVersions.number));
  return Map.groupBy(rows, (version) => version.contractId);
}

/** The lines of versions in their order, by version. */
export async function linesOf(db: Db, versionIds: readonly string[]): Promise<Map<string, ContractLineRow[]>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db
    .select({ terms: contractLineTerms, name: contractLines.name })
    .from(contractLineTerms)
    .innerJoin(contractLines, eq(contractLines.id, contractLineTerms.lineId))
    .where(inArray(contractLineTerms.contractVersionId, [...versionIds]))
    .orderBy(asc(contractLineTerms.contractVersionId), asc(contractLineTerms.place));
  return Map.groupBy(rows.map(lineRow), (line) => line.contractVersionId);
}

/** The row of a line's terms with the line's own name and id. */
export function lineRow({ terms: { id: termsId, lineId, ...terms }, name }: { terms: typeof contractLineTerms.$inferSelect; name: string }): ContractLineRow {
  return { ...terms, id: lineId, termsId, name };
}

/** The rates of versions in the order of the rate search (lines, employees, labor categories; null sorts last), by version. */
export async function ratesOf(db: Db, versionIds: readonly string[]): Promise<Map<string, ContractRateRow[]>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractRates)
    .where(inArray(contractRates.contractVersionId, [...versionIds]))
    .orderBy(...rateOrder);
  return Map.groupBy(rows, (rate) => rate.contractVersionId);
}

/** All versions of contracts with their lines and rates, in three statements. */
export async function versionsOf(db: Db, contractIds: readonly string[]): Promise<Map<string, AgreedVersion[]>> {
  const rows = await versionRowsOf(db, contractIds);
  const ids = [...rows.values()].flat().map((version) => version.id);
  const lines = await linesOf(db, ids);
  const rates = await ratesOf(db, ids);
  const whole = (row: ContractVersionRow): AgreedVersion => ({ row, content: { lines: lines.get(row.id) ?? [], rates: rates.get(row.id) ?? [] } });
  return new Map([...rows].map(([contractId, versions]) => [contractId, versions.map(whole)]));
}

/** The lines that contracts have or had, by contract. */
export async function namedLinesOf(db: Db, contractIds: readonly string[]): Promise<Map<string, NamedLine[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractLines)
    .where(inArray(contractLines.contractId, [...contractIds]));
  return Map.groupBy(rows, (line) => line.contractId);
}

/** Amendments that may still be applied, by contract. */
export async function openAmendmentsOf(db: Db, contractIds: readonly string[]): Promise<Map<string, AmendmentRow[]>> {
  if (contractIds.length === 0) return new Map();
  const open = wordIn(amendments.status, ['DRAFT', 'SUBMITTED', 'ACCEPTED']);
  const rows = await db
    .select()
    .from(amendments)
    .where(and(inArray(amendments.contractId, [...contractIds]), open))
    .orderBy(asc(amendments.id));
  return Map.groupBy(rows, (row) => row.contractId);
}

/** The contract lines that milestones are billed by; true for those that a milestone is still to be billed by. */
export async function linesWithMilestones(db: Db, contractIds: readonly string[]): Promise<Map<string, boolean>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select({ lineId: milestones.contractLineId, status: milestones.status })
    .from(milestones)
    .where(inArray(milestones.contractId, [...contractIds]));
  const found = new Map<string, boolean>();
  for (const { lineId, status } of rows) if (lineId) found.set(lineId, found.get(lineId) || status === 'PLANNED' || status === 'REACHED');
  return found;
}
