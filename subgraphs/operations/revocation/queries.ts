import type { TokenRevocationOrderField } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { rowsById } from '#kernel/rows.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import type { TokenRevocationRow } from '../tables.ts';
import { revocations } from './table.ts';

async function revocationsById(context: Context, ids: readonly string[]): Promise<Map<string, TokenRevocationRow>> {
  demand(context.actor, 'token:read');
  demandWholeFirm(context.actor, 'A revocation');
  return rowsById(context.db, revocations, ids);
}

/** A revocation by its id. */
export function readRevocation(context: Context, id: string): Promise<TokenRevocationRow | undefined> {
  return context.load(revocationsById, id);
}

/** Revocations that stand, the newest first. */
export const revocationList: List<typeof revocations, never, TokenRevocationOrderField> = {
  table: revocations,
  read: 'token:read',
  orders: { REVOKED_AT: revocations.createdAt },
  defaultOrder: { field: 'REVOKED_AT', direction: 'DESC' },
  filter: () => [],
};
