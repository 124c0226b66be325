import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { demandVersion, lockRows, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { payment } from '../entities.ts';
import { type PaymentRow, payments } from '../tables.ts';

export type LoadedPayments = { payments: Map<string, PaymentRow> };

type Asked = { id: string; expectedVersion?: number | null | undefined };

/** The payments, locked. */
export async function loadPayments(scope: Scope, items: readonly Asked[]): Promise<LoadedPayments> {
  return {
    payments: await lockRows(
      scope,
      payments,
      items.map((item) => item.id),
    ),
  };
}

/** The payment, if the actor may know of it. */
export function demandPayment({ payments: loaded }: LoadedPayments, { id, expectedVersion }: Asked, actor: Actor): PaymentRow {
  const row = loaded.get(id);
  if (!row || !sees(actor, row)) throw notFound(payment.name, id);
  demandVersion(payment.name, row, expectedVersion);
  return row;
}
