import { type ContractReference, references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { AddInvoiceLineInput } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { and, eq, inArray, isNotNull, ne, or, sql } from '#kernel/sql.ts';
import { holdLimits, type LimitJudge } from '../actual/limits.ts';
import { capsOf } from '../billing/caps.ts';
import { lineOn, termsOn } from '../billing/price.ts';
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
  const caps = items.flatMap(({ id, contractLineId, suppliedOn }) => {
    const row = loaded.invoices.get(id);
    return row && contractLineId ? capsUnder(contracts, row, { contractLineId, day: suppliedOn ?? row.invoiceDate }).caps : [];
  });
  return {
    ...loaded,
    contracts,
    lines: await linesOf(scope.tx, [...loaded.invoices.keys()]),
    projects: await references(scope.tx, engagements.Project, projectIds),
    limits: await holdLimits(scope, [{ caps }]),
    added: await addedOn(
      scope,
      caps.map(({ id }) => id),
    ),
  };
}

/** The line of the contract on the day, and the limits that hold under it: the line's own, and the contract's. */
function capsUnder(contracts: Adjusting['contracts'], { contractId }: InvoiceRow, { contractLineId, day }: { contractLineId: string; day: CalendarDate }) {
  const contract = contracts.get(contractId);
  const line = lineOn(contract, contractLineId, day);
  return { line, caps: contract ? capsOf(line, { id: contractId, name: contract.name, terms: termsOn(contract, day) }) : [] };
}

async function addedOn({ tx }: Scope, limitIds: readonly string[]): Promise<Map<string, bigint>> {
  if (limitIds.length === 0) return new Map();
  const { contractLineId, kind, amountMinor } = invoiceLines;
  const limited = or(inArray(contractLineId, [...limitIds]), inArray(invoices.contractId, [...limitIds]));
  const rows = await tx
    .select({ lineId: contractLineId, contractId: invoices.contractId, minor: sql<string>`sum(${amountMinor})` })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .where(and(limited, isNotNull(contractLineId), wordIn(kind, ['CORRECTION']), ne(invoices.status, 'CANCELLED')))
    .groupBy(contractLineId, invoices.contractId);
  const added = new Map<string, bigint>();
  for (const { lineId, contractId, minor } of rows) for (const id of [lineId, contractId]) if (id) added.set(id, (added.get(id) ?? 0n) + BigInt(minor));
  return added;
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
  const { line, caps } = capsUnder(contracts, before, { contractLineId, day });
  if (!line) throw notFound('ContractLine', contractLineId, 'contractLineId');
  if (minor <= 0n) return;
  for (const cap of caps) {
    const { hold } = limits({ caps: [cap] }, { minor: minor + (added.get(cap.id) ?? 0n), currency: before.currency }, { whole: true });
    if (hold) throw new Refused('NOT_TO_EXCEED', hold.reason, { field: 'amount' });
  }
}
