import { type CustomerReference, references as engagements } from '#engagements/published.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { demandState } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { type LineTax, taxOf } from '../billing/tax.ts';
import { invoice, invoiceLine } from '../entities.ts';
import { facts } from '../published.ts';
import { type InvoiceLineRow, type InvoiceRow, type TaxProfileRow, taxProfiles } from '../tables.ts';
import { invoiceKeys } from './facts.ts';
import { type Asked, demandInvoice, type LoadedInvoices, linesOf, loadInvoices } from './load.ts';
import { invoiceMachine } from './machine.ts';

export type Taxed = { profileId: string; lines: LineTax[]; totalMinor: bigint };

/** Invoices with what their tax is made of. */
export type LoadedTaxes = LoadedInvoices & {
  lines: ReadonlyMap<string, InvoiceLineRow[]>;
  customers: ReadonlyMap<string, CustomerReference>;
  /** The customers' profiles, by customer. */
  profiles: ReadonlyMap<string, TaxProfileRow>;
};

export async function loadTaxes(scope: Scope, items: readonly Asked[]): Promise<LoadedTaxes> {
  const loaded = await loadInvoices(scope, items);
  const customerIds = [...loaded.invoices.values()].map((row) => row.customerId);
  const customers = await references(scope.tx, engagements.Customer, customerIds);
  return { ...loaded, customers, lines: await linesOf(scope.tx, [...loaded.invoices.keys()]), profiles: await profilesOf(scope, customers) };
}

/** The tax profiles of customers, by customer. */
export async function profilesOf(scope: Scope, customers: ReadonlyMap<string, CustomerReference>): Promise<Map<string, TaxProfileRow>> {
  const ids = new Map([...customers].flatMap(([id, { taxProfileId }]) => (taxProfileId ? [[id, taxProfileId] as const] : [])));
  const found = await rowsById(scope.tx, taxProfiles, [...ids.values()]);
  return new Map(
    [...ids].flatMap(([customerId, id]) => {
      const profile = found.get(id);
      return profile ? [[customerId, profile] as const] : [];
    }),
  );
}

/** Pure: tax by the customer's profile at the rates of the days of the work, or why it cannot be determined. A line that does not tell these is of the invoice's date. */
export function taxOn({ lines, profiles }: LoadedTaxes, row: InvoiceRow, date: CalendarDate): Taxed | { failure: string } {
  const profile = profiles.get(row.customerId);
  const rule = profile?.legalEntityId === row.legalEntityId ? profile : undefined;
  const supplies = (lines.get(row.id) ?? []).map(({ amountMinor, supplyStartDate, supplyEndDate, taxCategory }) => {
    return { amountMinor, supplyStartDate: supplyStartDate ?? date, supplyEndDate: supplyEndDate ?? date, untaxed: taxCategory !== null };
  });
  const tax = taxOf(supplies, rule);
  return 'failure' in tax ? tax : { ...tax, profileId: rule?.id ?? '' };
}

/** The same, or a refusal. */
export function demandTax(loaded: LoadedTaxes, row: InvoiceRow, date: CalendarDate): Taxed {
  const tax = taxOn(loaded, row, date);
  if ('failure' in tax) throw new Refused('TAX_FAILED', `${tax.failure} Repair the tax profile, then try again.`);
  return tax;
}

/** Puts the taxes on the lines, and their rates once they are final: the invoice must not be posted yet. */
export function taxLines(draft: Draft, lines: readonly InvoiceLineRow[], { tax, rates }: { tax: Taxed; rates?: ReadonlyMap<string, bigint> }): void {
  for (const [index, line] of lines.entries()) {
    const { taxMinor = 0n, basisPoints = null } = tax.lines[index] ?? {};
    draft.update(invoiceLine, line, { changes: { taxMinor, taxBasisPoints: basisPoints, rateMinor: rates?.get(line.id) } });
  }
}

/** What an invoice says once it is taxed. */
export function taxedFields(row: InvoiceRow, tax: Taxed) {
  return { taxProfileId: tax.profileId, taxMinor: tax.totalMinor, totalMinor: row.subtotalMinor + tax.totalMinor, taxFailedAt: null, taxFailure: null };
}

/** Marks an invoice whose tax cannot be determined, and states it; one whose tax can is left as it is. The status stays. */
export function noteTaxFailure(action: 'validate' | 'post'): Command<Asked & { invoiceDate?: CalendarDate | null | undefined }, LoadedTaxes> {
  return {
    may: invoiceMachine.actions[action].may,
    entities: [invoice],
    load: loadTaxes,
    decide: (loaded, item, context) => {
      const before = demandInvoice(loaded, { id: item.id }, context.actor);
      demandState(invoiceMachine, { action, actor: context.actor }, before.status);
      const tax = taxOn(loaded, before, item.invoiceDate ?? before.invoiceDate);
      const draft = openDraft(context);
      if (!('failure' in tax)) return draft.done(before.id);
      const row = draft.update(invoice, before, { changes: { taxFailedAt: context.now, taxFailure: tax.failure }, touch: true });
      const { id, customerId, status, subtotalMinor, currency } = row;
      const payload = { invoiceId: id, customerId, status, net: showMoney({ minor: subtotalMinor, currency }), reason: tax.failure };
      draft.state(facts.InvoiceTaxFailed, { subject: row, keys: invoiceKeys(row), payload });
      return draft.done(id);
    },
  };
}
