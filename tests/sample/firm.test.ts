import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/period.ts';
import { peakLoad } from '#resources/assignment/capacity.ts';
import { calendarOf, type Scale, sizes } from '#sample/calendar.ts';
import { makeFirm } from '#sample/firm.ts';
import { randomOf } from '#sample/random.ts';

const now = new Date('2026-11-22T10:00:00Z');
const whole = (firm: ReturnType<typeof makeFirm>) => {
  const { calendar, company, clients, deals, workers, jobs, assignments } = firm;
  const work = [...firm.work()];
  return JSON.stringify(
    { calendar, company, clients, deals, workers, jobs, assignments, work, fees: firm.fees(), books: firm.books() },
    (key, value: unknown) => (key === 'job' ? undefined : typeof value === 'bigint' ? `${value}` : value),
  );
};

describe('the sample firm', () => {
  test('is the same for the same scale, moment and seed, and another for another', () => {
    const first = whole(makeFirm({ scale: 'S', now }));
    expect(whole(makeFirm({ scale: 'S', now }))).toBe(first);
    expect(whole(makeFirm({ scale: 'S', now, seed: 'other' }))).not.toBe(first);
    expect(whole(makeFirm({ scale: 'S', now: new Date('2026-11-23T10:00:00Z') }))).not.toBe(first);
  });

  test.each(['2026-01-01', '2026-02-28', '2026-03-01', '2027-01-04', '2028-02-29', '2026-12-31'])(
    'is believable on %s: nothing approved lies ahead, nobody is over-booked, no id twice',
    (day) => {
      const firm = makeFirm({ scale: 'S', now: new Date(`${day}T00:00:00Z`) });
      const work = [...firm.work()];
      const entries = work.flatMap((each) => each.entries);
      const actuals = [...work.flatMap((each) => each.actuals), ...firm.fees()];
      const books = firm.books();
      expect(entries.every((entry) => entry.workDate < day && (!entry.approvedAt || entry.approvedAt <= new Date(`${day}T23:59:59Z`)))).toBe(true);
      expect(entries.every((entry) => entry.approvedBy !== entry.employeeId)).toBe(true);
      expect(
        [...books.invoices.map(({ invoiceDate }) => invoiceDate), ...books.payments.map(({ receivedOn }) => receivedOn)].every((date) => date <= day),
      ).toBe(true);
      for (const { employee } of firm.workers) {
        const booked = firm.assignments.filter(({ employeeId, status }) => employeeId === employee.id && status === 'CONFIRMED');
        expect(peakLoad(booked, { startDate: '2020-01-01', endDate: '2035-01-01' })).toBeLessThanOrEqual(employee.weeklySeconds);
      }
      const ids = [...entries, ...actuals, ...books.invoices, ...books.invoiceLines, ...books.entryLines, ...firm.workers.map(({ employee }) => employee)].map(
        ({ id }) => id,
      );
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test.each(['S', 'M', 'L'] satisfies Scale[])('has people at scale %s whose days fit what they are: nobody is gone before they came', (scale) => {
    for (const { employee, stints } of makeFirm({ scale, now }).workers) {
      const { status, hiredOn, terminatedOn } = employee;
      expect(hiredOn <= (terminatedOn ?? hiredOn), `${status} from ${hiredOn} to ${terminatedOn}`).toBe(true);
      expect(hiredOn > '2026-11-22').toBe(status === 'PENDING');
      expect(terminatedOn !== null).toBe(status === 'TERMINATED');
      for (const { from, to } of stints) expect(hiredOn <= from && from <= to && to <= (terminatedOn ?? to)).toBe(true);
    }
  });

  test('has a calendar of whole weeks that ends in the week of now', () => {
    for (const scale of ['S', 'M', 'L'] satisfies Scale[]) {
      for (let day = 0; day < 7; day += 1) {
        const { mondays, today, firstDay, stateOf, cycleOf } = calendarOf(new Date(Date.parse('2026-11-16T12:00:00Z') + day * 86_400_000), sizes[scale]);
        expect(mondays.at(-1)).toBe('2026-11-16');
        expect(new Date(firstDay).getUTCDay()).toBe(1);
        expect([stateOf(mondays.length - 1), stateOf(mondays.length - 2), stateOf(mondays.length - 3)]).toEqual(['DRAFT', 'SUBMITTED', 'APPROVED']);
        expect([cycleOf(0)?.number, cycleOf(mondays.length - 3)]).toEqual([0, undefined]);
        expect((cycleOf(mondays.length - 4)?.invoiceDate ?? addDays(today, 1)) <= today).toBe(true);
      }
    }
  });
});

describe('chance', () => {
  test('repeats itself, branch by branch, and stays within its bounds', () => {
    const [a, b] = [randomOf('x'), randomOf('x')];
    const draws = Array.from({ length: 500 }, () => a.int(3, 7));
    expect(Array.from({ length: 500 }, () => b.int(3, 7))).toEqual(draws);
    expect(new Set(draws)).toEqual(new Set([3, 4, 5, 6, 7]));
    expect(a.branch('y').next()).toBe(randomOf('x').branch('y').next());
    expect(a.branch('y').next()).not.toBe(a.branch('z').next());
    expect(() => a.pick([])).toThrow(RangeError);
  });

  test('gives UUIDv7 of the instant', () => {
    const id = randomOf('x').id(Date.parse('2026-11-22T10:00:00Z'));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T10:00:00Z'));
  });
});
