import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadSource, readDump, readRates, readSource } from '#connectors/tock/read.ts';
import { tock, tockFolder } from '../support/tock.ts';

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof BadSource) return error.problems.length > 0 ? error.problems : [error.message];
    throw error;
  }
  throw new Error('nothing was refused');
};

const record = (model: string, pk: number, fields: object) => ({ model, pk, fields });

describe('the dump', () => {
  test('gives its tables in the order of their keys, whatever the order of the file', () => {
    const dump = readDump(tock([record('projects.agency', 9, { name: 'Nine' }), record('projects.agency', 2, { name: 'Two' })]));
    expect([...dump.agencies.values()]).toEqual([
      { pk: 2, name: 'Two' },
      { pk: 9, name: 'Nine' },
    ]);
  });

  test('keeps hours as text and an absent grade as null', () => {
    const dump = readDump(
      tock([
        record('projects.agency', 1, { name: 'A' }),
        record('projects.accountingcode', 1, { code: 'C', office: '', agency: 1, billable: true, flat_rate: false }),
        record('projects.project', 1, { name: 'P', description: '', accounting_code: 1, start_date: null, end_date: '2015-02-01' }),
        record('auth.user', 1, { username: 'u', first_name: 'U', last_name: 'V', email: 'u@v.w', is_active: true, date_joined: '2015-03-18T22:47:51.077Z' }),
        record('hours.reportingperiod', 1, { start_date: '2015-01-04', end_date: '2015-01-10' }),
        record('hours.timecard', 1, { user: 1, reporting_period: 1 }),
        record('hours.timecardobject', 1, { timecard: 1, project: 1, hours_spent: '7.33', grade: null, notes: '' }),
      ]),
    );
    expect(dump.lines.get(1)).toEqual({ pk: 1, timecard: 1, project: 1, hours: '7.33', grade: null, notes: '' });
    expect(dump.users.get(1)?.joined).toBe('2015-03-18');
    expect(dump.projects.get(1)).toMatchObject({ startDate: null, endDate: '2015-02-01' });
  });

  test('names every field that does not fit, and where it is', () => {
    const broken = tock([
      record('projects.accountingcode', 4, { code: 5, office: 'O', agency: 77, billable: 'yes', flat_rate: false }),
      record('hours.reportingperiod', 1, { start_date: '2015-02-30', end_date: null }),
      record('hours.timecardobject', 8, { timecard: '3', project: 1, hours_spent: 8, grade: null, notes: '' }),
    ]);
    expect(problemsOf(() => readDump(broken))).toEqual([
      'projects.accountingcode 4: code must be text; it is 5.',
      'projects.accountingcode 4: agency must be the key of a projects.agency; it is 77.',
      'projects.accountingcode 4: billable must be true or false; it is "yes".',
      'hours.reportingperiod 1: start_date must be a date; it is "2015-02-30".',
      'hours.reportingperiod 1: end_date must be a date; it is null.',
      'hours.timecardobject 8: timecard must be a whole number; it is "3".',
      'hours.timecardobject 8: project must be the key of a projects.project; it is 1.',
      'hours.timecardobject 8: hours_spent must be a decimal as text; it is 8.',
    ]);
  });

  test('refuses what is no dump at all', () => {
    expect(problemsOf(() => readDump('{'))[0]).toMatch(/^data-update.json is no JSON/);
    expect(problemsOf(() => readDump('{}'))).toEqual(['data-update.json is no list of records.']);
    expect(problemsOf(() => readDump('[{"model": "projects.agency", "pk": "1", "fields": {}}, 3]'))).toEqual([
      'record 1 is no { model, pk, fields }.',
      'record 2 is no { model, pk, fields }.',
    ]);
  });

  test('a key that stands twice is refused, and a model that nobody knows is counted', () => {
    const agency = record('projects.agency', 1, { name: 'A' });
    expect(problemsOf(() => readDump(tock([agency, agency])))).toEqual(['projects.agency 1 stands in the dump twice.']);
    expect(readDump(tock([agency, record('auth.group', 1, {})])).unknown).toEqual(new Map([['auth.group', 1]]));
  });

  test('a long list of problems is cut in the message, not in the list', () => {
    const broken = tock(Array.from({ length: 30 }, (_, index) => record('projects.agency', index, {})));
    expect(problemsOf(() => readDump(broken))).toHaveLength(30);
    expect(() => readDump(broken)).toThrow(/and 10 more/);
  });
});

describe('the rate card', () => {
  test('may be written as a spreadsheet writes it: quoted, with blanks, with a byte order mark', () => {
    const card = '\ufefflabor_category, bill_rate_usd_per_hour ,cost_rate_usd_per_hour\r\n"Analyst, ""senior""", 69.50 ,"35.48"\r\n';
    expect(readRates(card)).toEqual([{ category: 'Analyst, "senior"', bill: '69.50', cost: '35.48' }]);
  });

  const head = 'labor_category,bill_rate_usd_per_hour,cost_rate_usd_per_hour';

  test('gives a bill and a cost rate per labor category', () => {
    expect(readRates(`${head}\r\nGRADE-1,69.50,35.48\n\nGRADE-2,80.63,41.55\n`)).toEqual([
      { category: 'GRADE-1', bill: '69.50', cost: '35.48' },
      { category: 'GRADE-2', bill: '80.63', cost: '41.55' },
    ]);
  });

  test('refuses other columns, odd rates, repeats and emptiness', () => {
    expect(problemsOf(() => readRates('a,b\n'))[0]).toMatch(/must begin with/);
    expect(problemsOf(() => readRates(`${head}\nGRADE-1,1.234,1\nGRADE-1,-1,1\nGRADE-1,1,2\nGRADE-1,1,2\n`))).toEqual([
      'line 2: "GRADE-1,1.234,1" is no category and two rates with at most two decimals.',
      'line 3: "GRADE-1,-1,1" is no category and two rates with at most two decimals.',
      'GRADE-1 stands in the card twice.',
    ]);
    expect(problemsOf(() => readRates(head))).toEqual(['it has no rates.']);
    expect(problemsOf(() => readRates(`${head}\n\nGRADE-1,1\n`))).toEqual(['line 3: "GRADE-1,1" is no category and two rates with at most two decimals.']);
    expect(problemsOf(() => readRates(`${head}\n"GRADE-1,1,1\n`))[0]).toMatch(/^rate-card.csv is no CSV: /);
    expect(problemsOf(() => readRates(''))[0]).toMatch(/must begin with/);
  });
});

describe('the folder', () => {
  test('says which file is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tock-'));
    await writeFile(join(folder, 'data-update.json'), '[]');
    await expect(readSource(folder)).rejects.toThrow(/rate-card.csv is not there. Give the folder/);
    await rm(folder, { recursive: true });
  });

  test.skipIf(!existsSync(tockFolder))('reads the whole of the real data (when it is there)', async () => {
    const { dump, rates } = await readSource(tockFolder);
    const sizes = [dump.agencies, dump.accountingCodes, dump.projects, dump.users, dump.userdata, dump.grades, dump.periods, dump.timecards, dump.lines].map(
      (table) => table.size,
    );
    expect(sizes).toEqual([20, 33, 114, 150, 137, 150, 42, 4348, 11047]);
    expect(dump.unknown.size).toBe(0);
    expect(rates.map((rate) => rate.category)).toEqual(Array.from({ length: 15 }, (_, index) => `GRADE-${index + 1}`));
  });
});
