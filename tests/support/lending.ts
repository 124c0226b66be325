import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { createEntity, createPeriods, done, type Firm, firm, publishedCard, type World } from './books.ts';
import { anEmployee } from './siblings.ts';

const setting =
  'mutation ($input: SetIntercompanyTermsInput!) { setIntercompanyTerms(input: $input) { results { intercompanyTerms { id version } userErrors { code field message } } failed userErrors { code message } } }';
const charging =
  'mutation ($input: ChargeIntercompanyInput!) { chargeIntercompany(input: $input) { charges { lender { id } borrower { id } actualCount amount { amount currency } borrowerAmount { amount currency } intercompanyCharge { id number } } userErrors { code field guard message } replayed } }';

/** What becomes of one item of terms. */
export async function setTerms(world: World, item: Record<string, unknown>) {
  return (await done(world, setting, { idempotencyKey: newId(), items: [item] })).results[0];
}

/** A charge that must not be refused. */
export async function charge(world: World, input: Record<string, unknown>) {
  return (await done(world, charging, { idempotencyKey: newId(), ...input })).charges;
}

/** The same with all that it answers. */
export async function triedCharge(world: World, input: Record<string, unknown>, actor = {}) {
  return (await world.ok(charging, { variables: { input: { idempotencyKey: newId(), ...input } }, ...actor })).chargeIntercompany;
}

/** A firm whose second legal entity, in GBP or as wished, lends it Basil: his hour costs 48.00 there. */
export async function lendingFirm(world: World, { currency = 'GBP', cost = '48.00' } = {}): Promise<Lending> {
  const borrower = await firm(world);
  await borrower.standardCards();
  const code = newId().slice(-8);
  const { legalEntity } = await done(world, createEntity, { code, name: `Lender ${code}`, currency, countryCode: 'GB' });
  await done(world, createPeriods, { idempotencyKey: code, legalEntityId: legalEntity.id, firstYear: 2026 });
  const lines = [{ laborCategoryId: borrower.senior, rate: cost }];
  await publishedCard(world, { kind: 'COST', scope: 'STANDARD', currency, legalEntityId: legalEntity.id, lines });
  const basil = newId();
  await world.publish(resources.Employee, [{ id: basil, data: anEmployee({ legalEntityId: legalEntity.id, name: 'Basil' }) }]);
  return { ...borrower, lenderId: legalEntity.id, borrowerId: borrower.legalEntityId, basil };
}
export type Lending = Firm & { lenderId: string; borrowerId: string; basil: string };

/** Says what pounds are worth: 1.20 EUR from the 30th of January on, and later on. */
export async function poundsInEuro(
  world: World,
  rate = '1.20',
  days: readonly string[] = ['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23'],
): Promise<void> {
  const items = days.map((effectiveOn) => ({ baseCurrency: 'GBP', quoteCurrency: 'EUR', rate, effectiveOn, source: 'ECB' }));
  const text = 'mutation ($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { failed userErrors { code } } }';
  await done(world, text, { idempotencyKey: newId(), items });
}

const standing = `query ($ids: [ID!]) { actuals(first: 250, filter: { sourceIds: $ids, reversed: false }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes {
  id version kind status pricingRevision legalEntity { id } counterpart { id } contract { id } contractLineId accountingDate hours amount { amount currency } intercompanyCharge { number }
  priceExplanation { rule rate { amount currency } spent { amount currency } markUpPercent intercompanyTerms { id } conversion { original { amount currency } rate } text } } } }`;

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Standing = Record<'COST' | 'RESOURCING_COST' | 'INTERCOMPANY_SALES' | 'UNBILLED_SALES', any>;

/** What stands of a source, by kind. */
export async function standingOf(world: World, sourceId: string): Promise<Partial<Standing>> {
  const { nodes } = (await world.ok(standing, { variables: { ids: [sourceId] } })).actuals;
  return Object.fromEntries(nodes.map((node: { kind: string }) => [node.kind, node]));
}

/** The amounts of what stands: cost of the borrower, cost of the lender, what is asked, what is sold. */
export async function amountsOf(world: World, sourceId: string): Promise<(string | null)[]> {
  const found = await standingOf(world, sourceId);
  return (['COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES', 'UNBILLED_SALES'] as const).map((kind) => {
    const amount = found[kind]?.amount;
    return amount ? `${amount.amount} ${amount.currency}` : null;
  });
}

/** The sum of each legal entity, kind and currency over all there is of sources, reversals among it: what must be nothing where all was taken back. */
export async function sumsOf(world: World, sourceIds: readonly string[]): Promise<Record<string, string>> {
  const rows =
    await world.sql`select kind, currency, sum(amount_minor)::text as minor from finance.actual where source_id = any(${[...sourceIds]}::uuid[]) group by 1, 2 order by 1, 2`;
  return Object.fromEntries(rows.map(({ kind, currency, minor }) => [`${kind} ${currency}`, minor]));
}
