import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type CalendarDate, inMonths } from '#kernel/period.ts';

const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2023-11-20', days));
const firstOf = (date: CalendarDate) => `${date.slice(0, 7)}-01`;

/** How often the months and the edges count a day. */
function counted(date: CalendarDate, from: CalendarDate | undefined, to: CalendarDate | undefined): number {
  const { months, edges } = inMonths(from, to);
  const month = firstOf(date);
  const within = (each: CalendarDate) => (!months?.from || months.from <= each) && (!months?.to || each <= months.to);
  const whole = months && within(month) ? 1 : 0;
  // The range of days is that of the months.
  expect(months && within(date) ? 1 : 0).toBe(whole);
  return whole + edges.filter((edge) => edge.from <= date && date <= edge.to).length;
}

test('whole months and the days beside them count every day of a range once, and no other', () => {
  fc.assert(
    fc.property(day, fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }), (date, from, to) => {
      const within = (!from || from <= date) && (!to || date <= to);
      expect(counted(date, from, to)).toBe(within ? 1 : 0);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['all', undefined, undefined, { months: { from: undefined, to: undefined }, edges: [] }],
  ['a whole month', '2024-02-01', '2024-02-29', { months: { from: '2024-02-01', to: '2024-02-29' }, edges: [] }],
  ['days of one month', '2024-02-01', '2024-02-28', { months: undefined, edges: [{ from: '2024-02-01', to: '2024-02-28' }] }],
  ['nothing', '2024-03-01', '2024-02-01', { months: undefined, edges: [] }],
  ['up to a day', undefined, '2024-03-15', { months: { from: undefined, to: '2024-02-29' }, edges: [{ from: '2024-03-01', to: '2024-03-15' }] }],
  ['from a day on', '2024-03-15', undefined, { months: { from: '2024-04-01', to: undefined }, edges: [{ from: '2024-03-15', to: '2024-03-31' }] }],
  ['the first month that there is', undefined, '0001-01-15', { months: undefined, edges: [{ from: '0001-01-01', to: '0001-01-15' }] }],
  ['the last month that there is', '9999-12-15', undefined, { months: undefined, edges: [{ from: '9999-12-15', to: '9999-12-31' }] }],
])('%s', (_, from, to, expected) => {
  expect(inMonths(from, to)).toEqual(expected);
});
