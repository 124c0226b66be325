import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, made, siblings, upsert } from '../support/engagements.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
/** Two customers with everything; the ids of each, by entity. */
let mine: Record<string, string>;
let theirs: Record<string, string>;

const usd = (amount: string) => ({ amount, currency: 'USD' });

async function customerWithEverything(name: string): Promise<Record<string, string>> {
  const { id: customer } = await made(world, 'createCustomer', { name, currency: 'USD', legalEntityId: ids.legalEntity, taxProfileId: ids.taxProfile });
  const { id: engagement } = await made(world, 'createEngagement', { customerId: customer, name: `${name} engagement` });
  const lines = [{ name: 'Work', method: 'MILESTONE', kinds: ['TIME'], rates: [{ employeeId: ids.manager, rate: usd('150') }] }];
  const contract = await made(
    world,
    'createContract',
    { engagementId: engagement, name: `${name} contract`, startDate: '2026-01-01', internalNotes: 'Give way at 10 %', rateCardId: ids.salesCard, lines },
    { select: 'id lines { id }' },
  );
  const { id: project } = await made(world, 'createProject', {
    engagementId: engagement,
    contractId: contract.id,
    name: `${name} project`,
    internalNotes: 'Tense',
    managerId: ids.manager,
  });
  const { id: task } = await made(world, 'createTask', { projectId: project, name: `${name} task` });
  const { id: milestone } = await made(world, 'createMilestone', {
    projectId: project,
    contractLineId: contract.lines[0].id,
    name: `${name} milestone`,
    amount: usd('100'),
    plannedOn: '2026-03-01',
  });
  // A client sees what was concluded with it, not what the firm still drafts.
  for (const step of ['submitContract', 'confirmContract']) await action(world, step, { id: contract.id });
  return { customer, engagement, contract: contract.id, project, task, milestone };
}

beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  mine = await customerWithEverything('Mine');
  theirs = await customerWithEverything('Theirs');
});
afterAll(() => world[Symbol.asyncDispose]());

describe('the portal of one customer', () => {
  const entities = ['engagement', 'contract', 'project', 'task', 'milestone'] as const;

  test.each(entities)('sees its own %s by id, in lists and counts, and no other', async (entity) => {
    const query = `query ($mine: ID!, $theirs: ID!, $foreign: [ID!]) {
      own: ${entity}(id: $mine) { name customer { name } }
      other: ${entity}(id: $theirs) { name }
      ${entity}s { totalCount nodes { name } }
      asked: ${entity}s(filter: { customerIds: $foreign }) { totalCount nodes { name } }
      named: ${entity}s(filter: { nameContains: "Theirs" }) { totalCount } }`;
    const variables = { mine: mine[entity], theirs: theirs[entity], foreign: [theirs.customer] };
    expect(await world.ok(query, { variables, actor: portalOf(mine.customer ?? '') })).toEqual({
      own: { name: `Mine ${entity}`, customer: { name: 'Mine' } },
      other: null,
      [`${entity}s`]: { totalCount: 1, nodes: [{ name: `Mine ${entity}` }] },
      asked: { totalCount: 0, nodes: [] },
      named: { totalCount: 0 },
    });
    expect((await world.ok(query, { variables })).asked.totalCount).toBe(1);
  });

  test.each([...entities, 'customer'])('resolves a reference to its own %s only', async (entity) => {
    const typename = `${entity.charAt(0).toUpperCase()}${entity.slice(1)}`;
    const representations = [mine[entity], theirs[entity], newId(), 'no-id'].map((id) => ({ __typename: typename, id }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { name } } }`;
    const { _entities } = await world.ok(query, { variables: { representations }, actor: portalOf(mine.customer ?? '') });
    expect(_entities).toEqual([{ name: entity === 'customer' ? 'Mine' : `Mine ${entity}` }, null, null, null]);
  });

  test('sees lines and rates of its contract, but no internal notes, rate card or tax profile', async () => {
    const query = `query ($contract: ID!, $project: ID!) {
      contract(id: $contract) { internalNotes rateCard { id } lines { name rates { rate { amount } employee { id } } } rates { rate { amount } } customer { taxProfile { id } } }
      project(id: $project) { internalNotes manager { id } } }`;
    const variables = { contract: mine.contract, project: mine.project };
    const line = { name: 'Work', rates: [{ rate: { amount: '150.00' }, employee: { id: ids.manager } }] };
    expect(await world.ok(query, { variables, actor: portalOf(mine.customer ?? '') })).toEqual({
      contract: { internalNotes: null, rateCard: null, lines: [line], rates: [{ rate: { amount: '150.00' } }], customer: { taxProfile: null } },
      project: { internalNotes: null, manager: { id: ids.manager } },
    });
    expect(await world.ok(query, { variables })).toMatchObject({
      contract: { internalNotes: 'Give way at 10 %', rateCard: { id: ids.salesCard }, customer: { taxProfile: { id: ids.taxProfile } } },
      project: { internalNotes: 'Tense' },
    });
  });

  test('walks down from itself', async () => {
    const query =
      '{ customers { nodes { name engagements { totalCount nodes { contracts { nodes { projects { nodes { name tasks { nodes { name } } milestones { nodes { name contractLine { name } } } } } } } } } contracts { totalCount } projects { totalCount } } } }';
    expect((await world.ok(query, { actor: portalOf(mine.customer ?? '') })).customers.nodes).toEqual([
      {
        name: 'Mine',
        engagements: {
          totalCount: 1,
          nodes: [
            {
              contracts: {
                nodes: [
                  {
                    projects: {
                      nodes: [
                        {
                          name: 'Mine project',
                          tasks: { nodes: [{ name: 'Mine task' }] },
                          milestones: { nodes: [{ name: 'Mine milestone', contractLine: { name: 'Work' } }] },
                        },
                      ],
                    },
                  },
                ],
              },
            },
          ],
        },
        contracts: { totalCount: 1 },
        projects: { totalCount: 1 },
      },
    ]);
  });

  test.each(entities)('is told FORBIDDEN without the permission to read a %s', async (entity) => {
    const { errors } = await world.run(`query ($id: ID!) { ${entity}(id: $id) { id } ${entity}s { totalCount } }`, {
      variables: { id: mine[entity] },
      actor: { ...allowed, permissions: ['customer:read'] },
    });
    expect(errors.map((error) => error.code)).toContain('FORBIDDEN');
  });
});

describe('a page of 50', () => {
  const tree = `query ($first: Int!) { customers(first: $first, filter: { nameContains: "Many" }) { nodes { name
    engagements { nodes { name contracts { nodes { name lines { name rates { rate { amount } } } rates { id } availableActions { name } } }
      projects { totalCount nodes { name manager { id } contract { name } legalEntity { id } customer { name } engagement { name } externalRefs { externalId } availableActions { name refusals }
        tasks { nodes { name project { name } availableActions { name } } } milestones { nodes { name contract { name } contractLine { name } } } } } availableActions { name } } } } } }`;

  beforeAll(async () => {
    const customers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => made(world, 'createCustomer', { name: `Many ${n}`, currency: 'USD', legalEntityId: ids.legalEntity })),
    );
    const bulk = (kind: string, parents: { id: string }[], more: (parent: { id: string }) => object) =>
      parents.flatMap((parent, n) =>
        [1, 2].map((k) => ({ externalRef: { system: 'many', externalId: `${kind}-${n}-${k}` }, name: `${kind} ${k}`, ...more(parent) })),
      );
    const engagements = await upsert(
      world,
      'Engagement',
      { idempotencyKey: 'm1', items: bulk('engagement', customers, ({ id }) => ({ customerId: id })) },
      'id',
    );
    const engaged: { id: string }[] = engagements.results.map((result: { engagement: { id: string } }) => result.engagement);
    const lines = [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'], rates: [{ rate: usd('100') }] }];
    const contracts = await upsert(
      world,
      'Contract',
      { idempotencyKey: 'm2', items: bulk('contract', engaged, ({ id }) => ({ engagementId: id, startDate: '2026-01-01', lines })) },
      'id engagement { id }',
    );
    const agreed: { id: string; engagement: { id: string } }[] = contracts.results.flatMap((result: { contract: unknown }, n: number) =>
      n % 2 === 0 ? [result.contract] : [],
    );
    const projects = await upsert(
      world,
      'Project',
      {
        idempotencyKey: 'm3',
        items: bulk('project', agreed, (contract) => ({
          contractId: contract.id,
          engagementId: agreed.find((each) => each.id === contract.id)?.engagement.id,
          managerId: ids.manager,
        })),
      },
      'id',
    );
    const built: { id: string }[] = projects.results.map((result: { project: { id: string } }) => result.project);
    const tasks = await upsert(world, 'Task', { idempotencyKey: 'm4', items: bulk('task', built, ({ id }) => ({ projectId: id })) }, 'id');
    expect(tasks).toMatchObject({ succeeded: 400, failed: 0 });
  });

  test('takes as many statements as a page of one, all the way down', async () => {
    const statements = async (first: number): Promise<number> => {
      world.statements.length = 0;
      const { customers } = await world.ok(tree, { variables: { first } });
      expect(customers.nodes).toHaveLength(first);
      expect(customers.nodes[0].engagements.nodes[1]).toMatchObject({
        contracts: { nodes: [{ lines: [{ name: 'Work' }] }, {}] },
        projects: { totalCount: 2, nodes: [{ tasks: { nodes: [{ name: 'task 1' }, {}] } }, {}] },
      });
      return world.statements.length;
    };
    const one = await statements(1);
    expect(await statements(50)).toBe(one);
    expect(one).toBeLessThan(30);
  });

  test('customers, engagements, projects, tasks: a statement each', async () => {
    world.statements.length = 0;
    await world.ok(
      '{ customers(first: 50) { nodes { engagements(first: 2) { nodes { projects(first: 2) { nodes { tasks(first: 2) { nodes { name } } } } } } } } }',
    );
    expect(world.statements).toHaveLength(4);
  });

  test('50 references of each entity are a statement', async () => {
    for (const [typename, table] of [
      ['Engagement', 'engagement'],
      ['Contract', 'contract'],
      ['Project', 'project'],
      ['Task', 'task'],
    ]) {
      const rows = await world.sql.unsafe(`select id from engagements.${table} limit 50`);
      world.statements.length = 0;
      const representations = rows.map((row) => ({ __typename: typename, id: row.id }));
      const { _entities } = await world.ok(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { name } } }`,
        { variables: { representations } },
      );
      expect([_entities.length, world.statements.length]).toEqual([50, 1]);
    }
  });

  test('every order and parent of every list has its index', async () => {
    const indexes = await world.sql<{ table: string; columns: string[] }[]>`
      select t.relname as table, array(select a.attname from unnest(i.indkey) with ordinality k(attnum, place) join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum order by k.place)::text[] as columns
      from pg_index i join pg_class t on t.oid = i.indrelid where t.relnamespace = 'engagements'::regnamespace`;
    const has = (table: string, ...columns: string[]): boolean =>
      indexes.some((index) => index.table === table && columns.join() === index.columns.slice(0, columns.length).join());
    const parents = {
      engagement: ['customer_id'],
      contract: ['customer_id', 'engagement_id'],
      project: ['customer_id', 'engagement_id', 'contract_id', 'manager_id'],
      task: ['customer_id', 'project_id'],
      milestone: ['customer_id', 'project_id', 'contract_id'],
    };
    const orders = (table: string): string[] => [
      'name',
      'created_at',
      ...(table === 'contract' ? ['start_date'] : []),
      ...(table === 'milestone' ? ['planned_on'] : []),
    ];
    const missing = Object.entries(parents).flatMap(([table, columns]) =>
      orders(table).flatMap((order) =>
        [...columns.map((parent) => [table, parent, order, 'id']), [table, order, 'id']].filter(([name = '', ...path]) => !has(name, ...path)),
      ),
    );
    expect(missing).toEqual([]);
  });
});
