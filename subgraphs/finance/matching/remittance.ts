import type { RemittanceLineInput } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';

/** What the customer says that it pays: a number of an invoice, and how much of it. */
export type AdviceLine = { number: string; minor: string };

export type RemittanceVerdict = 'MATCHED' | 'PART' | 'BEYOND_OPEN' | 'SETTLED' | 'OTHER_CURRENCY' | 'UNKNOWN';

/** An invoice that a line names, as far as it is of the same customer and books. */
export type Advised = { id: string; number: string; currency: string; openMinor: bigint };

/** Lines as they are kept; refuses what cannot be an advice of a payment in that currency. */
export function checkAdvice(given: readonly RemittanceLineInput[], currency: string, field = 'lines'): AdviceLine[] {
  if (given.length > 100) throw new Refused('VALIDATION_FAILED', 'A remittance advice has at most 100 lines.', { field });
  const lines = given.map(({ number, amount }) => {
    const money = readMoney(amount, field);
    if (money.currency !== currency) throw new Refused('CURRENCY_MISMATCH', `The payment is in ${currency}, not ${money.currency}.`, { field });
    if (money.minor <= 0n) throw new Refused('VALIDATION_FAILED', 'What a line pays is more than zero.', { field });
    return { number: checkText(field, number, 80), minor: String(money.minor) };
  });
  if (new Set(lines.map(({ number }) => number)).size < lines.length)
    throw new Refused('VALIDATION_FAILED', 'A number stands in more than one line.', { field });
  return lines;
}

/** What becomes of a line by what its invoice is now. */
export function verdictOf({ minor }: AdviceLine, currency: string, invoice: Advised | undefined): RemittanceVerdict {
  if (!invoice) return 'UNKNOWN';
  if (invoice.currency !== currency) return 'OTHER_CURRENCY';
  if (invoice.openMinor === 0n) return 'SETTLED';
  if (BigInt(minor) === invoice.openMinor) return 'MATCHED';
  return BigInt(minor) < invoice.openMinor ? 'PART' : 'BEYOND_OPEN';
}
