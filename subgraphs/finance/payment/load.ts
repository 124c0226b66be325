import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { demandNamed, lockRows, type Named } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { payment } from '../entities.ts';
import { type PaymentRow, payments } from '../tables.ts';

export type LoadedPayments = { payments: Map<string, PaymentRow> };

/** The payments, locked. */
export async function loadPayments(scope: Scope, items: readonly Named[]): Promise<LoadedPayments> {
  return {
    payments: await lockRows(
      scope,
      payments,
      items.map((item) => item.id),
    ),
  };
}

/** The payment, if the actor may know of it. */
export function demandPayment({ payments: loaded }: LoadedPayments, { id, expectedVersion }: Named, actor: Actor): PaymentRow {
  return demandNamed(loaded, { entity: payment.name, id, expectedVersion }, (row) => sees(actor, row));
}
