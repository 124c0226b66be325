import { references as engagements } from '#engagements/published.ts';
import { newId } from '#kernel/ids.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { entityField, resultField } from './graphClient.ts';
import { aProject } from './siblings.ts';
import { subgraphWorld } from './subgraph.ts';

/** The resources subgraph with siblings played, and short ways to make what a story needs. */
export async function resourcesWorld() {
  const world = await subgraphWorld(resourcesSubgraph);

  /** Runs a mutation that returns `select` of its entity; gives the payload. */
  const mutate = async (
    name: string,
    { input, select = 'id', ...call }: { input: Record<string, unknown>; select?: string } & Parameters<typeof world.ok>[1],
  ) => {
    const field = world.schema.getMutationType()?.getFields()[name];
    const entity = entityField(world.schema, name);
    const text = `mutation ($input: ${field?.args[0]?.type}) { ${name}(input: $input) { replayed ${entity} { ${select} } userErrors { code field guard message } } }`;
    const payload = (await world.ok(text, { variables: { input }, ...call }))[name];
    return { ...payload, row: payload[entity] };
  };

  /** The same, and nothing may stand against it. */
  const made = async (name: string, call: Parameters<typeof mutate>[1]) => {
    const { row, userErrors } = await mutate(name, call);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return row;
  };

  const upsert = async (
    name: string,
    items: readonly unknown[],
    { select = 'id version', ...call }: { select?: string; key?: string } & Parameters<typeof world.ok>[1] = {},
  ) => {
    const entity = resultField(world.schema, name);
    const type = world.schema.getMutationType()?.getFields()[name]?.args[0]?.type;
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { succeeded failed replayed userErrors { code } results { index ${entity} { ${select} } userErrors { code field guard } } } }`;
    return (await world.ok(text, { variables: { input: { idempotencyKey: call.key ?? newId(), items } }, ...call }))[name];
  };

  const hire = (name: string, more: Record<string, unknown> = {}) => made('createEmployee', { input: { name, hiredOn: '2025-01-01', ...more } });

  return {
    ...world,
    mutate,
    made,
    upsert,
    hire,
    /** An employee at work. */
    worker: async (name: string, more: Record<string, unknown> = {}): Promise<{ id: string }> =>
      made('activateEmployee', { input: { id: (await hire(name, more)).id } }),
    /** A project of a customer, as engagements would publish it. */
    project: async (customerId: string = newId(), status = 'ACTIVE'): Promise<{ id: string; customerId: string }> => {
      const id = newId();
      await world.publish(engagements.Project, [{ id, data: aProject({ customerId, status }) }]);
      return { id, customerId };
    },
    /** An assignment in March 2026, proposed. */
    propose: (employeeId: string, projectId: string, more: Record<string, unknown> = {}): Promise<{ id: string }> =>
      made('createAssignment', { input: { employeeId, projectId, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '40', ...more } }),
    /** What siblings read of an entity. */
    reference: async (type: string, id: string) =>
      (await world.sql`select data, version from log.reference where entity_type = ${type} and entity_id = ${id}`)[0],
    lastFacts: async (count: number) =>
      (
        await world.sql`select type, payload, keys -> 'customerId' ->> 0 as customer_id, keys -> 'employeeId' ->> 0 as employee_id from log.pending order by sequence desc limit ${count}`
      ).reverse(),
    [Symbol.asyncDispose]: world[Symbol.asyncDispose],
  };
}
