import type { ContractLineTerms, ContractRateTerms, ContractVersionTerms } from '#engagements/published.ts';
import type { Rounding } from '#kernel/decimal.ts';
import { type Money, priceOfSeconds } from '#kernel/money.ts';
import { type CalendarDate, effectiveOrFirst, within } from '#kernel/period.ts';
import { type Cap, capsOf } from './caps.ts';
import { type Conversion, convert, type Exchange } from './exchange.ts';

/** Which rule gave an amount; the first six are the rate search, in its order. */
export const priceRules = [
  'CONTRACT_LINE_OVERRIDE',
  'CONTRACT_EMPLOYEE',
  'CONTRACT_LABOR_CATEGORY',
  'CONTRACT_RATE_CARD',
  'CUSTOMER_RATE_CARD',
  'STANDARD_RATE_CARD',
  'SUBCONTRACT_LINE',
  'EXPENSE_AMOUNT',
  'EXPENSE_MARK_UP',
  'PER_DIEM',
  'MILESTONE_AMOUNT',
  'CONTRACT_FEE',
  'PER_CENT_COMPLETE',
  'GIVEN_AMOUNT',
  'INTERCOMPANY_COST_PLUS',
  'INTERCOMPANY_RATE_CARD',
] as const;
export type PriceRule = (typeof priceRules)[number];
export type PriceDimension = 'CONTRACT_LINE' | 'EMPLOYEE' | 'LABOR_CATEGORY';

/** The rule that priced an actual, stored with it: who asks later gets this answer, whatever changed since. */
export type PriceExplanation = {
  rule: PriceRule;
  matched: PriceDimension[];
  /** Minor units per hour, of the currency that was converted where there was one; null where no rate was involved. */
  rateMinor: string | null;
  /** The currency of the amount. */
  currency: string;
  rounding: Rounding | null;
  rateCardId: string | null;
  rateCardVersionId: string | null;
  rateCardLineId: string | null;
  contractId: string | null;
  contractVersionId: string | null;
  contractVersionNumber: number | null;
  /** The contract's own rate that gave it. */
  contractRateId: string | null;
  contractLineId: string | null;
  /** Minor units of all of it, where a limit split the sale; absent otherwise. */
  wholeMinor?: string;
  /** What was added to what was spent, and on what; absent where nothing was. */
  markUpBasisPoints?: number;
  spentMinor?: string;
  /** What a day is sold for; absent where nothing is sold by the day. */
  dayRateMinor?: string;
  /** The terms by which another legal entity lends the employee; absent where none does. */
  intercompanyTermsId?: string;
  /** The line of the order that it was bought by; absent where it was not bought. */
  subcontract?: { subcontractId: string; lineId: string; name: string; number: number };
  /** How it came from another currency; absent where rate or amount was in this one. */
  conversion?: Conversion;
};

/** What a contract says on a day: the version in force, in the contract's currency. */
export type ContractTerms = ContractVersionTerms & { currency: string };

/** The terms that hold on a day; those of the first version hold for the days before it, too. */
export function termsOn(contract: { currency: string; versions: readonly ContractVersionTerms[] }, date: CalendarDate): ContractTerms {
  const version = effectiveOrFirst(contract.versions, date);
  if (!version) throw new Error(`a contract without terms on ${date}`);
  return { ...version, currency: contract.currency };
}

/** A line of the contract as it is on a day. */
export function lineOn(contract: Parameters<typeof termsOn>[0] | undefined, lineId: string | null, date: CalendarDate): ContractLineTerms | undefined {
  return contract && termsOn(contract, date).lines.find((line) => line.id === lineId);
}

/** The limits that a line, and its contract, have on a day. */
export function capsOn(
  contract: (Parameters<typeof termsOn>[0] & { name: string }) | undefined,
  on: { contractId: string | null; lineId: string | null; date: CalendarDate },
): Cap[] {
  if (!contract || on.contractId === null) return [];
  const terms = termsOn(contract, on.date);
  return capsOf(
    terms.lines.find((line) => line.id === on.lineId),
    { id: on.contractId, name: contract.name, terms },
  );
}

/** A published version with the lines that may match. */
export type PricedVersion = {
  id: string;
  effectiveFrom: CalendarDate;
  effectiveTo: CalendarDate | null;
  byEmployee: ReadonlyMap<string, { id: string; minor: bigint }>;
  byLaborCategory: ReadonlyMap<string, { id: string; minor: bigint }>;
};
export type PricedCard = { id: string; currency: string; versions: readonly PricedVersion[] };

/** The cards that a search may look at, already sorted into the roles that they play. */
export type Cards = { contract: PricedCard | undefined; customer: readonly PricedCard[]; standard: readonly PricedCard[] };

/** Whose hour it is that needs a rate. */
export type Work = { workDate: CalendarDate; employeeId: string; laborCategoryId: string };

export type RateHit = { minor: bigint; currency: string; explanation: Omit<PriceExplanation, 'rounding'> };

/** What one hour of the work is sold for: contract line, contract, contract's card, customer's card, standard card. Undefined: no rate. */
export function findSalesRate(work: Work, terms: { contractId: string; contract: ContractTerms; lineId: string; cards: Cards }): RateHit | undefined {
  const { contract, lineId, cards } = terms;
  const { currency } = contract;
  const under = underOf(terms);
  return (
    fromContract(work, terms, (rate) => rate.lineId === lineId) ??
    fromContract(work, terms, (rate) => rate.lineId === null && rate.employeeId !== null) ??
    fromContract(work, terms, (rate) => rate.lineId === null && rate.employeeId === null) ??
    fromCards(work, cards.contract ? [cards.contract] : [], { rule: 'CONTRACT_RATE_CARD', currency, under }) ??
    fromCards(work, cards.customer, { rule: 'CUSTOMER_RATE_CARD', currency, under }) ??
    fromCards(work, cards.standard, { rule: 'STANDARD_RATE_CARD', currency, under })
  );
}

/** What one hour of the work costs: the legal entity's cost card, the employee's line before the labor category's. */
export function findCostRate(work: Work, standard: readonly PricedCard[], currency: string): RateHit | undefined {
  return fromCards(work, standard, { rule: 'STANDARD_RATE_CARD', currency, under: underNone });
}

/** What a card says of an hour, by a rule that no contract has a say in. */
export function findRateOn(work: Work, card: PricedCard, rule: PriceRule): RateHit | undefined {
  return fromCard(work, card, { rule, currency: card.currency, under: underNone });
}

type ContractSearch = { contractId: string; contract: ContractTerms };

/** The contract under which something was priced, and its version. */
export type Under = Pick<PriceExplanation, 'contractId' | 'contractVersionId' | 'contractVersionNumber'>;

const underNone: Under = { contractId: null, contractVersionId: null, contractVersionNumber: null };

export function underOf({ contractId, contract }: ContractSearch): Under {
  return { contractId, contractVersionId: contract.id, contractVersionNumber: contract.number };
}

/** The best matching rate: more dimensions first, the employee before the labor category, then the latest. */
function fromContract(work: Work, { contractId, contract }: ContractSearch, inStep: (rate: ContractRateTerms) => boolean): RateHit | undefined {
  let best: ContractRateTerms | undefined;
  for (const rate of contract.rates) {
    if (!inStep(rate) || !covers(rate, work)) continue;
    if (!best || weight(rate) > weight(best) || (weight(rate) === weight(best) && rate.effectiveFrom > best.effectiveFrom)) best = rate;
  }
  if (!best) return undefined;
  const explanation = {
    ...unpriced(contract.currency),
    rule: ruleOf(best),
    matched: dimensionsOf(best),
    rateMinor: best.minor,
    ...underOf({ contractId, contract }),
    contractRateId: best.id,
    contractLineId: best.lineId,
  };
  return { minor: BigInt(best.minor), currency: contract.currency, explanation };
}

function covers(rate: ContractRateTerms, work: Work): boolean {
  return (
    within(work.workDate, { from: rate.effectiveFrom, to: rate.effectiveTo }) &&
    (rate.employeeId === null || rate.employeeId === work.employeeId) &&
    (rate.laborCategoryId === null || rate.laborCategoryId === work.laborCategoryId)
  );
}

function weight(rate: ContractRateTerms): number {
  return (rate.employeeId === null ? 0 : 2) + (rate.laborCategoryId === null ? 0 : 1);
}

function ruleOf(rate: ContractRateTerms): PriceRule {
  if (rate.lineId !== null) return 'CONTRACT_LINE_OVERRIDE';
  return rate.employeeId === null ? 'CONTRACT_LABOR_CATEGORY' : 'CONTRACT_EMPLOYEE';
}

function dimensionsOf(rate: ContractRateTerms): PriceDimension[] {
  const matched: PriceDimension[] = [];
  if (rate.lineId !== null) matched.push('CONTRACT_LINE');
  if (rate.employeeId !== null) matched.push('EMPLOYEE');
  if (rate.laborCategoryId !== null) matched.push('LABOR_CATEGORY');
  return matched;
}

type CardSearch = { rule: PriceRule; currency: string; under: Under };

/** A card in the wanted currency is asked first; a hit in another one is a hit, and the caller converts it. */
function fromCards(work: Work, cards: readonly PricedCard[], search: CardSearch): RateHit | undefined {
  for (const sameCurrency of [true, false]) {
    for (const card of cards) {
      if ((card.currency === search.currency) !== sameCurrency) continue;
      const hit = fromCard(work, card, search);
      if (hit) return hit;
    }
  }
  return undefined;
}

function fromCard(work: Work, card: PricedCard, { rule, under }: CardSearch): RateHit | undefined {
  const version = card.versions.find((each) => within(work.workDate, { from: each.effectiveFrom, to: each.effectiveTo }));
  if (!version) return undefined;
  const forEmployee = version.byEmployee.get(work.employeeId);
  const line = forEmployee ?? version.byLaborCategory.get(work.laborCategoryId);
  if (!line) return undefined;
  const matched: PriceDimension[] = [forEmployee ? 'EMPLOYEE' : 'LABOR_CATEGORY'];
  const place = { rateCardId: card.id, rateCardVersionId: version.id, rateCardLineId: line.id, ...under };
  return { minor: line.minor, currency: card.currency, explanation: { ...unpriced(card.currency), rule, matched, rateMinor: line.minor.toString(), ...place } };
}

function unpriced(currency: string): Omit<PriceExplanation, 'rounding'> {
  return {
    rule: 'GIVEN_AMOUNT',
    matched: [],
    rateMinor: null,
    currency,
    rateCardId: null,
    rateCardVersionId: null,
    rateCardLineId: null,
    ...underNone,
    contractRateId: null,
    contractLineId: null,
  };
}

/** The explanation of an amount that no rate gave. */
export function explainAmount(rule: PriceRule, currency: string, sold?: { under: Under; contractLineId: string | null }): PriceExplanation {
  return { ...unpriced(currency), rule, rounding: null, ...(sold ? { ...sold.under, contractLineId: sold.contractLineId } : {}) };
}

/** An hourly rate over a duration, rounded once, with the explanation to store. */
export function priceTime(hit: RateHit, seconds: bigint, rounding: Rounding): { minor: bigint; currency: string; explanation: PriceExplanation } {
  return { minor: priceOfSeconds(hit.minor, seconds, rounding), currency: hit.currency, explanation: { ...hit.explanation, rounding } };
}

/** Into which currency a rate in another one is converted, and how. */
export type Into = { currency: string; exchange: Exchange };

/** The same in another currency: rate, duration and exchange are rounded once, half up, as conversions are whatever the contract says of the rest. */
export function priceTimeInto(hit: RateHit, seconds: bigint, { currency, exchange }: Into): Money & { explanation: PriceExplanation } {
  const { conversion, ...money } = convert({ numerator: hit.minor * seconds, denominator: 3600n, currency: hit.currency }, currency, exchange);
  return { ...money, explanation: { ...hit.explanation, currency, rounding: 'HALF_UP', conversion } };
}

/** The contract line that bills such work: one that names the project before one for all of the engagement's. */
export function chooseLine(
  contract: ContractTerms,
  work: { projectId: string; kind: ContractLineTerms['kinds'][number]; workDate: CalendarDate },
): ContractLineTerms | undefined {
  const open = contract.lines.filter((line) => line.kinds.includes(work.kind) && within(work.workDate, { from: line.startDate, to: line.endDate }));
  return open.find((line) => line.projectIds.includes(work.projectId)) ?? open.find((line) => line.projectIds.length === 0);
}

/** Time and materials turn work into sales, and a retainer is drawn by it; the other methods bill fees, and work only consumes. */
export function sellsWork(line: ContractLineTerms): boolean {
  return line.method === 'TIME_AND_MATERIALS' || Boolean(line.retainer);
}
