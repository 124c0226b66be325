import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { and, eq, gt, lt, sql } from '#kernel/sql.ts';
import { type DisputeRow, disputes, type PaymentRow, payments } from '../tables.ts';

/** Money that waits for somebody: what about, since when, and in whose books. */
export type WaitingMoney = { id: string; since: Date; money: Money; keys: { customerId: string; legalEntityId: string } };

/** Which: these, or a page of those that were there before an instant, by id. */
export type Wanted = { before: Date } & ({ ids: readonly string[] } | { after: string; first: number });

const disputeOf = (row: DisputeRow): WaitingMoney => ({
  ...{ id: row.id, since: row.createdAt, money: { minor: row.amountMinor, currency: row.currency } },
  keys: { customerId: row.customerId, legalEntityId: row.legalEntityId },
});

/** Disputes that nobody resolved. */
export async function waitingDisputes(db: Db, wanted: Wanted): Promise<WaitingMoney[]> {
  const standing = and(eq(disputes.status, 'OPEN'), lt(disputes.createdAt, wanted.before));
  if ('ids' in wanted) return (await rowsWhere(db, disputes, and(standing, among(disputes.id, wanted.ids)))).map(disputeOf);
  const rows = await db
    .select()
    .from(disputes)
    .where(and(standing, gt(disputes.id, wanted.after)))
    .orderBy(disputes.id)
    .limit(wanted.first);
  return rows.map(disputeOf);
}

const paymentOf = (row: PaymentRow): WaitingMoney => ({
  ...{ id: row.id, since: row.createdAt, money: { minor: row.amountMinor - row.appliedMinor - row.refundedMinor, currency: row.currency } },
  keys: { customerId: row.customerId, legalEntityId: row.legalEntityId },
});

/** The index of payments with something left names these states. */
const hasCredit = sql`${payments.status} in ('RECEIVED', 'PARTLY_APPLIED')`;

/** Payments with something left that settles no invoice. */
export async function waitingPayments(db: Db, wanted: Wanted): Promise<WaitingMoney[]> {
  const standing = and(hasCredit, lt(payments.createdAt, wanted.before));
  if ('ids' in wanted) return (await rowsWhere(db, payments, and(standing, among(payments.id, wanted.ids)))).map(paymentOf);
  const rows = await db
    .select()
    .from(payments)
    .where(and(standing, gt(payments.id, wanted.after)))
    .orderBy(payments.id)
    .limit(wanted.first);
  return rows.map(paymentOf);
}
