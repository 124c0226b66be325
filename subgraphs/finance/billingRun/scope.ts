import { references as engagements } from '#engagements/published.ts';
import type { RunBillingInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { type BillingScope, legalEntities } from '../tables.ts';

/** What somebody asks to be billed: everything that it names is there. */
export async function demandScope(scope: Scope, input: RunBillingInput): Promise<BillingScope> {
  demand(scope.actor, 'invoice:write');
  demandWholeFirm(scope.actor, 'A billing run');
  checkLists('', input);
  const { cutOffDate, invoiceDate } = input;
  const [customerIds, contractIds, legalEntityIds] = [listed(input.customerIds), listed(input.contractIds), listed(input.legalEntityIds)];
  demandAll(customerIds, await references(scope.tx, engagements.Customer, valid(customerIds)), { entity: 'Customer', field: 'customerIds' });
  demandAll(contractIds, await references(scope.tx, engagements.Contract, valid(contractIds)), { entity: 'Contract', field: 'contractIds' });
  demandAll(legalEntityIds, await rowsById(scope.tx, legalEntities, valid(legalEntityIds)), { entity: 'LegalEntity', field: 'legalEntityIds' });
  return { cutOffDate, invoiceDate: invoiceDate ?? dateOf(scope.now), customerIds, contractIds, legalEntityIds };
}

const listed = (ids: readonly string[] | null | undefined): string[] | null => (ids ? [...new Set(ids.map((id) => id.toLowerCase()))] : null);
const valid = (ids: readonly string[] | null): string[] => (ids ?? []).filter(isId);

function demandAll(ids: readonly string[] | null, found: ReadonlyMap<string, unknown>, { entity, field }: { entity: string; field: string }): void {
  const missing = ids?.find((id) => !found.has(id));
  if (missing !== undefined) throw notFound(entity, missing, field);
}
