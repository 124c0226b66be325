import { type ContractReference, references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { lockReferences, references } from '#kernel/reference.ts';
import { rowsById } from '#kernel/rows.ts';
import { and, eq, inArray, ne, or, type SQL, sql } from '#kernel/sql.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';
import { type ExchangeSearch, searchOf } from '../billing/exchange.ts';
import type { Cards, ContractTerms, PricedCard, PricedVersion } from '../billing/price.ts';
import { readBooks } from '../books.ts';
import { readRates } from '../exchangeRate/read.ts';
import { type Lendings, lendingsBy, readLendingTerms } from '../intercompany/lending.ts';
import { type Bought, readBought } from '../subcontract/read.ts';
import { type LegalEntityRow, legalEntities, type RateCardVersionRow, rateCardLines, rateCards, rateCardVersions } from '../tables.ts';
import { asKnown, cardAsKnown } from './known.ts';

/** Whose work it is, for sentences: the name, and the id behind it. */
export type Who = { nameOfEmployee(id: string): string; nameOfLaborCategory(id: string | null): string };

/** Who it is, and how one currency becomes another: on the day of the work, unless `exchangeDay` says on which instead. */
export type Prices = Who & { exchange: ExchangeSearch; exchangeDay?: CalendarDate };

/** Everything that pricing a lot of work needs, read once for all of it. */
export type Pricing = Prices &
  Lendings &
  Bought & {
    project(id: string): ProjectReference | undefined;
    contract(id: string | null): ContractReference | undefined;
    employee(id: string): EmployeeReference | undefined;
    /** In whose books work on the project stands. */
    legalEntity(project: ProjectReference): LegalEntityRow | undefined;
    salesCards(project: ProjectReference, terms: ContractTerms, legalEntityId: string): Cards;
    costCards(legalEntityId: string): readonly PricedCard[];
    /** A card that was named, such as by the terms of a lender. */
    card(id: string | null): PricedCard | undefined;
  };

type Priced = { projectId: string; employeeId: string | null; laborCategoryId: string | null; workDate: CalendarDate; spent?: Money | null };

/** Other terms than those that are published now. */
export type Instead = {
  /** By contract. */
  contracts?: ReadonlyMap<string, ContractReference>;
  /** The rates and versions that were recorded until then. */
  known?: Date | undefined;
  /** Keeps contracts from changing until the transaction ends, so that nobody prices by terms that end meanwhile and hears nothing of it. */
  lock?: Scope;
};

/** Reads projects, contracts, legal entities, the matching lines of all cards, and who worked: seven statements, however much work it is, one more for exchange rates where there is more than one currency, one where somebody is of other books, and two where subcontractors' people worked. */
export async function readPricing(db: Db, work: readonly Priced[], instead: Instead = {}): Promise<Pricing> {
  const projects = await references(
    db,
    engagements.Project,
    work.map((each) => each.projectId),
  );
  const books = await readBooks(db, projects, (ids) => readContracts(db, ids, instead));
  const { contracts } = books;
  const legalEntityIds = present([...projects.values()].map(books.of));
  const employees = await references(db, resources.Employee, present(work.map((each) => each.employeeId)));
  const terms = await readLendingTerms(db, { employees: employees.values(), borrowerIds: legalEntityIds, known: instead.known });
  const booksIds = present([...legalEntityIds, ...terms.map(({ lenderId }) => lenderId)]);
  const entities = await rowsById(db, legalEntities, booksIds);
  const owners = {
    legalEntityIds: booksIds,
    customerIds: present([...projects.values()].map((project) => project.customerId)),
    cardIds: present(
      [...contracts.values()].flatMap((each) => each.versions.map((version) => version.rateCardId)).concat(terms.map(({ rateCardId }) => rateCardId)),
    ),
  };
  const cards = work.length === 0 ? [] : await readCards(db, owners, { work, known: instead.known });
  const bought = await readBought(db, employees, [...projects.keys()]);
  const currencies = present([
    ...work.map(({ spent }) => spent?.currency),
    ...[...contracts.values(), ...entities.values(), ...cards].map((each) => each.currency),
    ...[...projects.keys()].flatMap((id) => bought.subcontractLines(id).map((line) => line.currency)),
  ]);
  const dates = work.map(({ workDate }) => workDate);
  return {
    ...(await readWho(db, work, employees)),
    exchange: searchOf(await readRates(db, { currencies, dates, known: instead.known })),
    project: (id) => projects.get(id),
    contract: (id) => (id === null ? undefined : contracts.get(id)),
    employee: (id) => employees.get(id),
    legalEntity: (project) => entities.get(books.of(project) ?? ''),
    ...lendingsBy({ terms, employee: (id) => employees.get(id), legalEntity: (id) => entities.get(id) }),
    ...rolesOf(cards),
    ...bought,
  };
}

async function readContracts(db: Db, ids: readonly string[], { contracts, known, lock }: Instead): Promise<Map<string, ContractReference>> {
  const found = lock ? await lockReferences(lock, engagements.Contract, ids) : await references(db, engagements.Contract, ids);
  const meant = new Map([...found].map(([id, contract]) => [id, contracts?.get(id) ?? contract]));
  return known ? new Map([...meant].flatMap(([id, contract]) => asKnown(contract, known).map((then) => [id, then] as const))) : meant;
}

async function readWho(db: Db, work: readonly Priced[], people: ReadonlyMap<string, EmployeeReference>): Promise<Who> {
  const categories = await references(db, resources.LaborCategory, present(work.map((each) => each.laborCategoryId)));
  const named = (name: string | undefined, id: string) => (name ? `${name} (${id})` : id);
  return {
    nameOfEmployee: (id) => named(people.get(id)?.name, id),
    nameOfLaborCategory: (id) => (id === null ? 'no labor category' : `the labor category ${named(categories.get(id)?.name, id)}`),
  };
}

type Card = PricedCard & { kind: string; scope: string; legalEntityId: string | null; customerId: string | null };

/** Who asks for cards often gets the same arrays again. */
function rolesOf(cards: readonly Card[]): Pick<Pricing, 'salesCards' | 'costCards' | 'card'> {
  const byOwner = Map.groupBy(
    cards,
    (card) => `${card.scope} ${card.kind} ${card.scope === 'CUSTOMER' ? card.customerId : card.scope === 'STANDARD' ? card.legalEntityId : ''}`,
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return {
    salesCards: (project, terms, legalEntityId) => ({
      contract: terms.rateCardId ? byId.get(terms.rateCardId) : undefined,
      customer: byOwner.get(`CUSTOMER SALES ${project.customerId}`) ?? [],
      standard: byOwner.get(`STANDARD SALES ${legalEntityId}`) ?? [],
    }),
    card: (id) => (id === null ? undefined : byId.get(id)),
    costCards: (legalEntityId) => byOwner.get(`STANDARD COST ${legalEntityId}`) ?? [],
  };
}

type Owners = { legalEntityIds: readonly string[]; customerIds: readonly string[]; cardIds: readonly string[] };

/** Lines of published versions that can match, with their version and card: what does not match is not read. */
async function readCards(db: Db, owners: Owners, { work, known }: { work: readonly Priced[]; known: Date | undefined }): Promise<Card[]> {
  const dates = work.map((each) => each.workDate).sort();
  const span = sql`daterange(${rateCardVersions.effectiveFrom}, ${rateCardVersions.effectiveTo} + 1, '[)') && daterange(${dates[0]}::date, ${dates.at(-1)}::date, '[]')`;
  const ofOwner = or(
    and(wordIn(rateCards.scope, ['STANDARD']), inArray(rateCards.legalEntityId, [...owners.legalEntityIds])),
    and(wordIn(rateCards.scope, ['CUSTOMER']), inArray(rateCards.customerId, [...owners.customerIds])),
    inArray(rateCards.id, [...owners.cardIds]),
  );
  const then = known && (await knownVersions(db, ofOwner, known));
  const ofWork = or(
    inArray(rateCardLines.employeeId, present(work.map((each) => each.employeeId))),
    inArray(rateCardLines.laborCategoryId, present(work.map((each) => each.laborCategoryId))),
  );
  const rows = await db
    .select({ card: rateCards, version: rateCardVersions, line: rateCardLines })
    .from(rateCards)
    .innerJoin(
      rateCardVersions,
      and(eq(rateCardVersions.rateCardId, rateCards.id), ne(rateCardVersions.status, 'DRAFT'), then ? inArray(rateCardVersions.id, [...then.keys()]) : span),
    )
    .innerJoin(rateCardLines, and(eq(rateCardLines.rateCardVersionId, rateCardVersions.id), ofWork))
    .where(ofOwner);
  const cards = new Map<string, Card & { versions: PricedVersion[] }>();
  const versions = new Map<string, PricedVersion & { byEmployee: Map<string, Line>; byLaborCategory: Map<string, Line> }>();
  for (const { card, version, line } of rows) {
    const { id, currency, kind, scope, legalEntityId, customerId } = card;
    const loaded = cards.get(id) ?? { id, currency, kind, scope, legalEntityId, customerId, versions: [] };
    cards.set(id, loaded);
    const { effectiveFrom, effectiveTo } = then?.get(version.id) ?? version;
    const priced = versions.get(version.id) ?? { id: version.id, effectiveFrom, effectiveTo, byEmployee: new Map(), byLaborCategory: new Map() };
    if (!versions.has(version.id)) loaded.versions.push(priced);
    versions.set(version.id, priced);
    if (line.employeeId) priced.byEmployee.set(line.employeeId, { id: line.id, minor: line.rateMinor });
    if (line.laborCategoryId) priced.byLaborCategory.set(line.laborCategoryId, { id: line.id, minor: line.rateMinor });
  }
  return [...cards.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The versions of cards as they were known at an instant, by id. */
async function knownVersions(db: Db, ofOwner: SQL | undefined, known: Date): Promise<Map<string, RateCardVersionRow>> {
  const rows = await db
    .select({ version: rateCardVersions })
    .from(rateCardVersions)
    .innerJoin(rateCards, eq(rateCards.id, rateCardVersions.rateCardId))
    .where(and(ofOwner, ne(rateCardVersions.status, 'DRAFT')));
  const byCard = Map.groupBy(
    rows.map(({ version }) => version),
    ({ rateCardId }) => rateCardId,
  );
  return new Map([...byCard.values()].flatMap((versions) => cardAsKnown(versions, known)).map((version) => [version.id, version]));
}

type Line = { id: string; minor: bigint };

function present(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))];
}
