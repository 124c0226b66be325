import { readFile } from 'node:fs/promises';
import { type GraphQLField, isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessRulesIn, type Rule } from '#gateway/access/rules.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { demandedBy } from '../support/demanded.ts';
import { machines, root } from '../support/house.ts';
import { subgraphWorld } from '../support/subgraph.ts';

/** Asked for only once the thing is there that the call is about, or what it names. */
const later: Readonly<Record<string, readonly string[]>> = {
  'Query.trialBalance': ['journal:read'],
  'Mutation.createSubcontract': ['subcontract:write'],
  'Mutation.validateBillingRun': ['invoice:write'],
  'Mutation.postBillingRun': ['invoice:post'],
  'Mutation.retryExceptions': ['exception:write'],
};

type Told = { scopes: string[]; policies: string[] };
const flat = ({ scopes, policies }: Rule = { scopes: [], policies: [] }): Told => ({ scopes: scopes.flat().sort(), policies: policies.flat() });

const rules = accessRulesIn(parse(await readFile(new URL('schema/supergraph.graphql', root), 'utf8')));
const lifecycles = await machines();
/** Permissions of the actions that a mutation carries out. */
const ofActions = (mutation: string): string[] =>
  lifecycles.flatMap(({ machine }) => Object.values(machine.actions).flatMap((action) => (action.by === mutation ? [action.may] : [])));

describe.each(subgraphs.map((each) => [each.name, each] as const))('the rules of %s are what its code asks for', (name, subgraph) => {
  let world: Awaited<ReturnType<typeof subgraphWorld>>;
  beforeAll(async () => {
    world = await subgraphWorld(subgraph);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] => {
    const found = world.schema.getType(type);
    return isObjectType(found) ? Object.values(found.getFields()).filter((field) => !field.name.startsWith('_')) : [];
  };
  const differing = async (type: string, kind: 'query' | 'mutation', below?: string): Promise<string[]> => {
    const wrong: string[] = [];
    for (const field of fieldsOf(type)) {
      const place = `${type}.${field.name}`;
      const { permissions, isWholeFirm } = await demandedBy(world, { root: kind, field, ...(below ? { below } : {}) });
      const asked: Told = {
        scopes: [...new Set([...permissions, ...ofActions(field.name), ...(later[place] ?? [])])].sort(),
        policies: isWholeFirm ? ['whole-firm'] : [],
      };
      const said = flat(rules.fields.get(place));
      if (JSON.stringify(asked) !== JSON.stringify(said)) wrong.push(`${place} asks ${JSON.stringify(asked)}, and its SDL says ${JSON.stringify(said)}`);
    }
    return wrong;
  };

  test('in queries', async () => {
    expect(await differing('Query', 'query')).toEqual([]);
    if (name === 'operations') expect(await differing('Operations', 'query', 'operations')).toEqual([]);
  });

  test('in mutations', async () => {
    expect(await differing('Mutation', 'mutation')).toEqual([]);
  });
});
