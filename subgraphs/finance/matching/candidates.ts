import type { Db } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
import { leftToPay } from '../invoice/queries.ts';
import { unappliedMinor } from '../payment/queries.ts';
import type { PaymentRow } from '../tables.ts';
import { advicesOf, advisedOf } from './advice.ts';
import { type Candidate, looked, type Match, matchesOf } from './match.ts';

/** What each payment may be meant for, in one statement for all: open invoices of its customer, in its books and its currency. */
export async function matchesOfPayments(db: Db, payments: readonly PaymentRow[]): Promise<Map<string, Match[]>> {
  const open = payments.filter((payment) => unappliedMinor(payment) > 0n);
  if (open.length === 0) return new Map();
  const asked = open.map(({ id, customerId, legalEntityId, currency, reference }) => ({
    id,
    customerId,
    legalEntityId,
    currency,
    reference: bare(reference ?? ''),
  }));
  const rows = await db.execute(sql`
    select payment.id as payment_id, found.* from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as payment(id uuid, "customerId" uuid, "legalEntityId" uuid, currency text, reference text)
    cross join lateral (
      select id, number, due_date::text as due_date, ${leftToPay} as open_minor,
        row_number() over (order by position(regexp_replace(upper(number), '[^[:alnum:]]', '', 'g') in payment.reference) > 0 desc, due_date, number) as place
      from finance.invoice where customer_id = payment."customerId" and status in ('POSTED', 'PARTLY_PAID') and kind = 'INVOICE'
        and legal_entity_id = payment."legalEntityId" and currency = payment.currency order by place limit ${looked}) as found`);
  const candidates = Map.groupBy(rows, (row) => String(row.payment_id));
  const advised = await openAdvised(db, open);
  return new Map(
    open.map((payment) => {
      const { id, reference } = payment;
      const paying = { id, reference, leftMinor: unappliedMinor(payment), advised: advised.get(id) };
      return [id, matchesOf(paying, (candidates.get(id) ?? []).map(toCandidate))];
    }),
  );
}

/** What lines of advices pay of invoices that are open, in the order of the lines. */
async function openAdvised(db: Db, payments: readonly PaymentRow[]): Promise<Map<string, Candidate[]>> {
  const advices = await advicesOf(
    db,
    payments.map(({ id }) => id),
  );
  const invoices = await advisedOf(db, payments, advices);
  return new Map(
    payments.map(({ id, currency }) => {
      const lines = (advices.get(id)?.lines ?? []).flatMap(({ number, minor: text }) => {
        const invoice = invoices.get(id)?.get(number);
        if (!invoice || invoice.currency !== currency || invoice.openMinor === 0n) return [];
        const minor = BigInt(text);
        return [{ id: invoice.id, number, dueDate: '', openMinor: minor > invoice.openMinor ? invoice.openMinor : minor }];
      });
      return [id, lines];
    }),
  );
}

const bare = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

function toCandidate(row: Record<string, unknown>): Candidate {
  return { id: String(row.id), number: String(row.number), dueDate: String(row.due_date), openMinor: BigInt(String(row.open_minor)) };
}
