import type { AccountingCode, Dump, Line, Project, Rate, Timecard, User } from './read.ts';

/** The name of this source in external references. */
export const system = 'tock';
/** The source has no dates for contracts and rates: this is the day from which its rate card holds. */
export const effectiveFrom = '2014-01-01';
export const currency = 'USD';

/** Accord's ids, by the entity's type and the source's id: `Customer projects.agency:1`. */
export type Ids = { get(key: string): string | undefined };

/** What is sent for one record of the source, or why it cannot be: something that it hangs on was refused. */
export type Mapped<Item> = { source: string; item: Item } | { source: string; lacks: string };

class Lacking extends Error {}

function mapped<Item>(source: string, item: () => Item): Mapped<Item> {
  try {
    return { source, item: item() };
  } catch (error) {
    if (error instanceof Lacking) return { source, lacks: error.message };
    throw error;
  }
}

function need(ids: Ids, entity: string, source: string): string {
  const id = ids.get(`${entity} ${source}`);
  if (id === undefined) throw new Lacking(`${entity} ${source}`);
  return id;
}

/** Ids of the source as external ids. What the source has no record of gets a model that Django would not. */
export const sources = {
  firm: 'tock.firm:1',
  taxProfile: 'tock.taxprofile:1',
  rateCard: (kind: 'SALES' | 'COST') => `tock.ratecard:${kind}`,
  laborCategory: (code: string) => `tock.laborcategory:${code}`,
  agency: (pk: number) => `projects.agency:${pk}`,
  accountingCode: (pk: number) => `projects.accountingcode:${pk}`,
  project: (pk: number) => `projects.project:${pk}`,
  user: (pk: number) => `auth.user:${pk}`,
  timecard: (pk: number) => `hours.timecard:${pk}`,
  line: (pk: number) => `hours.timecardobject:${pk}`,
};

/** An external reference to a record of the source. */
export function refTo(externalId: string): { system: string; externalId: string } {
  return { system, externalId };
}

const keyed = (externalId: string) => ({ externalRef: refTo(externalId) });

/** The firm itself: one legal entity. */
export function legalEntities() {
  return [mapped(sources.firm, () => ({ ...keyed(sources.firm), code: 'TOCK', name: 'Tock consultancy', currency, countryCode: 'US' }))];
}

/** The source knows no tax. */
export function taxProfiles(ids: Ids) {
  return [
    mapped(sources.taxProfile, () => ({
      ...keyed(sources.taxProfile),
      legalEntityId: need(ids, 'LegalEntity', sources.firm),
      code: 'EXEMPT',
      name: 'No tax',
      exempt: true,
      note: 'The source records no tax.',
    })),
  ];
}

/** From the year of the first week to `lastYear`: what is posted needs a period, and so does an invoice of today. */
export function fiscalPeriods(dump: Dump, lastYear: number): { firstYear: number; years: number } {
  const starts = [...dump.periods.values()].map((period) => Number(period.startDate.slice(0, 4)));
  const firstYear = Math.min(lastYear, ...starts);
  return { firstYear, years: lastYear - firstYear + 1 };
}

export const categoryOf = (grade: number): string => `GRADE-${grade}`;

/** Those of the rate card and those of people. */
export function laborCategories(dump: Dump, rates: readonly Rate[]) {
  const codes = new Set([...rates.map((rate) => rate.category), ...[...dump.grades.values()].map((grade) => categoryOf(grade.grade))]);
  return [...codes].map((code) =>
    mapped(sources.laborCategory(code), () => ({ ...keyed(sources.laborCategory(code)), code, name: code.replace(/^GRADE-/, 'Grade ') })),
  );
}

/** The firm's standard cards: what an hour is sold for, and what it costs. */
export function rateCards(ids: Ids) {
  return (['SALES', 'COST'] as const).map((kind) =>
    mapped(sources.rateCard(kind), () => ({
      ...keyed(sources.rateCard(kind)),
      name: `Tock standard ${kind === 'SALES' ? 'bill' : 'cost'} rates`,
      kind,
      scope: 'STANDARD',
      currency,
      legalEntityId: need(ids, 'LegalEntity', sources.firm),
    })),
  );
}

/** The lines of a card's version. */
export function rateLines(rates: readonly Rate[], kind: 'SALES' | 'COST', ids: Ids): Mapped<{ laborCategoryId: string; rate: string }>[] {
  return rates.map(({ category, bill, cost }) => {
    const source = sources.laborCategory(category);
    return mapped(source, () => ({ laborCategoryId: need(ids, 'LaborCategory', source), rate: kind === 'SALES' ? bill : cost }));
  });
}

export function customers(dump: Dump, ids: Ids) {
  return [...dump.agencies.values()].map(({ pk, name }) =>
    mapped(sources.agency(pk), () => ({
      ...keyed(sources.agency(pk)),
      name,
      currency,
      legalEntityId: need(ids, 'LegalEntity', sources.firm),
      taxProfileId: need(ids, 'TaxProfile', sources.taxProfile),
      activate: true,
    })),
  );
}

/** A user is an employee, with userdata or without. The flag `current_employee` wins over an end date. */
export function employees(dump: Dump, ids: Ids) {
  const userdata = new Map([...dump.userdata.values()].map((row) => [row.user, row]));
  const grades = Map.groupBy(dump.grades.values(), (grade) => grade.employee);
  return [...dump.users.values()].map((user) =>
    mapped(sources.user(user.pk), () => {
      const data = userdata.get(user.pk);
      const left = data && !data.currentEmployee && data.endDate;
      const categories = (grades.get(user.pk) ?? []).map(({ grade, startDate }) => ({
        laborCategoryId: need(ids, 'LaborCategory', sources.laborCategory(categoryOf(grade))),
        effectiveFrom: startDate,
      }));
      return {
        ...keyed(sources.user(user.pk)),
        name: nameOf(user),
        workEmail: user.email || null,
        // Time before the day that its own register gives was worked: people are hired on the earlier one.
        hiredOn: [data?.startDate, firstDay(dump, user)].filter((day) => day !== undefined).sort()[0],
        legalEntityId: need(ids, 'LegalEntity', sources.firm),
        laborCategories: categories,
        ...(left ? { status: 'TERMINATED', terminatedOn: left } : { status: 'ACTIVE' }),
      };
    }),
  );
}

function nameOf({ firstName, lastName, username }: User): string {
  return `${firstName} ${lastName}`.trim() || username;
}

/** Where the source has no first day: the day of joining, or of the first recorded week if that was earlier. */
function firstDay(dump: Dump, user: User): string {
  const own = [...dump.timecards.values()].filter((timecard) => timecard.user === user.pk);
  const weeks = own.flatMap((timecard) => dump.periods.get(timecard.period)?.startDate ?? []);
  return [user.joined, ...weeks].sort()[0] ?? user.joined;
}

export function engagements(dump: Dump, ids: Ids) {
  return [...dump.accountingCodes.values()].map(({ pk, code, office, agency }) =>
    mapped(sources.accountingCode(pk), () => ({
      ...keyed(sources.accountingCode(pk)),
      customerId: need(ids, 'Customer', sources.agency(agency)),
      name: code,
      description: office ? `Office ${office}` : null,
      activate: true,
    })),
  );
}

/** A confirmed contract for every accounting code, also where nothing is billed: a project runs under a contract. */
export function contracts(dump: Dump, ids: Ids) {
  return [...dump.accountingCodes.values()].map((row) =>
    mapped(sources.accountingCode(row.pk), () => ({
      ...keyed(sources.accountingCode(row.pk)),
      engagementId: need(ids, 'Engagement', sources.accountingCode(row.pk)),
      legalEntityId: need(ids, 'LegalEntity', sources.firm),
      name: row.code,
      currency,
      rounding: 'HALF_UP',
      startDate: effectiveFrom,
      lines: [contractLine(row)],
      confirm: true,
    })),
  );
}

/** A flat rate has no sum in the source; Accord will refuse such a line, and the refusal is listed. */
function contractLine({ flatRate }: AccountingCode) {
  return flatRate
    ? { name: 'Fixed fee', method: 'FIXED_FEE', kinds: ['TIME', 'EXPENSE'] }
    : { name: 'Time and materials', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
}

/** ACTIVE whatever the source's flag says: time was recorded, and everybody may record it. */
export function projects(dump: Dump, ids: Ids) {
  return [...dump.projects.values()].map((project) =>
    mapped(sources.project(project.pk), () => {
      const code = sources.accountingCode(project.accountingCode);
      return {
        ...keyed(sources.project(project.pk)),
        engagementId: need(ids, 'Engagement', code),
        contractId: need(ids, 'Contract', code),
        name: project.name,
        description: project.description || null,
        billable: isBillable(dump, project),
        selfAssignable: true,
        managerId: need(ids, 'Employee', sources.user(managerPk(dump))),
        ...(project.startDate ? { startDate: project.startDate } : {}),
        ...(project.endDate ? { endDate: project.endDate } : {}),
        activate: true,
      };
    }),
  );
}

function isBillable(dump: Dump, project: Project): boolean {
  return dump.accountingCodes.get(project.accountingCode)?.billable ?? false;
}

/** The source names no manager: it is the user with the lowest key. */
function managerPk(dump: Dump): number {
  return dump.users.keys().next().value ?? 0;
}

export function timesheets(dump: Dump, timecards: readonly Timecard[], ids: Ids) {
  return timecards.map(({ pk, user, period }) =>
    mapped(sources.timecard(pk), () => ({
      ...keyed(sources.timecard(pk)),
      employeeId: need(ids, 'Employee', sources.user(user)),
      startDate: dump.periods.get(period)?.startDate ?? '',
      endDate: dump.periods.get(period)?.endDate ?? '',
    })),
  );
}

/** A line covers the week; its own grade is what counts, and where there is none nothing is guessed. */
export function timeEntries(dump: Dump, lines: readonly Line[], ids: Ids) {
  return lines.map((line) =>
    mapped(sources.line(line.pk), () => {
      const timecard = dump.timecards.get(line.timecard);
      const grade = line.grade === null ? undefined : dump.grades.get(line.grade);
      return {
        ...keyed(sources.line(line.pk)),
        timesheetId: need(ids, 'Timesheet', sources.timecard(line.timecard)),
        employeeId: need(ids, 'Employee', sources.user(timecard?.user ?? 0)),
        projectId: need(ids, 'Project', sources.project(line.project)),
        workDate: dump.periods.get(timecard?.period ?? 0)?.startDate ?? '',
        span: 'WEEK',
        hours: line.hours,
        notes: line.notes.trim() || null,
        laborCategorySource: 'ENTRY',
        ...(grade ? { laborCategoryId: need(ids, 'LaborCategory', sources.laborCategory(categoryOf(grade.grade))) } : {}),
      };
    }),
  );
}

export function submissions(timecards: readonly Timecard[], ids: Ids) {
  return timecards.map(({ pk }) => mapped(sources.timecard(pk), () => ({ id: need(ids, 'Timesheet', sources.timecard(pk)) })));
}

/** The user with the lowest key approves; that user's own timesheets are approved by the one with the next key. */
export function approvals(dump: Dump, timecards: readonly Timecard[], ids: Ids) {
  const [first = 0, second = 0] = dump.users.keys();
  return timecards.map(({ pk, user }) =>
    mapped(sources.timecard(pk), () => ({
      id: need(ids, 'Timesheet', sources.timecard(pk)),
      approverId: need(ids, 'Employee', sources.user(user === first ? second : first)),
    })),
  );
}
