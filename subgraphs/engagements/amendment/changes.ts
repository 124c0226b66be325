import { sayMoney } from '#kernel/money.ts';
import { type CalendarDate, within } from '#kernel/period.ts';
import { sayBilling } from '../contract/billing.ts';
import type { AgreedVersion } from '../references.ts';
import type { ContractChangeRow, ContractLineRow, ContractRateRow } from '../tables.ts';

type Pair = Omit<ContractChangeRow, 'effectiveFrom'>;

/** What versions say otherwise than those before them, from a day on: each thing once, and again where a later version had said something else. */
export function changesFrom(effectiveFrom: CalendarDate, before: readonly AgreedVersion[], after: readonly AgreedVersion[]): ContractChangeRow[] {
  const firstDays = [...before, ...after].map(({ row }) => row.effectiveFrom).filter((day) => day > effectiveFrom);
  const told = new Map<string, string>();
  return [...new Set([effectiveFrom, ...firstDays.sort()])].flatMap((day) =>
    pairsOn(day, inForce(before, day), inForce(after, day)).flatMap((pair): ContractChangeRow[] => {
      const key = JSON.stringify([pair.part, pair.line, pair.employeeId, pair.laborCategoryId, pair.field]);
      const said = JSON.stringify([pair.before, pair.after]);
      if (told.get(key) === said) return [];
      told.set(key, said);
      return pair.before === pair.after ? [] : [{ effectiveFrom: day, ...pair }];
    }),
  );
}

/** A change as a sentence. */
export function sayChange({ effectiveFrom, part, line, employeeId, laborCategoryId, field, before, after }: ContractChangeRow): string {
  const whose = employeeId ? ` of employee ${employeeId}` : laborCategoryId ? ` of labor category ${laborCategoryId}` : '';
  const where = line === null ? '' : ` of line ${line}`;
  const what = part === 'RATE' ? 'rate' : part === 'LINE' && field === null ? 'line' : (field ?? 'terms');
  return `From ${effectiveFrom}: ${what}${part === 'LINE' && field === null ? ` ${line}` : `${whose}${where}`}: ${before ?? 'none'} -> ${after ?? 'none'}`;
}

function inForce(versions: readonly AgreedVersion[], day: CalendarDate): AgreedVersion | undefined {
  return versions.find(({ row }) => within(day, { from: row.effectiveFrom, to: row.effectiveTo }));
}

function pairsOn(day: CalendarDate, before: AgreedVersion | undefined, after: AgreedVersion | undefined): Pair[] {
  return [...termPairs(before, after), ...linePairs(before, after), ...ratePairs(day, before, after)];
}

const aboutNobody = { employeeId: null, laborCategoryId: null };

/** A pair for each name that one of both has. */
function pairs(
  part: Pair['part'],
  [before, after]: readonly ReadonlyMap<string, string | null>[],
  about: (name: string) => Omit<Pair, 'part' | 'before' | 'after'>,
) {
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...names].map((name): Pair => ({ part, ...about(name), before: before?.get(name) ?? null, after: after?.get(name) ?? null }));
}

function termPairs(before: AgreedVersion | undefined, after: AgreedVersion | undefined): Pair[] {
  const said = [before, after].map((version) => {
    const { rounding = null, rateCardId = null, paymentTermDays = null, endDate = null } = version?.row ?? {};
    return new Map<string, string | null>([
      ['rounding', rounding],
      ['rateCard', rateCardId],
      ['paymentTermDays', paymentTermDays === null ? null : String(paymentTermDays)],
      ['notToExceed', limitOf(version)],
      ['endDate', endDate],
    ]);
  });
  return pairs('TERMS', said, (field) => ({ line: null, ...aboutNobody, field }));
}

/** All lines are in the contract's currency. */
function limitOf(version: AgreedVersion | undefined): string | null {
  const minor = version?.row.notToExceedMinor ?? null;
  const currency = version?.content.lines[0]?.currency;
  return minor === null || !currency ? null : sayMoney({ minor, currency });
}

function linePairs(before: AgreedVersion | undefined, after: AgreedVersion | undefined): Pair[] {
  const lines = [before, after].map((version) => new Map((version?.content.lines ?? []).map((line) => [line.name, line])));
  const names = new Set(lines.flatMap((each) => [...each.keys()]));
  return [...names].flatMap((name) => {
    const [old, now] = lines.map((each) => each.get(name));
    const about = (field: string | null) => ({ line: name, ...aboutNobody, field });
    if (!old || !now) return [{ part: 'LINE' as const, ...about(null), before: old?.method ?? null, after: now?.method ?? null }];
    return pairs('LINE', [saidOf(old), saidOf(now)], about);
  });
}

function saidOf(line: ContractLineRow): Map<string, string | null> {
  const { method, kinds, projectIds, currency, amountMinor, notToExceedMinor, startDate, endDate } = line;
  const money = (minor: bigint | null) => (minor === null ? null : sayMoney({ minor, currency }));
  return new Map<string, string | null>([
    ['method', method],
    ['kinds', kinds.join(', ')],
    ['projects', projectIds.join(', ')],
    ['amount', money(amountMinor)],
    ['notToExceed', money(notToExceedMinor)],
    ['billing', sayBilling(line)],
    ['startDate', startDate],
    ['endDate', endDate],
  ]);
}

function ratePairs(day: CalendarDate, before: AgreedVersion | undefined, after: AgreedVersion | undefined): Pair[] {
  const rates = [before, after].map((version) => ratesOn(day, version));
  return pairs('RATE', rates, (key) => {
    const [line = null, employeeId = null, laborCategoryId = null]: (string | null)[] = JSON.parse(key);
    return { line, employeeId, laborCategoryId, field: null };
  });
}

/** What is agreed for whom from a day on, in words. */
function ratesOn(day: CalendarDate, version: AgreedVersion | undefined): Map<string, string> {
  const names = new Map((version?.content.lines ?? []).map(({ id, name }) => [id, name]));
  const coming = (version?.content.rates ?? []).filter(({ effectiveTo }) => !effectiveTo || effectiveTo >= day);
  const byWhom = Map.groupBy(coming, ({ lineId, employeeId, laborCategoryId }) => JSON.stringify([lineId && names.get(lineId), employeeId, laborCategoryId]));
  const inOrder = (rates: readonly ContractRateRow[]) => rates.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return new Map(
    [...byWhom].map(([key, rates]) => [
      key,
      inOrder(rates)
        .map((rate) => sayRate(day, rate))
        .join(', '),
    ]),
  );
}

function sayRate(day: CalendarDate, { rateMinor, currency, effectiveFrom, effectiveTo }: ContractRateRow): string {
  const from = effectiveFrom > day ? ` from ${effectiveFrom}` : '';
  const to = effectiveTo ? ` to ${effectiveTo}` : '';
  return `${sayMoney({ minor: rateMinor, currency })}${from}${to}`;
}
