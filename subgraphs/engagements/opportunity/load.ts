import { references as finance } from '#finance/published.ts';
import type { ContractRateInput } from '#generated/engagements.ts';
import type { Context, Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import type { Referred } from '#kernel/referred.ts';
import { rowsById, shareRows } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';
import { lockTargets } from '../locked.ts';
import { type LoadedSiblings, loadSiblings } from '../siblings.ts';
import { type CustomerRow, customers, type OpportunityRow, opportunity } from '../tables.ts';
import type { OpportunitySubject } from './machine.ts';
import { contractFaults, isPricedByHour } from './terms.ts';

type Above = OpportunitySubject['above'][number];

/** What the rules of winning judge beside the opportunities themselves. */
export type Related = {
  customers: ReadonlyMap<string, CustomerRow>;
  above: ReadonlyMap<string, readonly Above[]>;
  managers: ReadonlyMap<string, EmployeeReference>;
  cards: ReadonlyMap<string, { currency: string }>;
};

/** What commands on opportunities judge by, kept from changing until they are done. */
export type LoadedOpportunities = Referred<OpportunityRow> & Related & { siblings: LoadedSiblings };

type Fields = { [Name in 'customerId' | 'legalEntityId' | 'managerId' | 'rateCardId']?: string | null | undefined } & {
  rates?: readonly ContractRateInput[] | null | undefined;
};
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; fields?: readonly Fields[] };

/** Locks opportunities before their customers, as everybody does. */
export async function loadOpportunities(scope: Scope, { fields = [], ...targets }: Wanted): Promise<LoadedOpportunities> {
  const locked = await lockTargets(scope, opportunity, targets);
  const all = [...fields, ...locked.rows.values()];
  const present = (name: 'customerId' | 'managerId' | 'rateCardId') => all.flatMap((each) => each[name] ?? []);
  const owners = await shareRows(scope, customers, present('customerId'));
  const rates = fields.flatMap((each) => each.rates ?? []);
  const siblings = await loadSiblings(scope, {
    LegalEntity: fields.map(({ legalEntityId }) => legalEntityId),
    RateCard: fields.map(({ rateCardId }) => rateCardId),
    Employee: [...fields.map(({ managerId }) => managerId), ...rates.map(({ employeeId }) => employeeId)],
    LaborCategory: rates.map(({ laborCategoryId }) => laborCategoryId),
  });
  const named = await namedBy(scope.tx, { customerIds: [...owners.keys()], managerIds: present('managerId'), cardIds: present('rateCardId') });
  return { ...locked, ...named, customers: owners, siblings };
}

type Named = { customerIds: readonly string[]; managerIds: readonly string[]; cardIds: readonly string[] };

async function namedBy(db: Db, { customerIds, managerIds, cardIds }: Named): Promise<Omit<Related, 'customers'>> {
  return {
    above: await customersAbove(db, customerIds),
    managers: await references(db, resources.Employee, managerIds.filter(isId)),
    cards: await references(db, finance.RateCard, cardIds.filter(isId)),
  };
}

/** All customers above some, the nearest first; those who lead back to where they started end there. */
async function customersAbove(db: Db, customerIds: readonly string[]): Promise<Map<string, Above[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db.execute(sql`
    with recursive up(start, id, depth) as (
      select id, parent_id, 1 from engagements.customer where id = any(${sql.param([...customerIds])}::uuid[]) and parent_id is not null
      union select up.start, customer.parent_id, up.depth + 1 from engagements.customer join up on customer.id = up.id
        where customer.parent_id is not null and up.id <> up.start and up.depth < 100)
    select up.start, customer.name, customer.status, up.id = up.start as itself from up join engagements.customer on customer.id = up.id order by up.start, up.depth`);
  const above = rows.map(({ start, name, status, itself }) => ({ start: String(start), name: String(name), status: String(status), itself: itself === true }));
  return Map.groupBy(above, ({ start }) => start);
}

/** The key of what is related to an opportunity. */
export function relatedKey({ customerId, managerId, rateCardId }: OpportunityRow): string {
  return [customerId, managerId ?? '', rateCardId ?? ''].join(' ');
}

/** Batch by `relatedKey`: the same for readers, without locks. */
export async function relatedOf(context: Context, keys: readonly string[]): Promise<Map<string, Related>> {
  const targets = keys.map((key) => key.split(' '));
  const ids = (place: number): string[] => [...new Set(targets.flatMap((parts) => parts[place] || []))];
  const [owners, named] = await Promise.all([
    rowsById(context.unconfined, customers, ids(0)),
    namedBy(context.unconfined, { customerIds: ids(0), managerIds: ids(1), cardIds: ids(2) }),
  ]);
  return new Map(keys.map((key) => [key, { ...named, customers: owners }]));
}

/** An opportunity as its machine judges it. */
export function subjectOf(row: OpportunityRow, { customers: owners, above, managers, cards }: Related): OpportunitySubject {
  const { status, customerId, legalEntityId, method, valueMinor, startDate, endDate, managerId, rateCardId, rates } = row;
  return {
    ...{ status, legalEntityId, method, valueMinor, startDate, endDate, managerId },
    customer: owners.get(customerId),
    above: above.get(customerId) ?? [],
    managerStatus: managers.get(managerId ?? '')?.status,
    pricedByHour: isPricedByHour(row),
    priced: rateCardId !== null || rates.length > 0,
    contractFaults: contractFaults(row, cards.get(rateCardId ?? '')?.currency),
  };
}
