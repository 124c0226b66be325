import { type CustomerReference, references as engagements } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Draft } from '#kernel/draft.ts';
import { begin } from '#kernel/machine.ts';
import { references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { pricingOf, undiscounted } from '../billing/lines.ts';
import { invoiceDocument } from '../entities.ts';
import { ratesIn } from '../invoice/rates.ts';
import {
  type InvoiceDocumentRow,
  type InvoiceLineRow,
  type InvoiceRow,
  invoiceDocuments,
  type LegalEntityRow,
  legalEntities,
  type TaxProfileRow,
  taxProfiles,
} from '../tables.ts';
import { undelivered } from './delivery.ts';
import { invoiceDocumentMachine } from './machine.ts';
import { type Particulars, particularsOf } from './particulars.ts';

/** What papers are made of: their parties as master data has them now, and what the lines are priced at. */
export type LoadedPapers = {
  legalEntities: ReadonlyMap<string, LegalEntityRow>;
  /** The particulars by invoice. */
  particulars: ReadonlyMap<string, Particulars>;
  /** The hourly rates of lines that are rate times time, by line. */
  rates: ReadonlyMap<string, bigint>;
};

type Billed = Pick<InvoiceRow, 'id' | 'number' | 'customerId' | 'legalEntityId' | 'taxProfileId'>;

/** Master data that whoever asks has read already: customers by id, their tax profiles by customer. */
type KnownParties = { customers: ReadonlyMap<string, CustomerReference>; profiles: ReadonlyMap<string, TaxProfileRow> };

/** Master data of invoices, as of now. What was posted was taxed by the profile that it names; what was not, will be by its customer's. */
export async function particularsNow(db: Db, rows: readonly Billed[], known?: KnownParties): Promise<Pick<LoadedPapers, 'legalEntities' | 'particulars'>> {
  const customers = known?.customers ?? (await customersOf(db, rows));
  const entities = await rowsById(
    db,
    legalEntities,
    rows.map((row) => row.legalEntityId),
  );
  const own = (row: Billed) => (row.number ? row.taxProfileId : customers.get(row.customerId)?.taxProfileId) ?? '';
  const profiles = known ? new Map([...known.profiles.values()].map((each) => [each.id, each])) : await rowsById(db, taxProfiles, rows.map(own));
  const particulars = rows.flatMap((row): [string, Particulars][] => {
    const [entity, customer] = [entities.get(row.legalEntityId), customers.get(row.customerId)];
    return entity && customer ? [[row.id, particularsOf({ entity, customer, profile: profiles.get(own(row)) })]] : [];
  });
  return { legalEntities: entities, particulars: new Map(particulars) };
}

function customersOf(db: Db, rows: readonly Billed[]): Promise<Map<string, CustomerReference>> {
  return references(
    db,
    engagements.Customer,
    rows.map((row) => row.customerId),
  );
}

type Known = KnownParties & { lines: ReadonlyMap<string, readonly InvoiceLineRow[]> };

/** For invoices that are to be posted: with the rates of their lines. */
export async function loadPapers(scope: Scope, rows: readonly InvoiceRow[], known: Known): Promise<LoadedPapers> {
  const lines = rows.flatMap((row) => known.lines.get(row.id) ?? []);
  const priced = await ratesIn(
    scope.tx,
    lines.filter((line) => line.seconds !== null).map((line) => line.id),
  );
  const rates = lines.flatMap((line): [string, bigint][] => {
    const found = priced.get(line.id);
    const pricing = found && pricingOf(undiscounted(line), found);
    return pricing?.rounding === 'PER_LINE' && pricing.rate ? [[line.id, pricing.rate.minor]] : [];
  });
  return { ...(await particularsNow(scope.tx, rows, known)), rates: new Map(rates) };
}

/** For credit notes: their parties as of now, their tax as what they credit said it. */
export async function loadNotePapers(scope: Scope, credited: readonly InvoiceRow[]): Promise<Omit<LoadedPapers, 'rates'>> {
  const kept = await papersOf(
    scope.tx,
    credited.map((row) => row.id),
  );
  const customers = await customersOf(scope.tx, credited);
  const unsaid = credited.filter((row) => !kept.has(row.id)).flatMap((row) => row.taxProfileId ?? []);
  const { particulars, ...rest } = await particularsNow(scope.tx, credited, { customers, profiles: await rowsById(scope.tx, taxProfiles, unsaid) });
  const said = [...particulars].map(([id, now]): [string, Particulars] => [id, { ...now, tax: kept.get(id)?.particulars.tax ?? now.tax }]);
  return { ...rest, particulars: new Map(said) };
}

/** Keeps what a posted invoice says of its parties; its delivery is PENDING. A credit note names its parties as of its own day, and its tax as the invoice did. */
export function writePaper(draft: Draft, row: InvoiceRow, { particulars }: Pick<LoadedPapers, 'particulars'>): void {
  const said = particulars.get(row.creditsId ?? row.id);
  if (!said) return;
  const { id: invoiceId, customerId, legalEntityId } = row;
  draft.insert(invoiceDocument, { invoiceId, customerId, legalEntityId, particulars: said, ...undelivered }, begin(invoiceDocumentMachine));
}

/** The papers of invoices, by invoice. */
export async function papersOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, InvoiceDocumentRow>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(invoiceDocuments)
    .where(inArray(invoiceDocuments.invoiceId, [...invoiceIds]));
  return new Map(rows.map((row) => [row.invoiceId, row]));
}
