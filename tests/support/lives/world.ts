import { type GraphQLSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { serviceActor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { subgraphs } from '../../../roles/subgraphs.ts';
import type { TokenWish } from '../../../roles/tokens.ts';
import { constellation } from '../constellation.ts';
import { firmAt } from '../firmAt.ts';
import { graphAt } from '../graph.ts';
import type { Input, Life } from './life.ts';

export type GridWorld = Awaited<ReturnType<typeof gridWorld>>;

export type Refusal = { code: string; guard: string | null; message: string };

/** How a mutation takes one item, and what of its answer says that it was refused. */
function shapeOf(schema: GraphQLSchema, name: string) {
  const field = schema.getMutationType()?.getFields()[name];
  const argument = field?.args[0];
  const input = getNamedType(argument?.type);
  const payload = getNamedType(field?.type);
  if (!argument || !isInputObjectType(input) || !isObjectType(payload)) throw new Error(`there is no mutation ${name}`);
  return { type: String(argument.type), many: 'items' in input.getFields(), results: 'results' in payload.getFields() };
}

/** All subgraphs with a small firm in them, and lives brought forward by mutations alone. */
export async function gridWorld() {
  const world = await constellation({ subgraphs });
  const graph = graphAt({ url: world.url, token: world.issuer.token });
  const schema = world.graph.planning().apiSchema;
  const firm = await firmAt(graph);
  const open = openDb({ url: world.databaseUrl, name: 'grid', max: 2, scope: 'command' });
  const { sql } = world;

  /** Runs a mutation for one item; gives why it was refused, or nothing. */
  const call = async (name: string, input: Input, wish: TokenWish = { role: 'admin' }): Promise<Refusal | undefined> => {
    const { type, many, results } = shapeOf(schema, name);
    const errors = 'userErrors { code guard message }';
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${results ? `results { ${errors} }` : ''} ${errors} } }`;
    const sent = { idempotencyKey: newId(), ...(many ? { items: [input] } : input) };
    const { data, errors: failed } = await graph.ask(text, { input: sent }, wish);
    const [refused] = failed ?? [];
    // At the door, before it runs.
    if (refused?.extensions.code === 'FORBIDDEN') return { code: 'FORBIDDEN', guard: null, message: refused.message };
    if (failed) throw new Error(`${text}\n${JSON.stringify(failed, undefined, 2)}`);
    const payload = data[name];
    return [...payload.userErrors, ...(payload.results ?? []).flatMap((result: { userErrors: Refusal[] }) => result.userErrors)][0];
  };
  const act = async (life: Life, id: string, action: string): Promise<void> => {
    const input = await life.inputs[action]?.(grid, id);
    const refused = input ? await call(life.machine.actions[action]?.by ?? '', input) : { code: 'NOT_ASKABLE' };
    if (refused) throw new Error(`${life.machine.entity}: ${action} was refused on the way: ${JSON.stringify(refused)}`);
  };
  const grid = {
    ...graph,
    sql,
    firm,
    call,
    act,
    /** A command of a process, which no client can call. */
    command: <Answer>(work: (scope: Scope) => Promise<Answer>): Promise<Answer> =>
      open.db.transaction((tx) => work({ tx, actor: serviceActor('grid'), trace: { correlationId: newId() }, now: new Date() })),
    /** One in the state, for whatever or for this action alone. */
    bring: async (life: Life, state: string, action = ''): Promise<string> => {
      const special = life.readied?.[`${state} ${action}`] ?? life.made?.[state];
      if (special) return special(grid);
      const path = life.path[state];
      if (!path) throw new Error(`${life.machine.entity} has no way to ${state}`);
      const id = await life.begin(grid);
      for (const step of path) await act(life, id, step);
      return id;
    },
    row: async ({ table }: Life, id: string): Promise<Record<string, unknown> & { status: string; version: number }> => {
      const [row] = await sql.unsafe(`select * from ${table} where id = $1`, [id]);
      return { ...row, status: String(row?.status), version: Number(row?.version) };
    },
    /** Facts that were stated after this number. */
    stated: async (after: number): Promise<{ last: number; types: string[] }> => {
      const rows = await sql`select sequence, type from log.pending where sequence > ${after} order by sequence`;
      return { last: Number(rows.at(-1)?.sequence ?? after), types: rows.map(({ type }) => String(type)) };
    },
    async [Symbol.asyncDispose]() {
      await open.close();
      await world[Symbol.asyncDispose]();
    },
  };
  return grid;
}
