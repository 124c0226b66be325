import { asc, inArray } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { putRows } from '#kernel/rows.ts';
import type { ContractContent } from '../references.ts';
import { type ContractLineRow, type ContractRateRow, contractLines, contractRates, milestones } from '../tables.ts';
import type { ContentChange } from './content.ts';

const rateOrder = [contractRates.contractId, contractRates.lineId, contractRates.employeeId, contractRates.laborCategoryId, contractRates.effectiveFrom].map(
  (column) => asc(column),
);

export const noContent: ContractContent = { lines: [], rates: [] };

/** The lines of contracts in their order, by contract. */
export async function linesOf(db: Db, contractIds: readonly string[]): Promise<Map<string, ContractLineRow[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractLines)
    .where(inArray(contractLines.contractId, [...contractIds]))
    .orderBy(asc(contractLines.contractId), asc(contractLines.place));
  return Map.groupBy(rows, (line) => line.contractId);
}

/** The rates of contracts in the order of the rate search (lines, employees, labor categories; null sorts last), by contract. */
export async function ratesOf(db: Db, contractIds: readonly string[]): Promise<Map<string, ContractRateRow[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(contractRates)
    .where(inArray(contractRates.contractId, [...contractIds]))
    .orderBy(...rateOrder);
  return Map.groupBy(rows, (rate) => rate.contractId);
}

/** Lines and rates of contracts, in two statements. */
export async function contentOf(db: Db, contractIds: readonly string[]): Promise<Map<string, ContractContent>> {
  const lines = await linesOf(db, contractIds);
  const rates = await ratesOf(db, contractIds);
  return new Map(contractIds.map((id) => [id, { lines: lines.get(id) ?? [], rates: rates.get(id) ?? [] }]));
}

/** The contract lines that milestones are billed by. */
export async function linesWithMilestones(db: Db, contractIds: readonly string[]): Promise<Set<string>> {
  if (contractIds.length === 0) return new Set();
  const rows = await db
    .select({ lineId: milestones.contractLineId })
    .from(milestones)
    .where(inArray(milestones.contractId, [...contractIds]));
  return new Set(rows.flatMap(({ lineId }) => (lineId ? [lineId] : [])));
}

/** Writes the changes of many contracts: rates go before the lines that they hang on, and come after them. */
export async function writeContent(scope: Scope, changes: readonly ContentChange[]): Promise<void> {
  const gone = { lines: changes.flatMap((change) => change.gone.lines), rates: changes.flatMap((change) => change.gone.rates) };
  if (gone.rates.length > 0) await scope.tx.delete(contractRates).where(inArray(contractRates.id, gone.rates));
  if (gone.lines.length > 0) await scope.tx.delete(contractLines).where(inArray(contractLines.id, gone.lines));
  await putRows(
    scope,
    contractLines,
    changes.flatMap((change) => change.put.lines),
  );
  await putRows(
    scope,
    contractRates,
    changes.flatMap((change) => change.put.rates),
  );
}
