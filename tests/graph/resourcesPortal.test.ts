import { Kind } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { sdlOf } from '../support/contract.ts';
import { resourcesWorld } from '../support/resources.ts';
import { allowed, portalOf } from '../support/subgraph.ts';
import { plantVolume } from '../support/volume.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
const mine = newId();
const theirs = newId();
let seen: { id: string };
let hidden: { id: string };
let cancelled: { id: string };
let both: { id: string };
beforeAll(async () => {
  world = await resourcesWorld();
  const [myProject, theirProject] = [await world.project(mine), await world.project(theirs)];
  [seen, hidden, cancelled, both] = [await world.worker('Seen'), await world.worker('Hidden'), await world.worker('Cancelled'), await world.worker('Both')];
  await world.propose(seen.id, myProject.id);
  await world.propose(hidden.id, theirProject.id);
  await world.made('cancelAssignment', { input: { id: (await world.propose(cancelled.id, myProject.id)).id } });
  for (const project of [myProject, theirProject]) await world.propose(both.id, project.id);
});
afterAll(() => world[Symbol.asyncDispose]());

const names = (answer: { nodes: { name: string }[] }) => answer.nodes.map(({ name }) => name);

describe('a client', () => {
  test('sees who works for it, in lists, counts and by id, and nobody else', async () => {
    const { employees } = await world.ok('{ employees { totalCount nodes { name assignments { totalCount nodes { customer { id } } } } } }', {
      actor: portalOf(mine),
    });
    expect(employees.totalCount).toBe(2);
    expect(names(employees)).toEqual(['Both', 'Seen']);
    expect(employees.nodes[0].assignments).toEqual({ totalCount: 1, nodes: [{ customer: { id: mine } }] });
    const byId = await world.ok(
      'query ($a: ID!, $b: ID!, $c: ID!) { a: employee(id: $a) { name } b: employee(id: $b) { name } c: employee(id: $c) { name } }',
      { variables: { a: seen.id, b: hidden.id, c: cancelled.id }, actor: portalOf(mine) },
    );
    expect(byId).toEqual({ a: { name: 'Seen' }, b: null, c: null });
    expect(await world.ok('{ employees { totalCount } assignments { totalCount } }', { actor: portalOf() })).toEqual({
      employees: { totalCount: 0 },
      assignments: { totalCount: 0 },
    });
  });

  test('is told whom a row names that it sees, by reference; what is not an employee stays under the rule', async () => {
    const text =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Employee { name } ... on Assignment { status } } }';
    const [assignment] = await world.sql`select id from resources.assignment where employee_id = ${hidden.id}`;
    const representations = [...[seen, hidden].map(({ id }) => ({ __typename: 'Employee', id })), { __typename: 'Assignment', id: assignment?.id }];
    expect((await world.ok(text, { variables: { representations }, actor: portalOf(mine) }))._entities).toEqual([{ name: 'Seen' }, { name: 'Hidden' }, null]);
  });

  test('sees its assignments without the cancelled ones, also below a project', async () => {
    const { assignments } = await world.ok('{ assignments { totalCount nodes { status employee { name } } } }', { actor: portalOf(mine) });
    expect(assignments).toMatchObject({ totalCount: 2, nodes: [{ status: 'PROPOSED' }, { status: 'PROPOSED' }] });
    const text =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { assignments { totalCount } } ... on Project { assignments { totalCount nodes { employee { name } } } } } }';
    const [project] = await world.sql`select project_id as id from resources.assignment where employee_id = ${hidden.id}`;
    const representations = [
      { __typename: 'Customer', id: mine },
      { __typename: 'Customer', id: theirs },
      { __typename: 'Project', id: project?.id },
    ];
    expect((await world.ok(text, { variables: { representations }, actor: portalOf(mine) }))._entities).toEqual([
      { assignments: { totalCount: 2 } },
      { assignments: { totalCount: 0 } },
      { assignments: { totalCount: 0, nodes: [] } },
    ]);
  });

  test('cannot find out by filter or order what it may not read', async () => {
    const ask = (args: string) => world.run(`{ employees(${args}) { totalCount } }`, { actor: portalOf(mine) });
    for (const args of ['filter: { statuses: [TERMINATED] }', `filter: { managerIds: ["${seen.id}"] }`, 'orderBy: { field: HIRED_ON, direction: ASC }'])
      expect((await ask(args)).errors[0]?.code).toBe('FORBIDDEN');
    expect((await ask('filter: { nameContains: "see" }')).data).toEqual({ employees: { totalCount: 1 } });
  });

  test('is shown by the contract only what names a person and the work', async () => {
    const document = await sdlOf('resources');
    const shown = (type: string) =>
      document.definitions
        .flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === type ? (node.fields ?? []) : []))
        .filter((field) => field.directives?.some((each) => JSON.stringify(each.arguments).includes('"portal"')))
        .map((field) => field.name.value);
    expect(shown('Employee')).toEqual(['id', 'name', 'title', 'workEmail', 'assignments']);
    expect(shown('Assignment')).toEqual(['id', 'status', 'employee', 'project', 'task', 'customer', 'startDate', 'endDate']);
    const whole = document.definitions
      .filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some((each) => JSON.stringify(each.arguments).includes('"portal"')))
      .map((node) => ('name' in node ? node.name?.value : ''));
    expect(whole.sort()).toEqual(['AssignmentConnection', 'AssignmentEdge', 'EmployeeConnection', 'EmployeeEdge']);
  });

  test('is confined by an index, however many assignments there are', async () => {
    await plantVolume(world.sql)`insert into resources.assignment (id, employee_id, project_id, customer_id, from_date, to_date, weekly_seconds)
      select gen_random_uuid(), ${hidden.id}, gen_random_uuid(), gen_random_uuid(), '2026-01-01', '2026-01-02', 60 from generate_series(1, 20000)`;
    await world.sql`analyze resources.assignment`;
    const plan = await world.sql`explain select * from resources.employee e where e.id = ${hidden.id} and exists (
      select 1 from resources.assignment a where a.customer_id = any(${[mine]}::uuid[]) and a.employee_id = e.id and a.status <> 'CANCELLED')`;
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan using (assignment_who_serves_whom|assignment_by_customer)/);
  });
});

test('what stands against a read is said: no permission, no answer', async () => {
  const nobody = { ...allowed, permissions: [] };
  for (const text of [
    '{ employees { totalCount } }',
    '{ assignments { totalCount } }',
    `{ employee(id: "${newId()}") { id } }`,
    `{ assignment(id: "${newId()}") { id } }`,
  ]) {
    expect((await world.run(text, { actor: nobody })).errors[0]?.code).toBe('FORBIDDEN');
  }
});
