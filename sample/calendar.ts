import { addDays, type CalendarDate, dateOf, daysBetween, mondayOf } from '#kernel/period.ts';

export type Scale = 'S' | 'M' | 'L';

/**
 * How large the firm is, and how long its history: `approvedWeeks` are over, approved and, but for the last, billed.
 * Facts of work in the last `loggedWeeks` are in the log; older ones have left it, as they do after their retention.
 */
export type Size = {
  customers: number;
  contracts: number;
  projects: number;
  employees: number;
  approvedWeeks: number;
  cycleWeeks: number;
  loggedWeeks: number;
};

export const sizes: Readonly<Record<Scale, Size>> = {
  S: { customers: 8, contracts: 16, projects: 20, employees: 30, approvedWeeks: 9, cycleWeeks: 2, loggedWeeks: 11 },
  M: { customers: 50, contracts: 150, projects: 200, employees: 500, approvedWeeks: 41, cycleWeeks: 1, loggedWeeks: 6 },
  L: { customers: 500, contracts: 1500, projects: 2000, employees: 5000, approvedWeeks: 41, cycleWeeks: 1, loggedWeeks: 6 },
};

export type WeekState = 'APPROVED' | 'SUBMITTED' | 'DRAFT';

/** The days that a firm of that size lives in; the last week is the one of `now`. */
export type Calendar = {
  now: Date;
  today: CalendarDate;
  firstDay: CalendarDate;
  middle: CalendarDate;
  /** Facts of work from this day on are in the log. */
  loggedFrom: CalendarDate;
  mondays: readonly CalendarDate[];
  stateOf(week: number): WeekState;
  /** The last week that is approved; nobody billed it yet. */
  lastApproved: number;
  /** The billing cycle of a week; undefined for weeks that nobody billed yet. */
  cycleOf(week: number): Cycle | undefined;
};

/** Weeks that go on one invoice. */
export type Cycle = { number: number; cutOff: CalendarDate; invoiceDate: CalendarDate; last: boolean };

/** The calendar of a firm as of `now`. */
export function calendarOf(now: Date, size: Size): Calendar {
  const today = dateOf(now);
  const weeks = size.approvedWeeks + 2;
  const firstDay = addDays(mondayOf(today), -7 * (weeks - 1));
  const mondays = Array.from({ length: weeks }, (_, week) => addDays(firstDay, 7 * week));
  const cycles = Math.floor((size.approvedWeeks - 1) / size.cycleWeeks);
  return {
    now,
    today,
    firstDay,
    middle: addDays(firstDay, Math.floor(daysBetween(firstDay, today) / 2)),
    loggedFrom: addDays(firstDay, 7 * Math.max(0, weeks - size.loggedWeeks)),
    mondays,
    lastApproved: size.approvedWeeks - 1,
    stateOf: (week) => (week < size.approvedWeeks ? 'APPROVED' : week === size.approvedWeeks ? 'SUBMITTED' : 'DRAFT'),
    cycleOf: (week) => {
      const number = Math.floor(week / size.cycleWeeks);
      if (number >= cycles) return undefined;
      const cutOff = addDays(firstDay, 7 * (number + 1) * size.cycleWeeks - 1);
      return { number, cutOff, invoiceDate: addDays(cutOff, 2), last: number === cycles - 1 };
    },
  };
}

/** The first day of the month of a date. */
export function monthOf(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 8)}01`;
}

/** An instant on a day: hours and minutes in UTC. */
export function at(date: CalendarDate, time = '09:00'): Date {
  return new Date(`${date}T${time}:00.000Z`);
}
