import type { RequiredSkillInput } from '#generated/resources.ts';
import type { Actor } from '#kernel/actor.ts';
import { type DecisionContext, type Draft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText, given } from '#kernel/input.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { demandNamed, type Named, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { demandLevel, demandOnce } from '../employee/parts.ts';
import { checkTerm, weeklySecondsGiven } from '../hours.ts';
import { facts } from '../published.ts';
import { type ResourceRequestRow, resourceRequest, type resourceRequests } from '../tables.ts';
import type { LoadedRequests } from './load.ts';
import type { RequestSubject } from './machine.ts';

/** The fields of an input, whichever of them are there. */
export type RequestFields = {
  name?: string | null | undefined;
  taskId?: string | null | undefined;
  laborCategoryId?: string | null | undefined;
  skills?: readonly RequiredSkillInput[] | null | undefined;
  weeklyHours?: string | null | undefined;
  weeklyDuration?: string | null | undefined;
  percent?: number | null | undefined;
  startDate?: CalendarDate | null | undefined;
  endDate?: CalendarDate | null | undefined;
  place?: string | null | undefined;
  employerId?: string | null | undefined;
};

const mostSkills = 20;
const mostDays = 1096;

/** The columns that an input changes: absent ones stay, null clears where nothing may stand. */
export function columnsOf(input: RequestFields) {
  const { name, taskId, laborCategoryId, skills, startDate, endDate, place, employerId } = input;
  return given({
    ...{ taskId, laborCategoryId, employerId, ...amountOf(input) },
    name: name === undefined ? undefined : checkText('name', name),
    skills: skills === undefined ? undefined : readSkills(skills ?? []),
    startDate: startDate ?? undefined,
    endDate: endDate ?? undefined,
    place: place ? checkText('place', place) : place,
  });
}

function readSkills(skills: readonly RequiredSkillInput[]): ResourceRequestRow['skills'] {
  if (skills.length > mostSkills) throw new Refused('VALIDATION_FAILED', `A request names at most ${mostSkills} skills.`, { field: 'skills' });
  demandOnce(skills, ({ name }) => name.trim().toLowerCase(), { field: 'skills', what: 'The skill' });
  return skills.map(({ name, level }) => {
    demandLevel(level);
    return { name: checkText('skills', name, 100), level };
  });
}

/** Time of a week or percent of it: what is given takes the place of the other. */
function amountOf({ percent, ...input }: RequestFields): Partial<Pick<ResourceRequestRow, 'weeklySeconds' | 'percent'>> {
  const { weeklyHours, weeklyDuration } = input;
  const weeklySeconds = weeklySecondsGiven(given({ weeklyHours: weeklyHours ?? undefined, weeklyDuration: weeklyDuration ?? undefined }));
  const number = percent ?? undefined;
  if (weeklySeconds !== undefined && number !== undefined) throw new Refused('VALIDATION_FAILED', 'Give hours or percent, not both.', { field: 'percent' });
  if (number === undefined) return weeklySeconds === undefined ? {} : { weeklySeconds, percent: null };
  if (number < 1 || number > 100) throw new Refused('VALIDATION_FAILED', 'percent must be 1 to 100.', { field: 'percent' });
  return { weeklySeconds: null, percent: number };
}

type Wanted = Values<typeof resourceRequests>;
type Columns = ReturnType<typeof columnsOf>;

/** A new request, whole; throws when it points to nothing. */
export function drafted(loaded: LoadedRequests, projectId: string, { columns, actor }: { columns: Columns; actor: Actor }): Wanted {
  const project = loaded.projects.get(projectId);
  if (!project || !sees(actor, project)) throw notFound('Project', projectId, 'projectId');
  const { customerId, engagementId, legalEntityId } = project;
  const blank = { taskId: null, laborCategoryId: null, skills: [], weeklySeconds: null, percent: null, place: null, employerId: null };
  const nothing = { proposals: [], decisionNote: null };
  const wanted = { ...blank, ...columns, ...nothing, projectId, customerId, engagementId, legalEntityId, requestedBy: actor.id };
  const whole = wholeValues(resourceRequest, wanted);
  checkRequest(loaded, whole, columns);
  return whole;
}

/** Refuses what could never be fulfilled; pointers are looked up where they were given. */
export function checkRequest(loaded: LoadedRequests, wanted: Wanted, { taskId, laborCategoryId, employerId }: Columns): void {
  checkTerm(wanted);
  const last = addDays(wanted.startDate, mostDays);
  if (wanted.endDate > last) throw new Refused('VALIDATION_FAILED', `The last day is ${last} at most, three years after the first.`, { field: 'endDate' });
  if (wanted.weeklySeconds === null && wanted.percent === null)
    throw new Refused('VALIDATION_FAILED', 'Give weeklyHours, weeklyDuration or percent.', { field: 'weeklyHours' });
  if (taskId && loaded.tasks.get(taskId)?.projectId !== wanted.projectId) throw notFound('Task of this project', taskId, 'taskId');
  const category = laborCategoryId ? loaded.laborCategories.get(laborCategoryId) : undefined;
  if (laborCategoryId && !category) throw notFound('LaborCategory', laborCategoryId, 'laborCategoryId');
  if (category && !category.active) throw new Refused('VALIDATION_FAILED', `The labor category ${category.code} is out of use.`, { field: 'laborCategoryId' });
  if (employerId && !loaded.employers.has(employerId)) throw notFound('LegalEntity', employerId, 'employerId');
}

/** A request as its machine judges it. */
export function subjectOf(
  { projects }: Pick<LoadedRequests, 'projects'>,
  { status, projectId }: Pick<ResourceRequestRow, 'status' | 'projectId'>,
  unexplained: readonly string[] = [],
): RequestSubject {
  return { status, projectStatus: projects.get(projectId)?.status ?? 'UNKNOWN', unexplained };
}

/** A locked request that the actor may know of. */
export function demandRequest({ rows }: LoadedRequests, { id, expectedVersion }: Named, { actor }: DecisionContext): ResourceRequestRow {
  return demandNamed(rows, { entity: resourceRequest.name, id, expectedVersion }, (row) => sees(actor, row));
}

type PlainFact = 'ResourceRequested' | 'ResourceProposed' | 'ResourceRequestChanged';

/** States facts about a request as it now is. */
export function stateRequest(draft: Draft, emits: readonly PlainFact[], row: ResourceRequestRow): void {
  for (const fact of emits) draft.state(facts[fact], { subject: row, keys: keysOf(row), payload: snapshotOf(row) });
}

/** States that a request is fulfilled, and by which assignments. */
export function stateFulfilled(draft: Draft, row: ResourceRequestRow): void {
  const assignmentIds = row.proposals.flatMap(({ assignmentId }) => assignmentId ?? []);
  draft.state(facts.ResourceRequestFulfilled, { subject: row, keys: keysOf(row), payload: { ...snapshotOf(row), assignmentIds } });
}

function keysOf({ customerId, engagementId, projectId, legalEntityId }: ResourceRequestRow) {
  return { customerId, engagementId, projectId, legalEntityId };
}

function snapshotOf({ id, projectId, taskId, status, name, startDate, endDate, proposals }: ResourceRequestRow) {
  return { resourceRequestId: id, projectId, taskId, status, name, startDate, endDate, employeeIds: proposals.map(({ employeeId }) => employeeId) };
}
