import type { CustomerFilter, CustomerOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, wordIn } from '#kernel/read.ts';
import { asc, gt, ilike } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type CustomerRow, customers, externalRefs } from '../tables.ts';

const customersById = visibleById(customers, 'customer:read');

/** A customer, if there is one that the actor may know of. */
export function readCustomer(context: Context, id: string): Promise<CustomerRow | undefined> {
  return context.load(customersById, id);
}

export const customerRefs = externalRefsOf(externalRefs, 'Customer');

export const customerList: List<typeof customers, CustomerFilter, CustomerOrderField> = {
  table: customers,
  read: 'customer:read',
  orders: { NAME: customers.name, CREATED_AT: customers.createdAt, UPDATED_AT: customers.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(customers, filter.updatedSince),
    wordIn(customers.status, filter.statuses),
    filter.nameContains ? ilike(customers.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Customer', id: customers.id }, filter.externalRefs),
  ],
};

export const childrenList = childList(customerList, customers.parentId);

/** The next customers in the order of their ids: for processes, which go through all. */
export async function customerIdsAfter(db: Db, after: string | null, first: number): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(after ? gt(customers.id, after) : undefined)
    .orderBy(asc(customers.id))
    .limit(first);
  return rows.map(({ id }) => id);
}
