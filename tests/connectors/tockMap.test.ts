import { describe, expect, test } from 'vitest';
import * as map from '#connectors/tock/map.ts';
import { qualityNotes } from '#connectors/tock/quality.ts';
import { type Dump, readDump, readRates } from '#connectors/tock/read.ts';
import { tinyCard, tinyTock, tock } from '../support/tock.ts';

const rates = readRates(tinyCard);
/** Knows everything: an id is its key. */
const everything: map.Ids = { get: (key) => `id of ${key}` };

function tiny(change: (records: ReturnType<typeof tinyTock>) => void = () => undefined): Dump {
  const records = tinyTock();
  change(records);
  return readDump(tock(records));
}

function fieldsOf(records: ReturnType<typeof tinyTock>, model: string, pk: number): Record<string, unknown> {
  const found = records.find((record) => record.model === model && record.pk === pk);
  if (!found) throw new Error(`no ${model} ${pk}`);
  return found.fields as Record<string, unknown>;
}

function items<Item>(pieces: readonly map.Mapped<Item>[]): Item[] {
  return pieces.map((piece) => {
    if ('lacks' in piece) throw new Error(`${piece.source} lacks ${piece.lacks}`);
    return piece.item;
  });
}

describe('the firm', () => {
  test('is one legal entity with a tax profile that charges nothing', () => {
    expect(items(map.legalEntities())).toMatchObject([{ externalRef: { system: 'tock', externalId: 'tock.firm:1' }, currency: 'USD' }]);
    expect(items(map.taxProfiles(everything))).toMatchObject([{ legalEntityId: 'id of LegalEntity tock.firm:1', exempt: true }]);
  });

  test('has the labor categories of the card and of its people, once each', () => {
    const dump = tiny((records) => Object.assign(fieldsOf(records, 'employees.employeegrade', 2), { grade: 12 }));
    expect(items(map.laborCategories(dump, rates)).map((item) => [item.code, item.name])).toEqual([
      ['GRADE-1', 'Grade 1'],
      ['GRADE-2', 'Grade 2'],
      ['GRADE-12', 'Grade 12'],
    ]);
  });

  test('has standard cards for sales and cost, from the same file', () => {
    expect(items(map.rateCards(everything)).map(({ kind, scope, currency }) => ({ kind, scope, currency }))).toEqual([
      { kind: 'SALES', scope: 'STANDARD', currency: 'USD' },
      { kind: 'COST', scope: 'STANDARD', currency: 'USD' },
    ]);
    expect(items(map.rateLines(rates, 'SALES', everything)).map((line) => line.rate)).toEqual(['69.50', '80.63']);
    expect(items(map.rateLines(rates, 'COST', everything)).map((line) => line.rate)).toEqual(['35.48', '41.55']);
  });

  test('has fiscal periods from the year of the first week to the present one', () => {
    expect(map.fiscalPeriods(tiny(), 2016)).toEqual({ firstYear: 2014, years: 3 });
    expect(map.fiscalPeriods(readDump('[]'), 2016)).toEqual({ firstYear: 2016, years: 1 });
  });
});

describe('contracts and projects', () => {
  test('an accounting code is an engagement with one confirmed contract, billable or not', () => {
    expect(items(map.engagements(tiny(), everything))).toMatchObject([
      { name: 'INTERN', description: null, customerId: 'id of Customer projects.agency:1', activate: true },
      { name: 'SOLD', description: 'Office East', customerId: 'id of Customer projects.agency:2', activate: true },
    ]);
    for (const contract of items(map.contracts(tiny(), everything))) {
      expect(contract).toMatchObject({
        confirm: true,
        currency: 'USD',
        rounding: 'HALF_UP',
        startDate: '2014-01-01',
        lines: [{ method: 'TIME_AND_MATERIALS' }],
      });
    }
  });

  test('a flat rate is a fixed fee, which Accord refuses for want of a sum', () => {
    const dump = tiny((records) => Object.assign(fieldsOf(records, 'projects.accountingcode', 2), { flat_rate: true }));
    expect(items(map.contracts(dump, everything)).map((contract) => contract.lines[0]?.method)).toEqual(['TIME_AND_MATERIALS', 'FIXED_FEE']);
  });

  test('a project is billable as its accounting code is, open to everybody, and led by the user with the lowest key', () => {
    const [inside, outside] = items(map.projects(tiny(), everything));
    expect(inside).toMatchObject({ billable: false, selfAssignable: true, managerId: 'id of Employee auth.user:1', activate: true, description: null });
    expect(outside).toMatchObject({
      billable: true,
      contractId: 'id of Contract projects.accountingcode:2',
      engagementId: 'id of Engagement projects.accountingcode:2',
    });
    expect(outside).not.toHaveProperty('startDate');
  });

  test('dates of a project are passed on where the source has them', () => {
    const dump = tiny((records) => Object.assign(fieldsOf(records, 'projects.project', 1), { start_date: '2014-02-03' }));
    expect(items(map.projects(dump, everything))[0]).toMatchObject({ startDate: '2014-02-03' });
  });
});

describe('people', () => {
  test('the flag wins over an end date, and the grade counts from its start', () => {
    expect(items(map.employees(tiny(), everything))[0]).toMatchObject({
      name: 'ann Doe',
      workEmail: 'ann@example.org',
      hiredOn: '2013-06-17',
      status: 'ACTIVE',
      laborCategories: [{ laborCategoryId: 'id of LaborCategory tock.laborcategory:GRADE-1', effectiveFrom: '2014-10-07' }],
    });
    expect(items(map.employees(tiny(), everything))[0]).not.toHaveProperty('terminatedOn');
  });

  test('who is no current employee left on the end date', () => {
    const dump = tiny((records) => Object.assign(fieldsOf(records, 'employees.userdata', 1), { current_employee: false }));
    expect(items(map.employees(dump, everything))[0]).toMatchObject({ status: 'TERMINATED', terminatedOn: '2015-05-29' });
  });

  test('who has no userdata is there since joining, or since the first week if that is earlier', () => {
    expect(items(map.employees(tiny(), everything))[2]).toMatchObject({ hiredOn: '2014-10-01', status: 'ACTIVE', laborCategories: [] });
    const idle = tiny((records) => records.splice(0, records.length, ...records.filter((record) => !record.model.startsWith('hours.'))));
    expect(items(map.employees(idle, everything))[2]).toMatchObject({ hiredOn: '2015-03-18' });
  });

  test('a user without names is called by the username', () => {
    const dump = tiny((records) => Object.assign(fieldsOf(records, 'auth.user', 2), { first_name: '', last_name: '', email: '' }));
    expect(items(map.employees(dump, everything))[1]).toMatchObject({ name: 'bob', workEmail: null });
  });
});

describe('time', () => {
  const dump = tiny();
  const timecards = [...dump.timecards.values()];

  test('a timecard is the timesheet of its reporting period, however short', () => {
    expect(items(map.timesheets(dump, timecards, everything))[0]).toEqual({
      externalRef: { system: 'tock', externalId: 'hours.timecard:1' },
      employeeId: 'id of Employee auth.user:1',
      startDate: '2014-10-01',
      endDate: '2014-10-04',
    });
  });

  test('a line covers the week, keeps its hours as they are and has its own grade or none', () => {
    const [first, , , , gradeless] = items(map.timeEntries(dump, [...dump.lines.values()], everything));
    expect(first).toEqual({
      externalRef: { system: 'tock', externalId: 'hours.timecardobject:1' },
      timesheetId: 'id of Timesheet hours.timecard:1',
      employeeId: 'id of Employee auth.user:1',
      projectId: 'id of Project projects.project:2',
      workDate: '2014-10-01',
      span: 'WEEK',
      hours: '10.05',
      notes: null,
      laborCategorySource: 'ENTRY',
      laborCategoryId: 'id of LaborCategory tock.laborcategory:GRADE-1',
    });
    expect(gradeless).toMatchObject({ hours: '7.33', laborCategorySource: 'ENTRY' });
    expect(gradeless).not.toHaveProperty('laborCategoryId');
  });

  test('nobody approves what is their own', () => {
    expect(items(map.approvals(dump, timecards, everything)).map((item) => item.approverId)).toEqual(
      [2, 1, 1, 2, 1, 1].map((pk) => `id of Employee auth.user:${pk}`),
    );
  });

  test('what hangs on something that was refused is not sent, and says on what', () => {
    const known = new Map([['Employee auth.user:1', 'ann']]);
    expect(map.timesheets(dump, timecards, known).map((piece) => ('lacks' in piece ? piece.lacks : 'sent'))).toEqual([
      'sent',
      'Employee auth.user:2',
      'Employee auth.user:3',
      'sent',
      'Employee auth.user:2',
      'Employee auth.user:3',
    ]);
  });
});

test('the contradictions of the data are told', () => {
  expect(qualityNotes(tiny(), '2026-01-01')).toEqual([
    '1 people have an end date in the past and are current employees: the flag wins, they are ACTIVE.',
    '1 users have no userdata: they are employees since they joined or since their first week.',
    '1 users may not log in to the source any more: they are employees all the same.',
    "5 lines are older than the start date of their grade: the line's own grade counts.",
    '2 lines have no grade: each becomes an exception when it is posted, nothing is guessed.',
    '1 lines repeat a timecard and project: all are kept.',
  ]);
  expect(qualityNotes(readDump('[]'), '2026-01-01')).toEqual([]);
});
