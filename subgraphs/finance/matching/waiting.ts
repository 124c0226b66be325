import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { among, wordIn } from '#kernel/read.ts';
import { and, gt, lt } from '#kernel/sql.ts';
import { hasCredit, unappliedMinor } from '../payment/queries.ts';
import { disputes, payments } from '../tables.ts';

/** Money that waits for somebody: what about, since when, and in whose books. */
export type WaitingMoney = { id: string; since: Date; money: Money; keys: { customerId: string; legalEntityId: string } };

/** Which: these, or a page of those that were there before an instant, by id. */
export type Wanted = { before: Date } & ({ ids: readonly string[] } | { after: string; first: number });

const keysOf = ({ customerId, legalEntityId }: WaitingMoney['keys']) => ({ customerId, legalEntityId });

/** Of rows that stand, those that are wanted, and how many at most. */
function wantedOf(table: typeof disputes | typeof payments, wanted: Wanted) {
  const [place, most] = 'ids' in wanted ? [among(table.id, wanted.ids), wanted.ids.length] : [gt(table.id, wanted.after), wanted.first];
  return { where: and(lt(table.createdAt, wanted.before), place), most };
}

/** Disputes that nobody resolved. */
export async function waitingDisputes(db: Db, wanted: Wanted): Promise<WaitingMoney[]> {
  const { where, most } = wantedOf(disputes, wanted);
  const standing = and(wordIn(disputes.status, ['OPEN']), where);
  const rows = await db.select().from(disputes).where(standing).orderBy(disputes.id).limit(most);
  return rows.map((row) => ({ id: row.id, since: row.createdAt, money: { minor: row.amountMinor, currency: row.currency }, keys: keysOf(row) }));
}

/** Payments with something left that settles no invoice. */
export async function waitingPayments(db: Db, wanted: Wanted): Promise<WaitingMoney[]> {
  const { where, most } = wantedOf(payments, wanted);
  const rows = await db.select().from(payments).where(and(hasCredit, where)).orderBy(payments.id).limit(most);
  return rows.map((row) => ({ id: row.id, since: row.createdAt, money: { minor: unappliedMinor(row), currency: row.currency }, keys: keysOf(row) }));
}
