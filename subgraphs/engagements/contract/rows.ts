import { asc, eq, inArray } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { insertRows, putRows } from '#kernel/rows.ts';
import type { AgreedVersion, ContractContent } from '../references.ts';
import {
  type ContractLineRow,
  type ContractRateRow,
  type ContractVersionRow,
  contractLines,
  contractLineTerms,
  contractRates,
  contractVersions,
  milestones,
} from '../tables.ts';
import type { ContentChange, LineIds } from './content.ts';

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

/** What was agreed last, or the draft. */
export async function newestVersionOf(db: Db, contractId: string): Promise<AgreedVersion | undefined> {
  return (await versionsOf(db, [contractId])).get(contractId)?.at(-1);
}

/** The ids of the lines that contracts have or had, by contract and name. */
export async function lineIdsOf(db: Db, contractIds: readonly string[]): Promise<Map<string, LineIds>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractLines)
    .where(inArray(contractLines.contractId, [...contractIds]));
  const byContract = Map.groupBy(rows, (line) => line.contractId);
  return new Map([...byContract].map(([contractId, lines]) => [contractId, new Map(lines.map(({ name, id }) => [name, id]))]));
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

/** What a command writes of one contract's versions: an older one before the one that cuts it short. */
export type VersionChange = { versions: readonly ContractVersionRow[]; content: ContentChange | undefined; lineIds: LineIds };

/** Writes the changes of many contracts: rates go before the lines that they hang on, and come after them. */
export async function writeVersions(scope: Scope, changes: readonly VersionChange[]): Promise<void> {
  const content = changes.flatMap((change) => change.content ?? []);
  const gone = { lines: content.flatMap((change) => change.gone.lines), rates: content.flatMap((change) => change.gone.rates) };
  if (gone.rates.length > 0) await scope.tx.delete(contractRates).where(inArray(contractRates.id, gone.rates));
  if (gone.lines.length > 0) {
    await scope.tx.delete(contractLineTerms).where(inArray(contractLineTerms.lineId, gone.lines));
    await scope.tx.delete(contractLines).where(inArray(contractLines.id, gone.lines));
  }
  await putRows(
    scope,
    contractVersions,
    changes.flatMap((change) => change.versions),
  );
  const fresh = changes.flatMap(({ content: change, lineIds }) => (change?.put.lines ?? []).filter((line) => lineIds.get(line.name) === undefined));
  await insertRows(
    scope,
    contractLines,
    fresh.map(({ id, contractId, customerId, name }) => ({ id, contractId, customerId, name })),
  );
  await putRows(
    scope,
    contractLineTerms,
    content.flatMap((change) => change.put.lines.map(({ id: lineId, termsId: id, name: _, ...terms }) => ({ ...terms, id, lineId }))),
  );
  await putRows(
    scope,
    contractRates,
    content.flatMap((change) => change.put.rates),
  );
}
