import type { Scope } from '#kernel/context.ts';
import type { Refused } from '#kernel/errors.ts';
import { rowsById } from '#kernel/rows.ts';
import { draftInvoices } from '../invoice/commands.ts';
import { readyPage } from '../invoice/ready.ts';
import { type BillingScope, type InvoiceRow, invoices } from '../tables.ts';

/** Contracts that one transaction drafts: what a crash takes back, and what others wait for. */
const biteSize = 10;

/** A scope as drafting asks for it. */
export function wishOf({ customerIds, contractIds, legalEntityIds, cutOffDate, invoiceDate }: BillingScope) {
  const list = (ids: readonly string[] | null) => ids && [...ids];
  return { cutOffDate, invoiceDate, customerIds: list(customerIds), contractIds: list(contractIds), legalEntityIds: list(legalEntityIds) };
}

export type ContractDraft = { contractId: string; invoices: InvoiceRow[]; refused: Refused[]; actualsTaken: number };

/** What one transaction did: the contracts in the order of their ids, and the last of them when there are more behind it. */
export type Bite = { drafts: ContractDraft[]; next: string | null };

/** Drafts the next contracts of a scope that have something ready, each by itself. Runs and previews do the same. */
export async function draftBite(scope: Scope, of: BillingScope, after: string | null): Promise<Bite> {
  const page = await readyPage(scope, wishOf(of), after);
  const found = [...new Set(page.batches.map(({ contractId }) => contractId))];
  const taken = found.slice(0, biteSize);
  const drafts: ContractDraft[] = [];
  for (const contractId of taken) drafts.push(await draftContract(scope, of, contractId));
  return { drafts, next: taken.length < found.length || page.next !== null ? (taken.at(-1) ?? null) : null };
}

async function draftContract(scope: Scope, of: BillingScope, contractId: string): Promise<ContractDraft> {
  const { outcomes, actualsTaken } = await draftInvoices(scope, { ...wishOf(of), contractIds: [contractId] });
  const ids = outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.id]));
  const refused = outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
  const drafted = await rowsById(scope.tx, invoices, ids);
  return { contractId, invoices: ids.flatMap((id) => drafted.get(id) ?? []), refused, actualsTaken };
}
