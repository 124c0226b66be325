import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysFrom, sharesOf } from '#finance/forecast/calendar.ts';
import { contractedOf } from '#finance/forecast/contracted.ts';
import { figuresOf, type Known, shareOf } from '#finance/forecast/figures.ts';
import { forecastOf, isLine, mondaysOf, projectLines } from '#finance/forecast/project.ts';
import { addSums, type ForecastGap, noSums, type Sums } from '#finance/forecast/report.ts';
import { totalsOf } from '#finance/forecast/totals.ts';
import { newId } from '#kernel/ids.ts';
import { addDays, mondayOf, weekdayOf } from '#kernel/period.ts';
import { weeksIn, weeksOf } from '#resources/capacity/calendar.ts';
import { capacitySeconds } from '#time/summary/capacity.ts';
import { aCalendar, hour, loadedWith, planned, quoteAt } from '../support/forecasts.ts';
import { aContract, aContractLine, aContractVersion } from '../support/siblings.ts';

/** 2026-03-02 is a Monday. */
const monday = '2026-03-02';
const someDay = (days = 60) => fc.integer({ min: 0, max: days }).map((ahead) => addDays(monday, ahead));

const someCalendar = fc
  .record({
    holidays: fc.array(someDay(), { maxLength: 4 }),
    off: fc.array(fc.record({ startDate: someDay(), days: fc.integer({ min: 0, max: 6 }), hours: fc.option(fc.integer({ min: 1, max: 9 })) }), {
      maxLength: 3,
    }),
    weeks: fc.array(fc.record({ effectiveFrom: someDay(), hours: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }) }), { maxLength: 2 }),
    weekly: fc.integer({ min: 1, max: 48 }),
  })
  .map(({ holidays, off, weeks, weekly }) =>
    aCalendar({
      weeklySeconds: String(BigInt(weekly) * hour),
      holidays: new Set(holidays),
      absences: off.map(({ startDate, days, hours }) => {
        return { startDate, endDate: addDays(startDate, days), dailySeconds: hours === null ? null : String(BigInt(hours) * hour) };
      }),
      workWeeks: weeks
        .map(({ effectiveFrom, hours }) => ({ effectiveFrom, daySeconds: hours.map((each) => each * 3600) }))
        .toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1))
        .filter(({ effectiveFrom }, index, all) => effectiveFrom !== all[index + 1]?.effectiveFrom),
    }),
  );

const somePlan = fc
  .record({ startDate: someDay(), days: fc.integer({ min: 0, max: 60 }), hours: fc.integer({ min: 1, max: 60 }), tentative: fc.boolean() })
  .map(({ startDate, days, hours, tentative }) =>
    planned({ startDate, endDate: addDays(startDate, days), weeklySeconds: String(BigInt(hours) * hour), status: tentative ? 'TENTATIVE' : 'CONFIRMED' }),
  );

const someQuotes = fc
  .uniqueArray(fc.record({ from: someDay(), sales: fc.option(fc.bigInt(0n, 30_000n)), cost: fc.option(fc.bigInt(0n, 30_000n)) }), {
    maxLength: 4,
    selector: ({ from }) => from,
  })
  .map((all) => new Map([['2020-01-01', quoteAt()], ...all.map(({ from, sales, cost }) => [from, quoteAt(sales, cost)] as const)]));

const someAsked = fc.record({ asOf: someDay(30), horizonWeeks: fc.integer({ min: 1, max: 6 }) });

const someFirm = fc.record({
  plans: fc.array(somePlan, { maxLength: 4 }),
  calendar: someCalendar,
  quotes: someQuotes,
  asked: someAsked,
  cost: fc.bigInt(-1_000_000n, 1_000_000n),
  recognized: fc.bigInt(-1_000_000n, 1_000_000n),
  contracted: fc.option(fc.bigInt(1n, 10_000_000n)),
});

const forecastWith = ({ plans, contracted, ...wish }: typeof someFirm extends fc.Arbitrary<infer Firm> ? Firm : never) => {
  const lines = [aContractLine({ notToExceedMinor: contracted?.toString() ?? null })];
  const { loaded, of } = loadedWith(plans, { ...wish, contract: { versions: [aContractVersion({ lines })] } });
  return { row: forecastOf(loaded, of), lines: [...projectLines(loaded, of)].filter(isLine) };
};
const sumOf = (all: readonly Sums[]) => all.reduce(addSums, noSums);
const known = (more: Partial<Known> = {}): Known => ({
  ...{ currency: 'EUR', booksCurrency: 'EUR', contractedMinor: 1_000n, recognizedMinor: 400n, billedMinor: 300n, costMinor: 200n },
  ...{ planned: { ...noSums, confirmedSales: 500n, confirmedCost: 300n }, gaps: [], ...more },
});
const gap = (more: Partial<ForecastGap>): ForecastGap => ({
  ...{ figure: 'SALES', code: 'RATE_NOT_FOUND', message: 'None', assignmentId: null, contractLineId: null, employeeId: null },
  ...{ startDate: null, endDate: null, seconds: null, ...more },
});

describe('the days ahead', () => {
  test('know their weeks', () => {
    for (const { date, weekStart, weekday } of daysFrom('2026-02-26', '2026-03-12'))
      expect([date, weekStart, weekday]).toEqual([date, mondayOf(date), weekdayOf(date)]);
    expect(daysFrom('2026-03-05', '2026-03-04')).toEqual([]);
    expect(daysFrom('2026-03-05', '2026-03-05')).toEqual([{ date: '2026-03-05', weekStart: monday, weekday: 3 }]);
  });

  test.each([
    ['a working day', {}, '2026-03-03', 8n],
    ['a Saturday', {}, '2026-03-07', 0n],
    ['a holiday', { holidays: new Set(['2026-03-03']) }, '2026-03-03', 0n],
    ['a day off', { absences: [{ startDate: '2026-03-02', endDate: '2026-03-04', dailySeconds: null }] }, '2026-03-03', 0n],
    ['an afternoon off', { absences: [{ startDate: '2026-03-03', endDate: '2026-03-03', dailySeconds: '14400' }] }, '2026-03-03', 4n],
    ['more off than a day has', { absences: [{ startDate: '2026-03-03', endDate: '2026-03-03', dailySeconds: '72000' }] }, '2026-03-03', 0n],
    ['the day before the employment', { hiredOn: '2026-03-04' }, '2026-03-03', 0n],
    ['the first day of the employment', { hiredOn: '2026-03-03' }, '2026-03-03', 8n],
    ['the last day of the employment', { terminatedOn: '2026-03-03' }, '2026-03-03', 8n],
    ['the day after the employment', { terminatedOn: '2026-03-02' }, '2026-03-03', 0n],
    ['a day of a work week', { workWeeks: [{ effectiveFrom: '2026-03-01', daySeconds: [0, 18_000, 0, 0, 0, 0, 0] }] }, '2026-03-03', 5n],
    ['a day before a work week', { workWeeks: [{ effectiveFrom: '2026-03-04', daySeconds: [0, 18_000, 0, 0, 0, 0, 0] }] }, '2026-03-03', 8n],
  ])('of which %s is worked', (_, more, date, hours) => {
    const [day] = daysFrom(date, date);
    expect(day && sharesOf(aCalendar(more))(day).worked).toBe(hours * hour);
  });

  test('are worked as utilization reckons capacity', () => {
    fc.assert(
      fc.property(someCalendar, (calendar) => {
        const range = { from: monday, to: addDays(monday, 90) };
        const worked = daysFrom(range.from, range.to).reduce((sum, day) => sum + sharesOf(calendar)(day).worked, 0n);
        const capacity = capacitySeconds(calendar, range, { ...calendar, holidays: [...calendar.holidays] });
        // Both spread the contracted week: one in whole seconds, the other in fifths that are rounded once.
        expect(Math.abs(Number(worked - capacity))).toBeLessThan(91);
      }),
    );
  });

  test('take of a booking what the check of capacity takes, week by week, where nobody is off', () => {
    fc.assert(
      fc.property(someCalendar, somePlan, (own, plan) => {
        const calendar = { ...own, absences: [] };
        const asked = { asOf: addDays(monday, -1), horizonWeeks: 30 };
        const { loaded, of } = loadedWith([{ ...plan, status: 'CONFIRMED' }], { calendar, asked });
        const { weeks } = forecastOf(loaded, of);
        const last = weeks.at(-1)?.endDate ?? monday;
        const theirs = weeksOf(
          {
            ...{ weeklySeconds: BigInt(calendar.weeklySeconds), holidays: calendar.holidays, timeOff: [] },
            weeks: calendar.workWeeks.map((week, index, all) => {
              const next = all[index + 1]?.effectiveFrom;
              return { ...week, effectiveTo: next ? addDays(next, -1) : null };
            }),
          },
          weeksIn({ startDate: monday, endDate: last }),
          { booked: [{ ...plan, weeklySeconds: BigInt(plan.weeklySeconds) }] },
        );
        expect(weeks.map(({ startDate, sums }) => [startDate, sums.confirmedSeconds])).toEqual(theirs.map(({ weekStart, booked }) => [weekStart, booked]));
      }),
    );
  });
});

describe('planned work', () => {
  test('is told by week and rate, each line once rounded, and all of it once', () => {
    fc.assert(
      fc.property(someFirm, (firm) => {
        const { row, lines } = forecastWith(firm);
        const { asOf } = firm.asked;
        for (const { startDate, endDate, weekStart, assignmentId, seconds } of lines) {
          const own = firm.plans.find(({ id }) => id === assignmentId);
          expect(own && startDate > asOf && startDate >= own.startDate && endDate <= own.endDate && startDate <= endDate && seconds > 0n).toBe(true);
          if (weekStart !== null) expect([mondayOf(startDate), mondayOf(endDate)]).toEqual([weekStart, weekStart]);
        }
        expect(sumOf([...row.weeks, row.later].map(({ sums }) => sums))).toEqual(row.known.planned);
        expect(lines.reduce((sum, { seconds }) => sum + seconds, 0n)).toBe(row.known.planned.confirmedSeconds + row.known.planned.tentativeSeconds);
        expect(lines.reduce((sum, { sales }) => sum + (sales?.minor ?? 0n), 0n)).toBe(row.known.planned.confirmedSales + row.known.planned.tentativeSales);
        expect(lines.reduce((sum, { cost }) => sum + (cost?.minor ?? 0n), 0n)).toBe(row.known.planned.confirmedCost + row.known.planned.tentativeCost);
        expect(row.weeks.map(({ startDate }) => startDate)).toEqual(mondaysOf(firm.asked));
      }),
    );
  });

  test('that has no rate is named with all its hours, and never counts as nothing', () => {
    fc.assert(
      fc.property(someFirm, (firm) => {
        const { row, lines } = forecastWith(firm);
        for (const figure of ['SALES', 'COST'] as const) {
          const unpriced = lines.filter((line) => (figure === 'SALES' ? line.sales : line.cost) === null);
          const named = row.known.gaps.filter((each) => each.figure === figure);
          expect(named.reduce((sum, { seconds }) => sum + (seconds ?? 0n), 0n)).toBe(unpriced.reduce((sum, { seconds }) => sum + seconds, 0n));
          const number = figure === 'SALES' ? row.figures.scheduled : row.figures.toComplete;
          expect(number === null).toBe(unpriced.length > 0);
        }
      }),
    );
  });

  test('of a week that the day cuts counts its remaining days only', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 13 }), fc.integer({ min: 1, max: 60 }), (ahead, hours) => {
        const asOf = addDays(monday, ahead);
        const plan = planned({ startDate: monday, endDate: addDays(monday, 13), weeklySeconds: String(BigInt(hours) * 5n * hour) });
        const { loaded, of } = loadedWith([plan], { asked: { asOf, horizonWeeks: 1 } });
        const left = daysFrom(addDays(asOf, 1), addDays(monday, 13)).filter(({ weekday }) => weekday < 5);
        const first = left.filter(({ weekStart }) => weekStart === mondayOf(addDays(asOf, 1)));
        const row = forecastOf(loaded, of);
        expect(row.weeks.map(({ sums }) => sums.confirmedSeconds)).toEqual([BigInt(first.length * hours) * hour]);
        expect(row.known.planned.confirmedSeconds).toBe(BigInt(left.length * hours) * hour);
      }),
    );
  });

  test('at one rate stands on one line a week, though other rates change; a new rate begins a line of its own', () => {
    const same = quoteAt();
    const quotes = new Map([
      ['2020-01-01', same],
      ['2026-03-10', { ...same }],
      ['2026-03-12', quoteAt(12_000n)],
    ]);
    const { loaded, of } = loadedWith([planned({ startDate: '2026-03-09', endDate: '2026-03-13', weeklySeconds: String(40n * hour) })], { quotes });
    const lines = [...projectLines(loaded, of)].filter(isLine);
    expect(lines.map(({ startDate, endDate, seconds, sales }) => [startDate, endDate, seconds / hour, sales?.minor])).toEqual([
      ['2026-03-09', '2026-03-11', 24n, 240_000n],
      ['2026-03-12', '2026-03-13', 16n, 192_000n],
    ]);
  });

  test('of nobody who is known, and of days that are too far ahead, is named', () => {
    const { loaded, of } = loadedWith([planned({ endDate: '2099-12-31' })]);
    const codes = (all: typeof loaded) => forecastOf(all, of).known.gaps.map(({ figure, code, startDate, endDate }) => [figure, code, startDate, endDate]);
    expect(codes(loaded)).toEqual([
      ['SALES', 'TOO_FAR_AHEAD', '2031-03-09', '2099-12-31'],
      ['COST', 'TOO_FAR_AHEAD', '2031-03-09', '2099-12-31'],
    ]);
    expect(codes({ ...loaded, spread: () => () => undefined })).toEqual([
      ['SALES', 'EMPLOYEE_UNKNOWN', '2026-03-02', '2099-12-31'],
      ['COST', 'EMPLOYEE_UNKNOWN', '2026-03-02', '2099-12-31'],
    ]);
  });
});

describe('the numbers', () => {
  test('add up, whatever is planned', () => {
    fc.assert(
      fc.property(someFirm, (firm) => {
        const { known: own, figures } = forecastWith(firm).row;
        const { backlog, scheduled, unscheduled, toComplete, atCompletion } = figures;
        if (unscheduled !== null) expect((scheduled ?? 0n) + unscheduled).toBe(backlog);
        if (backlog !== null) expect(backlog + (own.recognizedMinor ?? 0n)).toBe(own.contractedMinor);
        if (atCompletion !== null) expect((own.costMinor ?? 0n) + (toComplete ?? 0n)).toBe(atCompletion);
        expect(atCompletion === null).toBe(toComplete === null);
        expect(backlog === null).toBe(own.contractedMinor === null);
        if (figures.marginAtCompletion !== null) expect(figures.marginAtCompletion + (atCompletion ?? 0n)).toBe(figures.revenueAtCompletion);
        if (figures.marginToDate !== null) expect(figures.marginToDate + (own.costMinor ?? 0n)).toBe(own.recognizedMinor);
      }),
    );
  });

  test.each<[string, Partial<Known>, Partial<ReturnType<typeof figuresOf>>]>([
    ['where all is known', {}, { backlog: 600n, scheduled: 500n, unscheduled: 100n, toComplete: 300n, atCompletion: 500n, completeBasisPoints: 4_000n }],
    ['where all is known, and margins', {}, { marginToDate: 200n, marginAtCompletion: 500n, revenueAtCompletion: 1_000n }],
    ['where more is planned than contracted', { contractedMinor: 700n }, { backlog: 300n, unscheduled: -200n }],
    [
      'where nothing says how much is contracted',
      { contractedMinor: null },
      { backlog: null, unscheduled: null, revenueAtCompletion: 900n, marginAtCompletion: 400n },
    ],
    [
      'where a sales rate is missing',
      { gaps: [gap({})] },
      { scheduled: null, unscheduled: null, backlog: 600n, toComplete: 300n, revenueAtCompletion: 1_000n },
    ],
    ['where a cost rate is missing', { gaps: [gap({ figure: 'COST' })] }, { scheduled: 500n, toComplete: null, atCompletion: null, completeBasisPoints: null }],
    ['where nothing is sold by time', { gaps: [gap({ code: 'NOT_SOLD_BY_TIME' })] }, { scheduled: 500n, unscheduled: 100n }],
    ['in two currencies', { booksCurrency: 'USD' }, { backlog: 600n, atCompletion: 500n, marginToDate: null, marginAtCompletion: null }],
    ['without a contract', { currency: null, contractedMinor: null, recognizedMinor: null }, { backlog: null, atCompletion: 500n, marginToDate: null }],
    ['without cost', { costMinor: 0n, planned: noSums }, { atCompletion: 0n, completeBasisPoints: null }],
  ])('%s', (_, more, expected) => {
    expect(figuresOf(known(more))).toMatchObject(expected);
  });

  test.each([
    [1n, 3n, 3_333n],
    [2n, 3n, 6_667n],
    [3n, 3n, 10_000n],
    [0n, 3n, 0n],
    [null, 3n, null],
    [1n, 0n, null],
    [1n, null, null],
  ])('%s of %s is that many hundredths of a per cent', (done, all, share) => {
    expect(shareOf(done, all)).toBe(share);
  });

  test('are added up by currency, and currencies never to each other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someFirm, fc.constantFrom('EUR', 'USD'), fc.constantFrom('EUR', 'CHF')), { maxLength: 5 }), (firms) => {
        const rows = firms.map(([{ plans, quotes: _, ...wish }, currency, books]) => {
          const quotes = new Map([['2020-01-01', quoteAt(10_000n, 6_000n, { sales: currency, cost: books })]]);
          const { loaded, of } = loadedWith(plans, { ...wish, asked: { asOf: monday, horizonWeeks: 3 }, quotes, books, contract: { currency } });
          return forecastOf(loaded, of);
        });
        const totals = totalsOf();
        for (const row of rows) totals.add(row);
        for (const total of totals.all()) {
          const selling = rows.filter((row) => row.known.currency === total.currency);
          const spending = rows.filter((row) => row.known.booksCurrency === total.currency);
          const sum = (all: typeof rows, of: (row: (typeof rows)[number]) => bigint | null) => all.reduce((so, row) => so + (of(row) ?? 0n), 0n);
          expect(total.scheduled).toBe(sum(selling, ({ figures }) => figures.scheduled));
          expect(total.recognized).toBe(sum(selling, ({ known: own }) => own.recognizedMinor));
          expect(total.cost + total.toComplete).toBe(sum(spending, ({ figures }) => figures.atCompletion));
          expect(total.atCompletion).toBe(total.cost + total.toComplete);
          const inWeeks = sumOf([...total.weeks, total.later].map(({ sums }) => sums));
          expect(inWeeks.confirmedSales).toBe(sum(selling, (row) => row.known.planned.confirmedSales));
          expect(inWeeks.confirmedCost).toBe(sum(spending, (row) => row.known.planned.confirmedCost));
          expect(inWeeks.confirmedSeconds).toBe(sum(selling, (row) => row.known.planned.confirmedSeconds));
          expect(total.projects).toBe(new Set([...selling, ...spending]).size);
        }
        expect(totals.all().map(({ currency }) => currency)).toEqual([...new Set(firms.flatMap(([, currency, books]) => [currency, books]))].sort());
      }),
    );
  });
});

describe('what is contracted', () => {
  const projectId = newId();
  const other = newId();
  const of = (lines: readonly Parameters<typeof aContractLine>[0][], more: Parameters<typeof aContractVersion>[0] = {}) =>
    aContract({ versions: [aContractVersion({ lines: lines.map((line) => aContractLine(line)), ...more })] });
  const shown = (contract: ReturnType<typeof aContract>, alone = true) => {
    const { minor, lines } = contractedOf(contract, { projectId, alone });
    return [minor, ...lines.map((line) => line.gap?.code ?? line.minor)];
  };

  test.each([
    ['of a fixed fee its sum', of([{ method: 'FIXED_FEE', amountMinor: '500' }]), [500n, 500n]],
    ['of milestones their sum', of([{ method: 'MILESTONE', amountMinor: '500' }]), [500n, 500n]],
    ['of milestones without a sum nothing that is known', of([{ method: 'MILESTONE' }]), [null, 'AMOUNT_UNKNOWN']],
    ['of time and materials its limit', of([{ notToExceedMinor: '700' }]), [700n, 700n]],
    ['of time and materials without one nothing that is known', of([{}]), [null, 'OPEN_ENDED']],
    ['of two lines both', of([{ notToExceedMinor: '700' }, { method: 'FIXED_FEE', amountMinor: '500' }]), [1_200n, 700n, 500n]],
    ['of lines no more than the contract may bill', of([{ notToExceedMinor: '700' }], { notToExceedMinor: '600' }), [600n, 700n]],
    ['of lines less than the contract may bill, these', of([{ notToExceedMinor: '700' }], { notToExceedMinor: '800' }), [700n, 700n]],
    ['of lines without a limit that of the contract', of([{}], { notToExceedMinor: '800' }), [800n, 'OPEN_ENDED']],
    ['of a line without a sum no limit of the contract', of([{ method: 'MILESTONE' }], { notToExceedMinor: '800' }), [null, 'AMOUNT_UNKNOWN']],
    ['of a line for the project its sum', of([{ projectIds: [projectId], amountMinor: '5' }]), [5n, 5n]],
    ['of a line for another project nothing', of([{ projectIds: [other], amountMinor: '5' }]), [0n]],
    ['of a line for two projects nothing that is known', of([{ projectIds: [projectId, other], amountMinor: '5' }]), [null, 'SHARED']],
    ['of a retainer by hand its sum', of([{ method: 'RETAINER', amountMinor: '50' }]), [50n, 50n]],
    [
      'of a retainer all its periods',
      of([{ method: 'RETAINER', amountMinor: '50', retainer: { every: 'MONTH', unused: 'EXPIRES' } }], { endDate: '2026-03-31' }),
      [150n, 150n],
    ],
    [
      'of a retainer that its line ends the periods until then',
      of([{ method: 'RETAINER', amountMinor: '50', retainer: { every: 'QUARTER', unused: 'ROLLS_OVER' }, endDate: '2026-05-31' }]),
      [100n, 100n],
    ],
    [
      'of a retainer without an end nothing that is known',
      of([{ method: 'RETAINER', amountMinor: '50', retainer: { every: 'MONTH', unused: 'EXPIRES' } }]),
      [null, 'OPEN_ENDED'],
    ],
    ['without a version is nothing', aContract({ versions: [] }), [0n]],
  ])('%s', (_, contract, expected) => {
    expect(shown(contract)).toEqual(expected);
  });

  test('under a contract of several projects is what lines say of this one alone', () => {
    expect(shown(of([{ amountMinor: '5' }]), false)).toEqual([null, 'SHARED']);
    expect(shown(of([{ amountMinor: '5', projectIds: [projectId] }]), false)).toEqual([5n, 5n]);
    expect(shown(of([{ projectIds: [projectId] }], { notToExceedMinor: '800' }), false)).toEqual([null, 'OPEN_ENDED']);
  });

  test('counts amendments that are applied, also those that begin later', () => {
    const line = { id: newId(), method: 'FIXED_FEE' as const };
    const version = (number: number, amountMinor: string, effectiveFrom: string, effectiveTo: string | null) =>
      aContractVersion({ number, effectiveFrom, effectiveTo, lines: [aContractLine({ ...line, amountMinor })] });
    const contract = aContract({ versions: [version(1, '500', '2026-01-01', '2026-11-30'), version(2, '800', '2026-12-01', null)] });
    expect(shown(contract)).toEqual([800n, 800n]);
  });
});
