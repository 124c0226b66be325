import type { Cards, PricedCard, PricedVersion } from '#finance/billing/price.ts';
import type { RateCardLineRow, RateCardRow, RateCardVersionRow } from '#finance/tables.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { at, type Calendar, monthOf } from './calendar.ts';
import type { Company } from './company.ts';
import type { Random } from './random.ts';
import { entity } from './rows.ts';

/** All rate cards, as rows and as pricing reads them. */
export type RateBook = {
  cards: RateCardRow[];
  versions: RateCardVersionRow[];
  lines: RateCardLineRow[];
  /** A card that contracts name. */
  named: RateCardRow;
  sales(owner: { rateCardId: string | null; customerId: string; legalEntityId: string }): Cards;
  cost(legalEntityId: string): readonly PricedCard[];
};

type CardWish = Pick<RateCardRow, 'name' | 'kind' | 'scope' | 'currency' | 'legalEntityId' | 'customerId'> & {
  /** Per hundred of the grade's rate or cost, one for each version. */
  percents: readonly [number] | readonly [number, number];
};

type Customer = { id: string; name: string; currency: string; legalEntityId: string };

/** Standard cards of each legal entity, for sales and cost; a card of their own for some customers; one that contracts name. */
export function makeRateBook(
  random: Random,
  { company, calendar, customers }: { company: Company; calendar: Calendar; customers: readonly Customer[] },
): RateBook {
  const standard = company.legalEntities.flatMap(({ id, name, currency }): CardWish[] => {
    const base = currency === 'USD' ? 100 : 90;
    const owner = { scope: 'STANDARD', currency, legalEntityId: id, customerId: null } as const;
    return [
      { ...owner, name: `Standard rates ${name}`, kind: 'SALES', percents: [base - 4, base] },
      { ...owner, name: `Cost rates ${name}`, kind: 'COST', percents: [base - 3, base] },
    ];
  });
  const [home] = company.legalEntities;
  const framework: CardWish = {
    name: 'Framework agreement',
    kind: 'SALES',
    scope: 'NAMED',
    currency: home?.currency ?? 'USD',
    legalEntityId: home?.id ?? null,
    customerId: null,
    percents: [94],
  };
  const agreed = customers
    .filter((_, index) => index % 4 === 1)
    .map(
      ({ id, name, currency, legalEntityId }): CardWish => ({
        name: `Rates of ${name}`,
        kind: 'SALES',
        scope: 'CUSTOMER',
        currency,
        legalEntityId,
        customerId: id,
        percents: [currency === 'USD' ? 92 : 83],
      }),
    );
  const made = [framework, ...standard, ...agreed].map((wish) => makeCard(random, wish, { company, calendar }));
  const cards = made.map(({ card }) => card);
  return {
    cards,
    versions: made.flatMap(({ versions }) => versions),
    lines: made.flatMap(({ lines }) => lines),
    named: cards[0] as RateCardRow,
    ...rolesOf(made),
  };
}

type Made = { card: RateCardRow; versions: RateCardVersionRow[]; lines: RateCardLineRow[]; priced: PricedCard };

function makeCard(random: Random, { percents, ...wish }: CardWish, { company, calendar }: { company: Company; calendar: Calendar }): Made {
  const starts: CalendarDate[] = [`${Number(calendar.firstDay.slice(0, 4)) - 1}-01-01`, monthOf(calendar.middle)];
  const created = at(addDays(calendar.firstDay, -380));
  const card: RateCardRow = { ...entity(random, { created }), ...wish };
  const versions = percents.map((_, index): RateCardVersionRow => {
    const next = index + 1 < percents.length ? starts[index + 1] : undefined;
    const rest = { rateCardId: card.id, kind: card.kind, customerId: card.customerId, number: index + 1, publishedAt: created };
    return {
      ...entity(random, { created, version: next ? 3 : 2 }),
      ...rest,
      status: next ? 'SUPERSEDED' : 'PUBLISHED',
      effectiveFrom: starts[index] ?? calendar.firstDay,
      effectiveTo: next ? addDays(next, -1) : null,
    };
  });
  const lines = versions.flatMap((version, index) =>
    company.grades.map((grade): RateCardLineRow => {
      const whole = card.kind === 'COST' ? grade.cost : grade.rate;
      return {
        ...entity(random, { created }),
        rateCardVersionId: version.id,
        laborCategoryId: grade.id,
        employeeId: null,
        rateMinor: BigInt(whole * (percents[index] ?? 100)),
        currency: card.currency,
      };
    }),
  );
  const priced = { id: card.id, currency: card.currency, versions: versions.map((version) => pricedOf(version, lines)) };
  return { card, versions, lines, priced };
}

function pricedOf({ id, effectiveFrom, effectiveTo }: RateCardVersionRow, lines: readonly RateCardLineRow[]): PricedVersion {
  const own = lines.filter((line) => line.rateCardVersionId === id);
  return {
    id,
    effectiveFrom,
    effectiveTo,
    byEmployee: new Map(),
    byLaborCategory: new Map(own.map((line) => [line.laborCategoryId ?? '', { id: line.id, minor: line.rateMinor }])),
  };
}

function rolesOf(made: readonly Made[]): Pick<RateBook, 'sales' | 'cost'> {
  const of = (test: (card: RateCardRow) => boolean) => made.filter(({ card }) => test(card)).map(({ priced }) => priced);
  const byCustomer = new Map(made.flatMap(({ card, priced }) => (card.customerId ? [[card.customerId, [priced]] as const] : [])));
  const byId = new Map(made.map(({ card, priced }) => [card.id, priced]));
  const standard = (kind: RateCardRow['kind']) =>
    Map.groupBy(
      made.filter(({ card }) => card.scope === 'STANDARD' && card.kind === kind),
      ({ card }) => card.legalEntityId,
    );
  const costs = standard('COST');
  const sales = new Map(
    [...standard('SALES').keys()].map((id) => [id, of((card) => card.scope === 'STANDARD' && card.kind === 'SALES' && card.legalEntityId === id)]),
  );
  return {
    sales: ({ rateCardId, customerId, legalEntityId }) => ({
      contract: byId.get(rateCardId ?? ''),
      customer: byCustomer.get(customerId) ?? [],
      standard: sales.get(legalEntityId) ?? [],
    }),
    cost: (legalEntityId) => (costs.get(legalEntityId) ?? []).map(({ priced }) => priced),
  };
}
