import type { DisputeInvoiceInput } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { readMoney } from '#kernel/money.ts';
import { openMinor } from '../invoice/queries.ts';
import type { InvoiceLineRow, InvoiceRow } from '../tables.ts';

type Wanted = Pick<DisputeInvoiceInput, 'amount' | 'lineIds'>;

/** What is disputed: the amount that is given, or what the lines come to with their tax, or all that is open; never more than is open. */
export function disputedOf(invoice: InvoiceRow, lines: readonly InvoiceLineRow[], { amount, lineIds }: Wanted): { minor: bigint; lineIds: string[] } {
  const open = openMinor(invoice);
  if (open === 0n) throw new Refused('INVALID_TRANSITION', 'Nothing is to be paid of it, so that there is nothing to dispute.');
  const named = [...new Set(lineIds ?? [])];
  if (named.length > 100) throw new Refused('VALIDATION_FAILED', 'Name at most 100 lines, or none and the amount.', { field: 'lineIds' });
  const own = new Map(lines.map((line) => [line.id, line]));
  const other = named.find((id) => !own.has(id));
  if (other) throw new Refused('NOT_FOUND', `The invoice has no line with the id ${other}.`, { field: 'lineIds' });
  if (amount) return { minor: given(invoice, open, amount), lineIds: named };
  const sum = named.reduce((total, id) => total + (own.get(id)?.amountMinor ?? 0n) + (own.get(id)?.taxMinor ?? 0n), 0n);
  if (named.length > 0 && sum <= 0n) throw new Refused('VALIDATION_FAILED', 'These lines come to nothing to pay. Give the amount.', { field: 'lineIds' });
  return { minor: named.length > 0 && sum < open ? sum : open, lineIds: named };
}

function given(invoice: InvoiceRow, open: bigint, amount: NonNullable<Wanted['amount']>): bigint {
  const field = 'amount';
  const { minor, currency } = readMoney(amount, field);
  if (currency !== invoice.currency) throw new Refused('CURRENCY_MISMATCH', `The invoice is in ${invoice.currency}.`, { field });
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'What is disputed is more than zero.', { field });
  if (minor > open) throw new Refused('VALIDATION_FAILED', 'It has less open than that. Read open, then dispute at most that.', { field });
  return minor;
}
