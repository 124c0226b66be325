import { type ContractReference, references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { AddInvoiceLineInput } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { and, eq, inArray, sql } from '#kernel/sql.ts';
import { holdLimits, type LimitJudge } from '../actual/limits.ts';
import { lineOn } from '../billing/price.ts';
import { type InvoiceLineRow, type InvoiceRow, invoiceLines, invoices } from '../tables.ts';
import { type LoadedInvoices, linesOf, loadInvoices } from './load.ts';

/** Invoices with the terms by which lines may be added to them. */
export type Adjusting = LoadedInvoices & {
  lines: ReadonlyMap<string, InvoiceLineRow[]>;
  contracts: ReadonlyMap<string, ContractReference>;
  projects: ReadonlyMap<string, ProjectReference>;
  limits: LimitJudge;
  /** What lines that were added before ask for, less what was credited of it, by line of the contract. */
  added: ReadonlyMap<string, bigint>;
};

const accounts = ['REVENUE', 'CONTRACT_LIABILITY', 'OTHER'] as const;
/** Categories that may stand beside others on one invoice, and need nothing of the parties. */
const categories = ['STANDARD', 'ZERO_RATED', 'EXEMPT'] as const;

export async function loadAdjusting(scope: Scope, items: readonly AddInvoiceLineInput[]): Promise<Adjusting> {
  const loaded = await loadInvoices(scope, items);
  const rows = [...loaded.invoices.values()];
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    rows.map((row) => row.contractId),
  );
  const projectIds = items.flatMap(({ projectId }) => (projectId && isId(projectId) ? [projectId] : []));
  const terms = items.map((item) => {
    const row = loaded.invoices.get(item.id);
    return (row && item.contractLineId && lineOn(contracts.get(row.contractId), item.contractLineId, item.suppliedOn ?? row.invoiceDate)) || null;
  });
  return {
    ...loaded,
    contracts,
    lines: await linesOf(scope.tx, [...loaded.invoices.keys()]),
    projects: await references(scope.tx, engagements.Project, projectIds),
    limits: await holdLimits(scope, terms),
    added: await addedOn(
      scope,
      terms.flatMap((line) => (line?.notToExceedMinor ? [line.id] : [])),
    ),
  };
}

async function addedOn({ tx }: Scope, contractLineIds: readonly string[]): Promise<Map<string, bigint>> {
  if (contractLineIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: invoiceLines.contractLineId, minor: sql<string>`sum(${invoiceLines.amountMinor})` })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .where(and(inArray(invoiceLines.contractLineId, [...contractLineIds]), eq(invoiceLines.kind, 'CORRECTION'), sql`${invoices.status} <> 'CANCELLED'`))
    .groupBy(invoiceLines.contractLineId);
  return new Map(rows.map(({ id, minor }) => [id ?? '', BigInt(minor)]));
}

type Adding = { before: InvoiceRow; minor: bigint; day: CalendarDate };

/** Pure: where an added line belongs and how it is taxed; refuses what the contract knows nothing of, and what goes beyond its limit. */
export function judgeAdded(loaded: Adjusting, input: AddInvoiceLineInput, { before, minor, day }: Adding) {
  const { projectId = null, contractLineId = null } = input;
  const account = accounts.find((each) => each === (input.account ?? 'REVENUE'));
  if (!account) throw new Refused('VALIDATION_FAILED', `An invoice is credited to ${accounts.join(', ')}.`, { field: 'account' });
  const taxCategory = categories.find((each) => each === (input.taxCategory ?? 'STANDARD'));
  if (!taxCategory)
    throw new Refused('VALIDATION_FAILED', `A line of its own is ${categories.join(', ')}; the others hold for whole invoices, by the tax profile.`, {
      field: 'taxCategory',
    });
  if (projectId && loaded.projects.get(projectId)?.contractId !== before.contractId) throw notFound('Project', projectId, 'projectId');
  demandLimit(loaded, { contractLineId, before, minor, day });
  return { account, projectId, contractLineId, taxCategory: taxCategory === 'STANDARD' ? null : taxCategory };
}

function demandLimit({ contracts, limits, added }: Adjusting, { contractLineId, before, minor, day }: Adding & { contractLineId: string | null }): void {
  if (!contractLineId) return;
  const line = lineOn(contracts.get(before.contractId), contractLineId, day);
  if (!line) throw notFound('ContractLine', contractLineId, 'contractLineId');
  const over = minor > 0n ? limits(line, { minor: minor + (added.get(line.id) ?? 0n), currency: before.currency }) : undefined;
  if (over) throw new Refused(over.code, over.reason, { field: 'amount' });
}
