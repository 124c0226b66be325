import { references as engagements, type ProjectReference, type TaskReference } from '#engagements/published.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Document } from '#kernel/published.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';
import { timeSubgraph } from '#time/subgraph.ts';
import { entityField, resultField } from './graphClient.ts';
import { anEmployee, aProject, aTask } from './siblings.ts';
import { allowed, subgraphWorld } from './subgraph.ts';

type Call = NonNullable<Parameters<Awaited<ReturnType<typeof subgraphWorld>>['ok']>[1]>;
type Input = Record<string, unknown>;

/** The time subgraph with its siblings played: people, projects, categories, and short ways to make what a story needs. */
export async function timeWorld() {
  const world = await subgraphWorld(timeSubgraph);
  // Behind the days on which its stories happen: nothing is approved before it was done.
  world.time.now = new Date('2026-05-04T09:00:00.000Z');
  const typeOf = (name: string) => world.schema.getMutationType()?.getFields()[name]?.args[0]?.type;

  const play = async <Data>(document: Document<Data>, data: Data, { id = newId(), version = 1 } = {}): Promise<string> => {
    await world.publish(document, [{ id, version, data }]);
    return id;
  };

  /** Runs a mutation on one thing; gives the payload with the thing as `row`. */
  const mutate = async (name: string, input: Input, { select = 'id version status', ...call }: Call & { select?: string } = {}) => {
    const entity = entityField(world.schema, name) || 'deletedId';
    const text = `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { replayed ${entity} ${entity === 'deletedId' ? '' : `{ ${select} }`} userErrors { code field guard message retryable } } }`;
    const payload = (await world.ok(text, { variables: { input }, ...call }))[name];
    return { ...payload, row: payload[entity] };
  };

  /** The same, and nothing may stand against it. */
  const made = async (name: string, input: Input, call: Call & { select?: string } = {}) => {
    const { row, userErrors } = await mutate(name, input, call);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return row;
  };

  /** Runs a bulk mutation; each result has its thing as `row`. */
  const bulk = async (
    name: string,
    items: readonly unknown[],
    { select = 'id version status', key = newId(), ...call }: Call & { select?: string; key?: string } = {},
  ) => {
    const entity = resultField(world.schema, name);
    const text = `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { succeeded failed replayed userErrors { code } results { index ${entity} { ${select} } userErrors { code field guard message } } } }`;
    const payload = (await world.ok(text, { variables: { input: { idempotencyKey: key, items } }, ...call }))[name];
    return { ...payload, results: payload.results.map((result: Record<string, unknown>) => ({ ...result, row: result[entity] })) };
  };

  const employee = (more: Partial<EmployeeReference> = {}) => play(resources.Employee, anEmployee(more));
  const project = async (more: Partial<ProjectReference> = {}) => {
    const data = aProject(more);
    return { id: await play(engagements.Project, data), ...data };
  };
  const task = (projectId: string, more: Partial<TaskReference> = {}) => play(engagements.Task, aTask({ projectId, ...more }));

  /** One entry of 8 hours on a Monday unless told otherwise. */
  const item = (employeeId: string, projectId: string, more: Record<string, unknown> = {}) => ({
    employeeId,
    projectId,
    workDate: '2026-02-23',
    hours: '8',
    ...more,
  });
  const entry = (employeeId: string, projectId: string, more: Record<string, unknown> = {}, select = 'id version status timesheet { id version status }') =>
    made('recordTimeEntry', { idempotencyKey: newId(), ...item(employeeId, projectId, more) }, { select });

  /** An entry that an approver has approved. */
  const approved = async (employeeId: string, projectId: string, more: Record<string, unknown> = {}) => {
    const { id, timesheet } = await entry(employeeId, projectId, more);
    await made('submitTimesheet', { id: timesheet.id });
    await made('approveTimesheet', { id: timesheet.id, approverId: await employee({ name: 'Boss' }) });
    return { id, timesheetId: timesheet.id };
  };

  return {
    ...world,
    play,
    mutate,
    made,
    bulk,
    employee,
    project,
    task,
    item,
    entry,
    approved,
    speaksFor: (employeeId: string, permissions: readonly string[] = ['*']): Actor => ({ ...allowed, id: `staff-${employeeId}`, permissions, employeeId }),
    /** The facts stated after a place, with their payloads and keys. */
    factsAfter: async (count: number) =>
      (
        await world.sql`select type, payload, keys -> 'customerId' ->> 0 as customer_id, keys -> 'customerId' as customer_ids, keys -> 'projectId' ->> 0 as project_id, keys -> 'employeeId' ->> 0 as employee_id, subject_version from log.pending order by sequence`
      ).slice(count),
    /** A scope to call commands of the worker process with. */
    command: <Value>(run: (scope: { tx: typeof world.db; actor: Actor; trace: { correlationId: string }; now: Date }) => Promise<Value>): Promise<Value> =>
      world.db.transaction((tx) => run({ tx, actor: { ...allowed, id: 'worker', kind: 'SERVICE' }, trace: { correlationId: 'worker' }, now: world.time.now })),
    [Symbol.asyncDispose]: world[Symbol.asyncDispose],
  };
}
