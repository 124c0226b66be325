import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '#connectors/tock/bulk.ts';
import { printed } from '#connectors/tock/print.ts';
import { readDump } from '#connectors/tock/read.ts';
import { discrepancies, exitCodeOf, type Figures, type Firm, figuresOf, type Report, sameTotals, type Totals } from '#connectors/tock/report.ts';
import { sourceNames } from '#connectors/tock/sourceNames.ts';
import { tinyTock, tock } from '../support/tock.ts';

const dump = readDump(tock(tinyTock()));
const firm: Firm = {
  customers: new Map([
    ['c-ten', 'projects.agency:10'],
    ['c-two', 'projects.agency:2'],
  ]),
  employees: ['e'],
};
const usd = (amount: string) => ({ amount, currency: 'USD' });

/** What the graph says when all of the tiny firm is there: seven lines, six timesheets. */
function totals(more: Partial<Totals> = {}): Totals {
  return {
    timesheets: { totalCount: 6 },
    approved: { totalCount: 6 },
    byStatus: [],
    byCustomer: [
      { customer: { id: 'c-two' }, entries: 5, hours: '47.37' },
      { customer: { id: 'c-ten' }, entries: 2, hours: '0.005' },
    ],
    actualSummary: [
      { kind: 'UNBILLED_SALES', customer: { id: 'c-two' }, count: 4, hours: '40.1', amount: usd('1000.10') },
      { kind: 'UNBILLED_SALES', customer: null, count: 1, hours: '0.25', amount: usd('0.9') },
      { kind: 'COST', customer: { id: 'c-two' }, count: 5, hours: '40.35', amount: usd('500') },
      { kind: 'BILLED_SALES', customer: { id: 'c-two' }, count: 9, hours: '99', amount: usd('9999') },
    ],
    approvedNotPostedSummary: { pending: { entries: 0, hours: '0' }, inException: { entries: 2, hours: '7.33' } },
    operations: { exceptionSummary: [{ code: 'LABOR_CATEGORY_MISSING', count: 2, hours: '7.3300' }] },
    ...more,
  };
}

const refusal = (source: string, code = 'VALIDATION_FAILED', more: Partial<Refusal> = {}): Refusal => ({
  ...{ source, code, mutation: 'recordTimeEntries', guard: null, message: 'No.' },
  ...more,
});
const figures = (more: Partial<Totals> = {}, refusals: readonly Refusal[] = []): Figures => figuresOf({ dump, firm, totals: totals(more), refusals });

describe('the figures', () => {
  test('are of the graph, exact, with two digits and more only where there are more', () => {
    expect(figures()).toEqual({
      timesheets: { read: 6, approved: 6, refused: 0 },
      lines: { read: 7, accepted: 7, refused: {} },
      hoursAccepted: '47.375',
      costActuals: { count: 5, amount: '500.00' },
      salesActuals: { count: 5, hours: '40.35', amount: '1001.00' },
      exceptions: { LABOR_CATEGORY_MISSING: { count: 2, hours: '7.33' } },
      customers: {
        'projects.agency:2': { entries: 5, hours: '47.37', amount: '1000.10' },
        'projects.agency:10': { entries: 2, hours: '0.005', amount: '0.00' },
      },
    });
  });

  test('name customers in the order of the source, numbers by their size', () => {
    expect(Object.keys(figures().customers)).toEqual(['projects.agency:2', 'projects.agency:10']);
  });

  test('count refused lines by code, and a timesheet that was refused twice once', () => {
    const refusals = [
      refusal('hours.timecardobject:1'),
      refusal('hours.timecardobject:2'),
      refusal('hours.timecardobject:3', 'NOT_FOUND'),
      refusal('hours.timecard:1', 'NOT_FOUND', { mutation: 'submitTimesheets' }),
      refusal('hours.timecard:1', 'NOT_FOUND', { mutation: 'approveTimesheets' }),
      refusal('projects.project:1'),
    ];
    expect(figures({}, refusals)).toMatchObject({ lines: { refused: { VALIDATION_FAILED: 2, NOT_FOUND: 1 } }, timesheets: { refused: 1 } });
  });

  test('leave out money of other currencies, which the discrepancies tell', () => {
    const foreign = { kind: 'COST' as const, customer: null, count: 0, hours: '0', amount: { amount: '7', currency: 'EUR' } };
    const actualSummary = [...totals().actualSummary, foreign];
    expect(figures({ actualSummary }).costActuals.amount).toBe('500.00');
    expect(discrepancies(figures({ actualSummary }), totals({ actualSummary }))).toEqual(['There are actuals in EUR; the figures count those in USD only.']);
  });

  test('add decimals as decimals, however many there are', () => {
    const hundredths = fc.array(fc.integer({ min: 0, max: 99_999 }), { maxLength: 40 });
    fc.assert(
      fc.property(hundredths, (all) => {
        const byCustomer = all.map((each) => ({ customer: { id: 'c-two' }, entries: 1, hours: (each / 100).toFixed(2) }));
        const whole = all.reduce((sum, each) => sum + each, 0);
        expect(figures({ byCustomer }).hoursAccepted).toBe((whole / 100).toFixed(2));
      }),
    );
  });
});

describe('what does not add up', () => {
  const adrift = (more: Partial<Totals>, refusals: readonly Refusal[] = []) => discrepancies(figures(more, refusals), totals(more));

  test('is nothing when every line and every timesheet is accounted for', () => {
    expect(adrift({})).toEqual([]);
    const byCustomer = [{ customer: { id: 'c-two' }, entries: 6, hours: '1' }];
    const operations = { exceptionSummary: [{ code: 'PERIOD_CLOSED', count: 1, hours: '1' }] };
    expect(adrift({ byCustomer, operations }, [refusal('hours.timecardobject:7')])).toEqual([]);
    expect(adrift({ approved: { totalCount: 5 } }, [refusal('hours.timecard:3')])).toEqual([]);
  });

  test.each<[string, Partial<Totals>, string[]]>([
    ['a timesheet that nobody approved', { approved: { totalCount: 5 } }, ['6 timesheets were read, but 5 are approved and 0 refused.']],
    [
      'an entry that waits',
      { approvedNotPostedSummary: { pending: { entries: 3, hours: '1' }, inException: { entries: 0, hours: '0' } } },
      ['3 approved entries wait for being posted.'],
    ],
    ['an exception too few', { operations: { exceptionSummary: [] } }, ['7 lines are accepted, but 5 are posted as cost and 0 stand in an exception.']],
    [
      'a line too few',
      { byCustomer: [{ customer: { id: 'c-two' }, entries: 6, hours: '1' }] },
      ['7 lines were read, but 6 are accepted and 0 refused.', '6 lines are accepted, but 5 are posted as cost and 2 stand in an exception.'],
    ],
  ])('%s', (_, more, told) => {
    expect(adrift(more)).toEqual(told);
  });

  test('is the same for the same rows in another order, and for no others', () => {
    const one = totals();
    expect(sameTotals(one, totals({ byCustomer: [...one.byCustomer].reverse(), actualSummary: [...one.actualSummary].reverse() }))).toBe(true);
    expect(sameTotals(one, totals({ approved: { totalCount: 7 } }))).toBe(false);
    expect(sameTotals(one, totals({ byCustomer: one.byCustomer.slice(1) }))).toBe(false);
  });
});

describe('the printed reconciliation', () => {
  const report = (more: Partial<Report> = {}): Report => ({
    ...{ figures: figures(), refusals: [], unexpected: [], discrepancies: [], notes: [], changed: true, seconds: 12.345 },
    ...more,
  });

  test('says each figure with what it is the sum of', () => {
    expect(printed(report())).toEqual([
      '',
      'Timesheets: 6 read = 6 approved + 0 refused',
      'Lines:      7 read = 7 accepted + 0 refused',
      'Hours:      47.375 accepted',
      'Actuals:    5 of cost, USD 500.00; 5 of sales, 40.35 hours, USD 1001.00',
      'Exceptions: 2 LABOR_CATEGORY_MISSING, 7.33 hours',
      '',
      'Customer            Entries  Hours      USD',
      'projects.agency:2         5  47.37  1000.10',
      'projects.agency:10        2  0.005     0.00',
      '',
      'Done in 12.3 s.',
    ]);
    expect(printed(report({ changed: false })).at(-1)).toBe('Nothing changed: Accord had all of it already (12.3 s).');
  });

  test('tells refusals apart: foreseen ones, and those that make the exit code 2; in the order of the source', () => {
    const foreseen = [refusal('hours.timecardobject:10'), refusal('hours.timecardobject:9', 'GUARD_REFUSED', { guard: 'projectOpen' })];
    const unexpected = [refusal('projects.project:3', 'NOT_FOUND', { mutation: 'upsertProjects', message: 'Gone.' })];
    const refusals = [...foreseen, ...unexpected];
    const told = report({ refusals, unexpected, figures: figures({}, refusals), notes: ['Something odd.'] });
    expect(printed(told).slice(-12)).toEqual([
      '',
      'Refused as the mapping foresees:',
      '  hours.timecardobject:9 at recordTimeEntries: GUARD_REFUSED projectOpen. No.',
      '  hours.timecardobject:10 at recordTimeEntries: VALIDATION_FAILED. No.',
      '',
      'Notes on the data:',
      '  Something odd.',
      '',
      'REFUSED AND NOT FORESEEN:',
      '  projects.project:3 at upsertProjects: NOT_FOUND. Gone.',
      '',
      'Done in 12.3 s.',
    ]);
    expect(printed(told)).toContain('Lines:      7 read = 7 accepted + 2 refused (1 VALIDATION_FAILED, 1 GUARD_REFUSED)');
  });

  test.each<[string, Partial<Report>, number]>([
    ['all is well', {}, 0],
    ['what was foreseen is refused', { refusals: [refusal('hours.timecardobject:1')] }, 0],
    ['something else is refused', { unexpected: [refusal('auth.user:1')] }, 2],
    ['figures differ', { discrepancies: ['7 lines were read.'] }, 2],
  ])('when %s: exit code', (_, more, code) => {
    expect(exitCodeOf(report(more))).toBe(code);
  });
});

describe('names of the source', () => {
  const dump = {
    agencies: new Map([[1, { pk: 1, name: 'GSA' }]]),
    projects: new Map([[7, { pk: 7, name: 'Login', description: '', accountingCode: 1, startDate: null, endDate: null }]]),
    users: new Map([[3, { pk: 3, username: 'ada', firstName: 'Ada', lastName: 'Love', email: '', active: true, joined: '' }]]),
    periods: new Map([[4, { pk: 4, startDate: '2020-01-05', endDate: '2020-01-11' }]]),
    timecards: new Map([[5, { pk: 5, user: 3, period: 4 }]]),
    lines: new Map([[6, { pk: 6, timecard: 5, project: 7, hours: '0', grade: null, notes: '' }]]),
    accountingCodes: new Map(),
    userdata: new Map(),
    grades: new Map(),
    unknown: new Map(),
  };
  test('stand before the ids of customers, people, projects, timesheets and lines; what has none keeps its id', () => {
    const named = sourceNames(dump);
    expect(
      ['projects.agency:1', 'projects.project:7', 'auth.user:3', 'hours.timecard:5', 'hours.timecardobject:6', 'projects.agency:9', 'tock.firm:1'].map(named),
    ).toEqual([
      'GSA (projects.agency:1)',
      'Login (projects.project:7)',
      'Ada Love (auth.user:3)',
      'Ada Love, week of 2020-01-05 (hours.timecard:5)',
      'Ada Love, week of 2020-01-05, Login (hours.timecardobject:6)',
      'projects.agency:9',
      'tock.firm:1',
    ]);
  });
});
