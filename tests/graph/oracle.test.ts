import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractFields } from '#gateway/contracts.ts';
import { loadSample } from '#sample/load.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { operationOf } from '../support/operations.ts';
import { createOracle } from '../support/oracle.ts';

let world: Awaited<ReturnType<typeof constellation>>;
let consult: ReturnType<typeof createOracle>;
let ids: Map<string, string[]>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  await loadSample({ url: world.ownerUrl, scale: 'S', now: new Date('2025-11-03T09:00:00.000Z') });
  const { apiSchema } = world.graph.planning();
  consult = createOracle({ apiSchema, open: world.subgraphs, modules: subgraphs });
  ids = new Map();
  for (const field of Object.values(apiSchema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    const node = isObjectType(type) ? getNamedType(type.getFields().nodes?.type) : undefined;
    if (!isObjectType(node) || !node.getFields().id) continue;
    const { [field.name]: page } = await world.ok(`{ ${field.name}(first: 5) { nodes { id } } }`);
    ids.set(
      node.name,
      page.nodes.map(({ id }: { id: string }) => id),
    );
  }
});
afterAll(() => world[Symbol.asyncDispose]());

type Told = {
  message?: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: { code?: unknown } | undefined;
  originalError?: { code?: unknown } | null | undefined;
};

/** Where something was refused. Without places in lists: of many alike, graphql-js reports the first. */
const refusals = (errors: readonly Told[] | undefined): string[] => {
  const said = (errors ?? []).flatMap(({ path, extensions, originalError }) => {
    const code = originalError?.code ?? extensions?.code;
    return typeof code === 'string' && code !== 'INTERNAL' ? [`${(path ?? []).filter((step) => typeof step === 'string').join('.')} ${code}`] : [];
  });
  return [...new Set(said)].sort();
};

/** Operations for each role; the seeds are always the same ones. */
const runs = 40;

test.each(['admin', 'manager', 'analyst', 'portal'])('%s gets from the gateway what one plain schema over the same resolvers gives', async (role) => {
  const planning = world.graph.planning();
  const shown = contractFields(planning.supergraphSchema, 'portal');
  const customerIds = role === 'portal' || role === 'analyst' ? ids.get('Customer')?.slice(0, 2) : undefined;
  const wish = { role, customerIds };
  const { actor } = await world.authenticate(await world.issuer.token(wish));
  const kinds = { rich: 0, refused: 0 };
  for (let seed = 1; seed <= runs; seed += 1) {
    // The plain schema has no token that could expire.
    const visible = (coordinate: string) => coordinate !== 'Viewer.tokenExpiresAt' && (role !== 'portal' || shown.has(coordinate));
    const query = operationOf({ schema: planning.apiSchema, ids, visible }, seed * 7919 + role.length);
    const answer = (await (await world.post({ query }, wish, { 'x-correlation-id': 'oracle' })).json()) as { data?: unknown; errors?: Told[] };
    const truth = await consult(query, actor);
    const told = JSON.parse(JSON.stringify(truth.data ?? null));
    expect(answer.data ?? null, `seed ${seed}\n${query}\n${JSON.stringify(answer.errors)}\n${JSON.stringify(truth.errors)}`).toEqual(told);
    const expected = refusals(truth.errors as readonly Told[] | undefined);
    expect(refusals(answer.errors), query).toEqual(expect.arrayContaining(expected));
    // Where a resolver keeps silent, the door says which permission is missing; the data is the same.
    if (expected.length === 0) expect(refusals(answer.errors?.filter((error) => !/^This needs the permission /.test(error.message ?? ''))), query).toEqual([]);
    if (JSON.stringify(told).length > 400) kinds.rich += 1;
    if (expected.length > 0) kinds.refused += 1;
  }
  expect(kinds.rich).toBeGreaterThan(runs / 3);
  if (role === 'manager') expect(kinds.refused).toBeGreaterThan(runs / 10);
});
