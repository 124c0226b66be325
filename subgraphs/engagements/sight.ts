import { and, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Actor, customerScope, demand, type Permission, seesCustomer } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { isId } from '#kernel/ids.ts';
import { notFound } from '#kernel/rows.ts';
import type { ContractStatus } from './contract/machine.ts';
import { contracts } from './tables.ts';

/** Every row says which customer it belongs to. */
export type Owned = { id: string; version: number; customerId: string };

/** The list condition: rows of the actor's customers only. */
export function ofOwnCustomers(column: PgColumn): (actor: Actor) => SQL | undefined {
  return (actor) => {
    const ids = customerScope(actor);
    return ids ? inArray(column, [...ids]) : undefined;
  };
}

/** Rows by id, without those that the actor may not know of. */
export function ownedById<Row extends Owned>(permission: Permission, read: (db: Db, ids: readonly string[]) => Promise<Map<string, Row>>): Batch<Row> {
  return async (context, ids) => {
    demand(context.actor, permission);
    const rows = await read(context.db, ids);
    for (const [id, row] of rows) if (!seesCustomer(context.actor, row.customerId)) rows.delete(id);
    return rows;
  };
}

/** A prefetched row that the actor may know of; NOT_FOUND names the input field. */
export function demandOwned<Row extends { customerId: string }>(
  { actor }: { actor: Actor },
  rows: ReadonlyMap<string, Row>,
  wanted: { entity: string; id: string; field: string },
): Row {
  const row = rows.get(wanted.id.toLowerCase());
  if (!row || !seesCustomer(actor, row.customerId)) throw notFound(wanted.entity, wanted.id, wanted.field);
  return row;
}

/** A list condition by ids; ids that are none match nothing. */
export function idsIn(column: PgColumn, ids: readonly string[] | null | undefined): SQL | undefined {
  return ids ? inArray(column, ids.filter(isId)) : undefined;
}

/** What a row refers to and its reader may see; a reader without the permission for it is told so before. */
export function demandFound<Row>(row: Row | undefined, entity: string, id: string): Row {
  if (row === undefined) throw notFound(entity, id);
  return row;
}

/** An entity of another subgraph, as the gateway resolves it on. */
export function stub(id: string | null | undefined): { id: string } | null {
  return id ? { id } : null;
}

/** Contracts that the firm has not concluded are its own affair. */
const undisclosed: readonly ContractStatus[] = ['DRAFT', 'IN_REVIEW', 'LOST'];

/** True when the contract is no client's business yet, or never was. */
export function hidesContract({ kind }: Actor, { status }: { status: ContractStatus }): boolean {
  return kind === 'CLIENT_PORTAL' && undisclosed.includes(status);
}

/** The same as a list's condition. */
export function disclosedContracts(actor: Actor): SQL | undefined {
  return and(ofOwnCustomers(contracts.customerId)(actor), actor.kind === 'CLIENT_PORTAL' ? notInArray(contracts.status, [...undisclosed]) : undefined);
}

/** What hangs on a contract is disclosed with it. */
export function onDisclosedContract(actor: Actor, contractId: PgColumn): SQL | undefined {
  if (actor.kind !== 'CLIENT_PORTAL') return undefined;
  return sql`exists (select from ${contracts} where ${contracts.id} = ${contractId} and ${notInArray(contracts.status, [...undisclosed])})`;
}

/** What belongs to the firm alone. */
export function notForClients<Value>(context: Context, value: Value): Value | null {
  return context.actor.kind === 'CLIENT_PORTAL' ? null : value;
}
