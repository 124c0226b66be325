import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Actor, customerScope } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { assignments } from './tables.ts';

/** An actor confined to customers sees an employee who works, worked or is planned to work for one of them. */
export function seenEmployee(actor: Actor, employeeId: PgColumn): SQL | undefined {
  const customerIds = customerScope(actor);
  if (!customerIds) return undefined;
  const theirs = sql`${assignments.customerId} = any(${sql.param([...customerIds])}::uuid[])`;
  return sql`exists (select 1 from ${assignments} where ${assignments.employeeId} = ${employeeId} and ${theirs} and ${assignments.status} <> 'CANCELLED')`;
}

/** An actor confined to customers sees their assignments, except the ones that were given up. */
export function seenAssignment(actor: Actor): SQL | undefined {
  const customerIds = customerScope(actor);
  if (!customerIds) return undefined;
  return sql`${assignments.customerId} = any(${sql.param([...customerIds])}::uuid[]) and ${assignments.status} <> 'CANCELLED'`;
}

/** Employees belong to no customer: who is confined to some must not change them. */
export function demandWholeFirm(actor: Actor): void {
  if (customerScope(actor)) throw new Refused('FORBIDDEN', 'Employees belong to no customer. An actor who is confined to customers cannot change them.');
}
