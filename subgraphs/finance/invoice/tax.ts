import { sql } from 'drizzle-orm';
import { references as engagements } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { taxOf } from '../billing/tax.ts';
import { facts } from '../published.ts';
import { type InvoiceLineRow, type InvoiceRow, taxProfiles } from '../tables.ts';
import { invoiceKeys } from './tell.ts';

export type Taxed = { profileId: string; lineTaxes: bigint[]; totalMinor: bigint };
type Taxable = { invoice: InvoiceRow; lines: readonly InvoiceLineRow[]; invoiceDate: CalendarDate };

/** Tax by the customers' profiles as of each invoice's date, or why it cannot be determined. */
export async function taxesOf(scope: Scope, wanted: readonly Taxable[]): Promise<Map<string, Taxed | { failure: string }>> {
  const customers = await references(
    scope.tx,
    engagements.Customer,
    wanted.map(({ invoice }) => invoice.customerId),
  );
  const profileOf = (invoice: InvoiceRow) => customers.get(invoice.customerId)?.taxProfileId ?? undefined;
  const profiles = await rowsById(
    scope.tx,
    taxProfiles,
    wanted.flatMap(({ invoice }) => profileOf(invoice) ?? []),
  );
  return new Map(
    wanted.map(({ invoice, lines, invoiceDate }) => {
      const profile = profiles.get(profileOf(invoice) ?? '');
      const rule = profile?.legalEntityId === invoice.legalEntityId ? profile : undefined;
      const amounts = lines.map((line) => line.amountMinor);
      const tax = taxOf(amounts, rule, invoiceDate);
      return [invoice.id, 'failure' in tax ? tax : { ...tax, profileId: rule?.id ?? '' }];
    }),
  );
}

/** A tax failure as the caller sees it. */
export function taxRefused(failure: string): Refused {
  return new Refused('TAX_FAILED', `${failure} Repair the tax profile, then try again.`);
}

/** Writes the lines' taxes: the invoices must not be posted yet. */
export async function writeLineTaxes(scope: Scope, wanted: readonly { lines: readonly InvoiceLineRow[]; tax: Taxed }[]): Promise<void> {
  const changed = wanted.flatMap(({ lines, tax }) =>
    lines.flatMap((line, index) => (line.taxMinor === tax.lineTaxes[index] ? [] : { id: line.id, tax: tax.lineTaxes[index] ?? 0n })),
  );
  if (changed.length === 0) return;
  const ids = sql.param(changed.map((line) => line.id));
  const taxes = sql.param(changed.map((line) => line.tax.toString()));
  await scope.tx.execute(sql`
    update finance.invoice_line set tax_minor = taxed.minor, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${ids}::uuid[], ${taxes}::bigint[]) as taxed(line_id, minor) where id = taxed.line_id`);
}

/** Marks invoices whose tax could not be determined, and states it. */
export async function noteTaxFailures(scope: Scope, failed: readonly { invoice: InvoiceRow; failure: string }[]): Promise<void> {
  if (failed.length === 0) return;
  const ids = sql.param(failed.map(({ invoice }) => invoice.id));
  const reasons = sql.param(failed.map(({ failure }) => failure));
  await scope.tx.execute(sql`
    update finance.invoice set tax_failed_at = ${scope.now.toISOString()}, tax_failure = failed.reason, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${ids}::uuid[], ${reasons}::text[]) as failed(invoice_id, reason) where id = failed.invoice_id`);
  await record(
    scope,
    facts.InvoiceTaxFailed,
    failed.map(({ invoice, failure }) => {
      const { id, version, customerId, status, subtotalMinor, currency } = invoice;
      const payload = { invoiceId: id, customerId, status, net: showMoney({ minor: subtotalMinor, currency }), reason: failure };
      return { subject: { id, version: version + 1 }, keys: invoiceKeys(invoice), payload };
    }),
  );
}
