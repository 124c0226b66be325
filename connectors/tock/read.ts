import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseDecimal } from '#kernel/decimal.ts';
import { type Fields, fieldsOf, isRecord } from './fields.ts';

export type Agency = { pk: number; name: string };
export type AccountingCode = { pk: number; code: string; office: string; agency: number; billable: boolean; flatRate: boolean };
export type Project = { pk: number; name: string; description: string; accountingCode: number; startDate: string | null; endDate: string | null };
export type User = { pk: number; username: string; firstName: string; lastName: string; email: string; active: boolean; joined: string };
export type Userdata = { pk: number; user: number; startDate: string | null; endDate: string | null; currentEmployee: boolean };
export type Grade = { pk: number; employee: number; grade: number; startDate: string };
export type Period = { pk: number; startDate: string; endDate: string };
export type Timecard = { pk: number; user: number; period: number };
/** `hours` is the source's own decimal text; no grade is null. */
export type Line = { pk: number; timecard: number; project: number; hours: string; grade: number | null; notes: string };
/** Per hour, in US dollars, as decimal text. */
export type Rate = { category: string; bill: string; cost: string };

type Table<Row> = ReadonlyMap<number, Row>;

/** A dump that fits together: every key leads somewhere. Tables are in the order of their keys. */
export type Dump = {
  agencies: Table<Agency>;
  accountingCodes: Table<AccountingCode>;
  projects: Table<Project>;
  users: Table<User>;
  userdata: Table<Userdata>;
  grades: Table<Grade>;
  periods: Table<Period>;
  timecards: Table<Timecard>;
  lines: Table<Line>;
  /** Models that this import does not know, with their numbers of records. */
  unknown: ReadonlyMap<string, number>;
};

export type Source = { dump: Dump; rates: readonly Rate[] };

/** The folder does not hold what the import expects; `problems` says where. */
export class BadSource extends Error {
  override name = 'BadSource';
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[]) {
    const shown = problems.slice(0, 20).map((problem) => `\n  ${problem}`);
    const more = problems.length > shown.length ? `\n  and ${problems.length - shown.length} more` : '';
    super(`${what}${shown.join('')}${more}`);
    this.problems = problems;
  }
}

/** Reads and checks data-update.json and rate-card.csv of a folder. */
export async function readSource(folder: string): Promise<Source> {
  const [dump, card] = await Promise.all([text(folder, 'data-update.json'), text(folder, 'rate-card.csv')]);
  return { dump: readDump(dump), rates: readRates(card) };
}

async function text(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'is not there'
        : `cannot be read: ${error instanceof Error ? error.message : error}`;
    throw new BadSource(`${join(folder, file)} ${why}. Give the folder that holds data-update.json and rate-card.csv.`, []);
  }
}

const models: {
  readonly [Name in Exclude<keyof Dump, 'unknown'>]: { model: string; read: (pk: number, fields: Fields) => Dump[Name] extends Table<infer Row> ? Row : never };
} = {
  agencies: { model: 'projects.agency', read: (pk, fields) => ({ pk, name: fields.text('name') }) },
  accountingCodes: {
    model: 'projects.accountingcode',
    read: (pk, fields) => ({
      pk,
      code: fields.text('code'),
      office: fields.text('office'),
      agency: fields.key('agency', 'projects.agency'),
      billable: fields.flag('billable'),
      flatRate: fields.flag('flat_rate'),
    }),
  },
  projects: {
    model: 'projects.project',
    read: (pk, fields) => ({
      pk,
      name: fields.text('name'),
      description: fields.text('description'),
      accountingCode: fields.key('accounting_code', 'projects.accountingcode'),
      startDate: fields.optional('start_date', fields.date),
      endDate: fields.optional('end_date', fields.date),
    }),
  },
  users: {
    model: 'auth.user',
    read: (pk, fields) => ({
      pk,
      username: fields.text('username'),
      firstName: fields.text('first_name'),
      lastName: fields.text('last_name'),
      email: fields.text('email'),
      active: fields.flag('is_active'),
      joined: fields.day('date_joined'),
    }),
  },
  userdata: {
    model: 'employees.userdata',
    read: (pk, fields) => ({
      pk,
      user: fields.key('user', 'auth.user'),
      startDate: fields.optional('start_date', fields.date),
      endDate: fields.optional('end_date', fields.date),
      currentEmployee: fields.flag('current_employee'),
    }),
  },
  grades: {
    model: 'employees.employeegrade',
    read: (pk, fields) => ({ pk, employee: fields.key('employee', 'auth.user'), grade: fields.whole('grade'), startDate: fields.date('g_start_date') }),
  },
  periods: {
    model: 'hours.reportingperiod',
    read: (pk, fields) => ({ pk, startDate: fields.date('start_date'), endDate: fields.date('end_date') }),
  },
  timecards: {
    model: 'hours.timecard',
    read: (pk, fields) => ({ pk, user: fields.key('user', 'auth.user'), period: fields.key('reporting_period', 'hours.reportingperiod') }),
  },
  lines: {
    model: 'hours.timecardobject',
    read: (pk, fields) => ({
      pk,
      timecard: fields.key('timecard', 'hours.timecard'),
      project: fields.key('project', 'projects.project'),
      hours: fields.decimal('hours_spent'),
      grade: fields.optional('grade', (name) => fields.key(name, 'employees.employeegrade')),
      notes: fields.text('notes'),
    }),
  },
};

/** Reads a Django dump: a list of `{ model, pk, fields }`, in any order. */
export function readDump(json: string): Dump {
  const sorted = byModel(json);
  const problems: string[] = [];
  const keys = new Map([...sorted].map(([model, records]) => [model, new Set(records.map((record) => record.pk))]));
  const table = <Row>({ model, read }: { model: string; read: (pk: number, fields: Fields) => Row }): Table<Row> => {
    const rows = new Map<number, Row>();
    for (const { pk, fields } of sorted.get(model) ?? []) {
      if (rows.has(pk)) problems.push(`${model} ${pk} stands in the dump twice.`);
      rows.set(pk, read(pk, fieldsOf({ where: `${model} ${pk}`, fields, keys, problems })));
    }
    sorted.delete(model);
    return rows;
  };
  const dump = {
    agencies: table(models.agencies),
    accountingCodes: table(models.accountingCodes),
    projects: table(models.projects),
    users: table(models.users),
    userdata: table(models.userdata),
    grades: table(models.grades),
    periods: table(models.periods),
    timecards: table(models.timecards),
    lines: table(models.lines),
  };
  if (problems.length > 0) throw new BadSource('data-update.json does not fit together:', problems);
  return { ...dump, unknown: new Map([...sorted].map(([model, records]) => [model, records.length])) };
}

type Raw = { pk: number; fields: Readonly<Record<string, unknown>> };

function byModel(json: string): Map<string, Raw[]> {
  const list = parsed(json);
  const sorted = new Map<string, Raw[]>();
  const problems: string[] = [];
  for (const [index, record] of list.entries()) {
    if (!isRecord(record) || typeof record.model !== 'string' || !Number.isSafeInteger(record.pk) || !isRecord(record.fields)) {
      problems.push(`record ${index + 1} is no { model, pk, fields }.`);
      continue;
    }
    const own = sorted.get(record.model) ?? [];
    sorted.set(record.model, own);
    own.push({ pk: Number(record.pk), fields: record.fields });
  }
  if (problems.length > 0) throw new BadSource('data-update.json is no Django dump:', problems);
  for (const records of sorted.values()) records.sort((a, b) => a.pk - b.pk);
  return sorted;
}

function parsed(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    if (Array.isArray(value)) return value;
  } catch (error) {
    throw new BadSource(`data-update.json is no JSON: ${error instanceof Error ? error.message : error}`, []);
  }
  throw new BadSource('data-update.json is no list of records.', []);
}

const header = 'labor_category,bill_rate_usd_per_hour,cost_rate_usd_per_hour';

/** Reads the rate card: a labor category per line, with what an hour is sold for and what it costs. */
export function readRates(csv: string): Rate[] {
  const [first, ...records] = recordsOf(csv);
  if (first?.record.join() !== header) throw new BadSource(`rate-card.csv must begin with "${header}".`, []);
  const problems: string[] = [];
  const rates = records.map(({ record, info }): Rate => {
    const [category = '', bill = '', cost = '', ...rest] = record;
    const fits = category !== '' && rest.length === 0 && [bill, cost].every((rate) => (parseDecimal(rate, 2) ?? -1n) >= 0n);
    if (!fits) problems.push(`line ${info.lines}: "${record.join()}" is no category and two rates with at most two decimals.`);
    return { category, bill, cost };
  });
  const twice = rates.find((rate, index) => rates.findIndex((other) => other.category === rate.category) < index);
  if (twice) problems.push(`${twice.category} stands in the card twice.`);
  if (rates.length === 0) problems.push('it has no rates.');
  if (problems.length > 0) throw new BadSource('rate-card.csv cannot be used:', problems);
  return rates;
}

type CardRecord = { record: string[]; info: { lines: number } };

function recordsOf(csv: string): CardRecord[] {
  try {
    // With `info` the package's types still say plain rows.
    return parse(csv, {
      bom: true,
      trim: true,
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as CardRecord[];
  } catch (error) {
    throw new BadSource(`rate-card.csv is no CSV: ${error instanceof Error ? error.message : error}`, []);
  }
}
