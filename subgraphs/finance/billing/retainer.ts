import type { ContractLineTerms, ContractReference, ContractVersionTerms } from '#engagements/published.ts';
import { addDays, addMonths, type CalendarDate, within } from '#kernel/period.ts';
import { termsOn } from './price.ts';

/** A period that a retainer was, or is, billed for in advance: from 1. */
export type RetainerPeriod = { number: number; from: CalendarDate; to: CalendarDate; minor: bigint };

/** A retainer line of a contract, with its periods that have begun. */
export type Retainer = { lineId: string; name: string; unused: 'EXPIRES' | 'ROLLS_OVER'; periods: readonly RetainerPeriod[] };

/** What approved work drew, by the day of the work. */
export type Draw = { workDate: CalendarDate; minor: bigint };

const months = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;
/** Ten years of months: no contract has more. */
const mostPeriods = 120;

type Terms = Pick<ContractReference, 'startDate'> & { currency: string; versions: readonly ContractVersionTerms[] };

/** The retainers of a contract with the periods that began by a day. The first version that has a line sets its rhythm; each period costs what the version of its first day says. */
export function retainersOf(contract: Terms, upTo: CalendarDate): Retainer[] {
  const found = new Map<string, Retainer>();
  for (const { lines } of contract.versions.toSorted((one, other) => one.number - other.number))
    for (const line of lines) if (line.retainer && !found.has(line.id)) found.set(line.id, retainerOf(contract, line, { ...line.retainer, upTo }));
  return [...found.values()];
}

type Rhythm = NonNullable<ContractLineTerms['retainer']> & { upTo: CalendarDate };

function retainerOf(contract: Terms, line: ContractLineTerms, { every, unused, upTo }: Rhythm): Retainer {
  const start = line.startDate ?? contract.startDate;
  const periods: RetainerPeriod[] = [];
  for (let number = 1; number <= mostPeriods; number += 1) {
    const from = addMonths(start, months[every] * (number - 1));
    if (from > upTo) break;
    const terms = termsOn(contract, from);
    const now = terms.lines.find(({ id }) => id === line.id);
    const last = [now?.endDate, terms.endDate].filter((day) => day !== null && day !== undefined).sort()[0];
    if (!now?.retainer || (last && from > last)) continue;
    const to = addDays(addMonths(start, months[every] * number), -1);
    periods.push({ number, from, to: last && last < to ? last : to, minor: BigInt(now.amountMinor ?? '0') });
  }
  return { lineId: line.id, name: line.name, unused, periods };
}

/** What became of a period: its sum, with what came over from before; what was drawn; what expired with it, and what is left of it. */
export type PeriodBalance = RetainerPeriod & { carriedMinor: bigint; drawnMinor: bigint; expiredMinor: bigint; balanceMinor: bigint };

/** The periods with what was drawn in each. `today` tells which have ended. */
export function balancesOf({ periods, unused }: Retainer, draws: readonly Draw[], today: CalendarDate): PeriodBalance[] {
  let carriedMinor = 0n;
  return periods.map((period) => {
    const drawnMinor = draws.filter(({ workDate }) => within(workDate, period)).reduce((sum, { minor }) => sum + minor, 0n);
    const left = carriedMinor + period.minor - drawnMinor;
    const expiredMinor = unused === 'EXPIRES' && period.to < today && left > 0n ? left : 0n;
    const balance = { ...period, carriedMinor, drawnMinor, expiredMinor, balanceMinor: left - expiredMinor };
    carriedMinor = unused === 'ROLLS_OVER' ? left : 0n;
    return balance;
  });
}

/** What work of a day may still draw: what its period has left, and no more than leaves later periods with what they drew already. */
export function roomOn(retainer: Retainer, draws: readonly Draw[], workDate: CalendarDate): bigint {
  const balances = balancesOf(retainer, draws, '0000-01-01');
  const at = balances.findIndex((period) => within(workDate, period));
  if (at < 0) return 0n;
  const lasting = retainer.unused === 'ROLLS_OVER' ? balances.slice(at) : balances.slice(at, at + 1);
  const [room = 0n] = lasting.map(({ balanceMinor }) => balanceMinor).toSorted((one, other) => (one < other ? -1 : 1));
  return room > 0n ? room : 0n;
}

/** What a retainer has earned by a day: what was drawn, and what expired with the periods that ended. */
export function earnedBy(retainer: Retainer, draws: readonly Draw[], asOf: CalendarDate): bigint {
  const until = draws.filter(({ workDate }) => workDate <= asOf);
  return balancesOf(retainer, until, addDays(asOf, 1)).reduce((sum, { drawnMinor, expiredMinor }) => sum + drawnMinor + expiredMinor, 0n);
}
