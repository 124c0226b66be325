import type { CandidateConcern } from '#generated/resources.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { type CalendarDate, effectiveOn } from '#kernel/period.ts';
import { excessOf, freeOf, type SpanWeek, type Week, weeklyOn, weeksOf } from '../capacity/calendar.ts';
import type { Workload } from '../capacity/queries.ts';
import type { EmployeeLaborCategoryRow, EmployeeRow, EmployeeSkillRow, ResourceRequestRow } from '../tables.ts';

/** What is asked for. */
export type Wish = Pick<ResourceRequestRow, 'laborCategoryId' | 'skills' | 'weeklySeconds' | 'percent' | 'startDate' | 'endDate' | 'employerId'>;

/** What is known of somebody who could come. */
export type Profile = Workload & { employee: EmployeeRow; laborCategories: readonly EmployeeLaborCategoryRow[]; skills: readonly EmployeeSkillRow[] };

export type Reason = { concern: CandidateConcern; fits: boolean; points: number; most: number; message: string };
export type Match = { score: number; fits: boolean; reasons: Reason[]; weeks: Week[] };

/** What each concern can give, as the contract says. */
const points = { LABOR_CATEGORY: 30, SKILL: 20, AVAILABILITY: 40, EMPLOYMENT: 20, EMPLOYER: 10 } as const satisfies Record<CandidateConcern, number>;

/** Time per week that a request asks of somebody. */
export function weeklyWanted({ weeklySeconds, percent, startDate }: Wish, { calendar }: Pick<Workload, 'calendar'>): bigint {
  return weeklySeconds ?? (weeklyOn(calendar, startDate) * BigInt(percent ?? 0) + 50n) / 100n;
}

/** The names of labor categories, the weeks of the request, and the time per week, where it is not what the request asks for. */
type Around = { names: ReadonlyMap<string, string>; span: readonly SpanWeek[]; asked?: bigint | undefined };

/** How well somebody fits, and why. */
export function match(wish: Wish, profile: Profile, { names, span, asked }: Around): Match {
  const { startDate: from, endDate: to } = wish;
  const wanted = { startDate: from, endDate: to, weeklySeconds: asked ?? weeklyWanted(wish, profile) };
  const weeks = weeksOf(profile.calendar, span, { ...profile, wanted: [wanted] });
  const excess = excessOf(profile.calendar, profile.booked, wanted);
  const reasons = [
    ...laborCategory(wish, profile, names),
    ...wish.skills.map((skill) => skilled(skill, profile, from)),
    available(weeks, excess),
    employed(wish, profile.employee),
    ...employer(wish, profile.employee),
  ];
  const [given, most] = [sum(reasons.map((each) => each.points)), sum(reasons.map((each) => each.most))];
  return { score: Math.round((100 * given) / most), fits: reasons.every(({ fits }) => fits), reasons, weeks };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function reason(concern: CandidateConcern, share: number, message: string): Reason {
  const most = points[concern];
  return { concern, fits: share === 1, points: Math.floor(most * share), most, message };
}

function laborCategory({ laborCategoryId, startDate }: Wish, profile: Profile, names: ReadonlyMap<string, string>): Reason[] {
  if (!laborCategoryId) return [];
  const held = effectiveOn(profile.laborCategories, startDate)?.laborCategoryId;
  const nameOf = (id: string | undefined) => (id ? (names.get(id) ?? id) : 'no labor category');
  const fits = held === laborCategoryId;
  const message = fits ? `Is ${nameOf(held)}.` : `Is ${nameOf(held)} on ${startDate}, not ${nameOf(laborCategoryId)}.`;
  return [reason('LABOR_CATEGORY', fits ? 1 : 0, message)];
}

function skilled({ name, level }: Wish['skills'][number], { skills }: Profile, day: CalendarDate): Reason {
  const held = skills.find((skill) => skill.name.toLowerCase() === name.toLowerCase() && skill.effectiveFrom <= day);
  if (!held) return reason('SKILL', 0, `Lacks the skill ${name}.`);
  const has = `Has the skill ${held.name} at level ${held.level}`;
  return held.level >= level ? reason('SKILL', 1, `${has}.`) : reason('SKILL', (held.level / level) * 0.99, `${has}, below ${level}.`);
}

function available(weeks: readonly Week[], excess: bigint): Reason {
  const wanted = weeks.reduce((total, week) => total + week.wanted, 0n);
  const short = weeks.filter((week) => freeOf(week) < week.wanted);
  const free = weeks.reduce((total, week) => total + smaller(larger(freeOf(week), 0n), week.wanted), 0n);
  const [tightest] = short.toSorted((a, b) => compare(freeOf(a) - a.wanted, freeOf(b) - b.wanted) || (a.weekStart < b.weekStart ? -1 : 1));
  if (excess <= 0n && !tightest) return reason('AVAILABILITY', 1, `Is free for all ${hoursOfSeconds(wanted)} hours.`);
  const share = wanted === 0n ? 0 : Number((free * 10_000n) / wanted) / 10_000;
  const message = tightest
    ? `Is free for ${hoursOfSeconds(free)} of ${hoursOfSeconds(wanted)} hours; in the week of ${tightest.weekStart} for ${hoursOfSeconds(freeOf(tightest))} of ${hoursOfSeconds(tightest.wanted)}.`
    : `Would work ${hoursOfSeconds(excess)} hours per week too many on some day.`;
  return reason('AVAILABILITY', Math.min(share, 0.99), message);
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

function employed({ startDate, endDate }: Wish, { status, hiredOn, terminatedOn }: EmployeeRow): Reason {
  if (status === 'TERMINATED') return reason('EMPLOYMENT', 0, 'No longer works for the firm.');
  if (hiredOn > startDate) return reason('EMPLOYMENT', 0, `Starts on ${hiredOn} only.`);
  if (terminatedOn && terminatedOn < endDate) return reason('EMPLOYMENT', 0, `Leaves on ${terminatedOn}.`);
  return reason('EMPLOYMENT', 1, 'Is employed on all days.');
}

function employer({ employerId }: Wish, { legalEntityId }: EmployeeRow): Reason[] {
  if (!employerId) return [];
  const fits = legalEntityId === employerId;
  return [reason('EMPLOYER', fits ? 1 : 0, fits ? 'Is employed by the legal entity asked for.' : 'Is employed by another legal entity.')];
}
