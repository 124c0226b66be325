import type { SetRemittanceAdviceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Db } from '#kernel/db.ts';
import { openDraft } from '#kernel/draft.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { sql } from '#kernel/sql.ts';
import { payment as paymentEntity, remittanceAdvice } from '../entities.ts';
import { leftToPay } from '../invoice/queries.ts';
import { demandPayment, type LoadedPayments, loadPayments } from '../payment/load.ts';
import { type PaymentRow, remittanceAdvices, type StoredRemittanceAdvice } from '../tables.ts';
import { type Advised, checkAdvice } from './remittance.ts';

type Loaded = LoadedPayments & { advices: ReadonlyMap<string, StoredRemittanceAdvice> };

/** Keeps what the customer says that a payment is for, in place of what it said before. Whoever holds the payment holds its advice. */
export const setRemittanceAdvice: Command<SetRemittanceAdviceInput, Loaded> = {
  may: 'payment:write',
  entities: [paymentEntity, remittanceAdvice],
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    return { ...loaded, advices: await advicesOf(scope.tx, [...loaded.payments.keys()]) };
  },
  decide: (loaded, { lines: given, ...named }, context) => {
    const payment = demandPayment(loaded, named, context.actor);
    const lines = checkAdvice(given, payment.currency);
    const before = loaded.advices.get(payment.id);
    const draft = openDraft(context);
    const { id: paymentId, customerId, legalEntityId } = payment;
    const row = before
      ? draft.update(remittanceAdvice, before, { changes: { lines } })
      : draft.insert(remittanceAdvice, { paymentId, customerId, legalEntityId, lines });
    draft.update(paymentEntity, payment, { touch: row !== before });
    return draft.done(payment.id);
  },
};

/** What customers said of payments. */
export async function advicesOf(db: Db, paymentIds: readonly string[]): Promise<Map<string, StoredRemittanceAdvice>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await rowsWhere(db, remittanceAdvices, among(remittanceAdvices.paymentId, paymentIds));
  return new Map(rows.map((row) => [row.paymentId, row]));
}

/** The invoices that lines name, by payment and number, off the index of numbers: of the payment's own customer and books. */
export async function advisedOf(
  db: Db,
  payments: readonly PaymentRow[],
  advices: ReadonlyMap<string, StoredRemittanceAdvice>,
): Promise<Map<string, Map<string, Advised>>> {
  const asked = payments.flatMap(({ id, customerId, legalEntityId }) =>
    (advices.get(id)?.lines ?? []).map(({ number }) => ({ id, customer: customerId, entity: legalEntityId, number })),
  );
  if (asked.length === 0) return new Map();
  const rows = await db.execute(sql`
    select asked.id as payment_id, invoice.id, invoice.number, invoice.currency,
      case when invoice.status in ('POSTED', 'PARTLY_PAID') then ${leftToPay} else 0 end as open_minor
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(id uuid, customer uuid, entity uuid, number text)
    join finance.invoice on invoice.legal_entity_id = asked.entity and invoice.number = asked.number and invoice.number <> ''
    where invoice.customer_id = asked.customer and invoice.kind = 'INVOICE'`);
  const found = rows.map((row) => ({ ...invoiceOf(row), paymentId: String(row.payment_id) }));
  return new Map([...Map.groupBy(found, ({ paymentId }) => paymentId)].map(([id, own]) => [id, new Map(own.map((each) => [each.number, each]))]));
}

function invoiceOf(row: Record<string, unknown>): Advised {
  return { id: String(row.id), number: String(row.number), currency: String(row.currency), openMinor: BigInt(String(row.open_minor)) };
}
