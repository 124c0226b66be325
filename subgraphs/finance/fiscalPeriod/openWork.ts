import { references as engagements } from '#engagements/published.ts';
import { type Actor, may } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { references } from '#kernel/reference.ts';
import { inArray, sql } from '#kernel/sql.ts';
import { seesOwnOnly } from '#kernel/visibility.ts';
import { references as resources } from '#resources/published.ts';
import { readBooks } from '../books.ts';
import { fiscalPeriods } from '../tables.ts';

const workStates = ['SUBMITTED', 'APPROVED', 'EXCEPTED'] as const;
const workTypes = ['TimesheetEntry', 'ExpenseItem', 'Milestone'] as const;
export type WorkState = (typeof workStates)[number];
export type WorkType = (typeof workTypes)[number];

/** Open work of one kind on one project; `people` are some of those who did it, by name. */
export type OpenWork = {
  type: WorkType;
  state: WorkState;
  /** Why it could not be posted. */
  code: string | null;
  projectId: string;
  project: string;
  people: readonly string[];
  persons: number;
  count: number;
  seconds: bigint;
};

/** The databases to ask: what may be counted, and where projects stand, whoever reads. */
type Asked = { work: Db; published: Db };

/** What is dated in periods, belongs into their books and is not there yet: five statements, however many periods. */
export async function openWorkIn({ work, published }: Asked, periodIds: readonly string[]): Promise<Map<string, OpenWork[]>> {
  const { id, legalEntityId, startDate, endDate } = fiscalPeriods;
  if (periodIds.length === 0) return new Map();
  const rows = await work.execute(sql`
    select ${id} as period, ${legalEntityId} as books, entity_type, project_id, state, code, count(*) as n, coalesce(sum(seconds), 0) as seconds,
      count(distinct employee_id) as persons, to_jsonb((array_agg(distinct employee_id) filter (where employee_id is not null))[1:2]) as people
    from ${fiscalPeriods} join log.open_work on day between ${startDate} and ${endDate} where ${inArray(id, [...periodIds])}
    group by 1, 2, 3, 4, 5, 6 order by 1, 5 desc, 3 desc, 4, 6`);
  const projects = await references(
    published,
    engagements.Project,
    rows.map((row) => String(row.project_id)),
  );
  const books = await readBooks(published, projects);
  const peopleOf = ({ people: some }: (typeof rows)[number]): string[] => (Array.isArray(some) ? some.map(String) : []);
  const people = await references(published, resources.Employee, rows.flatMap(peopleOf));
  const found = rows.flatMap((row) => {
    const project = projects.get(String(row.project_id));
    const type = workTypes.find((each) => each === row.entity_type);
    const state = workStates.find((each) => each === row.state);
    if (!project || !type || !state || books.of(project) !== row.books) return [];
    const open: OpenWork = {
      ...{ type, state, code: row.code === null ? null : String(row.code) },
      ...{ projectId: String(row.project_id), project: project.name, people: peopleOf(row).map((each) => people.get(each)?.name ?? each) },
      ...{ persons: Number(row.persons), count: Number(row.n), seconds: BigInt(String(row.seconds)) },
    };
    return [[String(row.period), open] as const];
  });
  return new Map([...Map.groupBy(found, ([period]) => period)].map(([period, all]) => [period, all.map(([, open]) => open)]));
}

/** What of it is of one state, in figures. */
export function figuresOf(open: readonly OpenWork[], state: WorkState) {
  const own = open.filter((each) => each.state === state);
  const of = (type: WorkType) => own.reduce((sum, each) => sum + (each.type === type ? each.count : 0), 0);
  const seconds = own.reduce((sum, each) => sum + each.seconds, 0n);
  return { timeEntries: of('TimesheetEntry'), expenses: of('ExpenseItem'), milestones: of('Milestone'), seconds };
}

const stateNames: Readonly<Record<WorkState, string>> = { SUBMITTED: 'submitted', APPROVED: 'approved and not posted yet', EXCEPTED: 'in an exception' };
const typeNames: Readonly<Record<WorkType, readonly [string, string]>> = {
  TimesheetEntry: ['time entry', 'time entries'],
  ExpenseItem: ['expense', 'expenses'],
  Milestone: ['milestone', 'milestones'],
};
const mend = 'repair the cause and retryException, or dismissException';
const waits = 'it is posted by itself within moments';

/** What ends it, by kind and state: a refusal to close and the checklist say the same. */
export const cures: Readonly<Record<WorkType, Readonly<Record<WorkState, string>>>> = {
  TimesheetEntry: { SUBMITTED: 'approveTimesheet or rejectTimesheet', APPROVED: waits, EXCEPTED: `${mend}, or requestTimeEntryRecall` },
  ExpenseItem: { SUBMITTED: 'approveExpense or rejectExpense', APPROVED: waits, EXCEPTED: `${mend}, or requestExpenseRecall` },
  Milestone: { SUBMITTED: 'acceptMilestone', APPROVED: waits, EXCEPTED: mend },
};

/** Who did what is for those who may read time and expenses of everybody. */
export function namesPeople(actor: Actor): boolean {
  return may(actor, 'time:read') && may(actor, 'expense:read') && !seesOwnOnly(actor, 'colleague:read');
}

/** Lines that a refusal holds at most. */
const linesAtMost = 8;

/** Says what is open, whose it is and what ends it. Names are for who may read time and expenses of everybody. */
export function sayOpenWork(open: readonly OpenWork[], actor: Actor): string {
  const named = namesPeople(actor);
  const lines = open.slice(0, linesAtMost).map((each) => sayLine(each, named));
  const more = open.length > linesAtMost ? [`and ${open.length - linesAtMost} more groups`] : [];
  return [...lines, ...more].join('; ');
}

function sayLine({ type, state, code, project, people, persons, count, seconds }: OpenWork, named: boolean): string {
  const what = `${count} ${typeNames[type][count === 1 ? 0 : 1]}${seconds > 0n ? ` (${hoursOfSeconds(seconds)} h)` : ''} ${stateNames[state]}`;
  const rest = persons > people.length ? ` and ${persons - people.length} more` : '';
  const who = people.length > 0 ? `${people.join(', ')}${rest} on ${project}` : project;
  return `${named ? `${who}: ` : ''}${what}${code ? `, ${code}` : ''} (${cures[type][state]})`;
}
