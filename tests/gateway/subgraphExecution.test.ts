import { setImmediate } from 'node:timers/promises';
import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executable } from '#gateway/execution/subgraph/execute.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { type Manners, market, marketSchemas, plainSchema, type Weather } from '../support/market.ts';
import { marketOperation } from '../support/marketOperations.ts';
import { seeds } from '../support/seeds.ts';

type Path = readonly (string | number)[];

const pathsOf = ({ errors = [] }: ExecutionResult): Path[] => errors.map(({ path = [] }) => path);

/** True where something around the path is null: the error may be told, or another one that let the same thing fall. */
function isWithinNull(data: unknown, path: Path): boolean {
  let at = data;
  for (const step of path) {
    if (at === null || at === undefined) return true;
    at = (at as Record<string | number, unknown>)[step];
  }
  return false;
}

/** The errors that stand in the answer, and the places that fell for one or several below them. */
function standing(result: ExecutionResult): string[] {
  const { data } = result;
  const placed = pathsOf(result).map((path) => {
    const fell = path.findIndex((_, index) => isWithinNull(data, path.slice(0, index + 1)));
    return fell === -1 ? path.join('.') : `${path.slice(0, fell).join('.')} fell`;
  });
  return [...new Set(placed)].sort();
}

const text = (data: unknown): string => JSON.stringify(data);

const skies: { weather: Weather; manners: Manners }[] = [
  { weather: { seed: 1, nulls: 0, failures: 0, lost: 0 }, manners: { late: 0, wrong: 0 } },
  { weather: { seed: 2, nulls: 15, failures: 5, lost: 0 }, manners: { late: 0, wrong: 5 } },
  { weather: { seed: 3, nulls: 15, failures: 5, lost: 0 }, manners: { late: 50, wrong: 0 } },
  { weather: { seed: 4, nulls: 5, failures: 3, lost: 0 }, manners: { late: 50, wrong: 5 } },
];
const schemas = skies.map(({ weather, manners }) => plainSchema(weather, manners));
const count = Number(process.env.ACCORD_TEST_OPERATIONS ?? 200);

/** What was rejected while nobody looked. graphql-js leaves such behind: promises beside something that fell at once. */
const unheeded: unknown[] = [];
const heed = (reason: unknown) => void unheeded.push(reason);
const listeners = process.listeners('unhandledRejection');
beforeAll(() => {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', heed);
});
afterAll(async () => {
  await setImmediate();
  process.off('unhandledRejection', heed);
  for (const each of listeners) process.on('unhandledRejection', each);
});

const told = ({ errors = [] }: ExecutionResult, data: unknown): string[] =>
  errors.filter(({ path = [] }) => !isWithinNull(data, path)).map(({ message, path }) => `${path?.join('.')}: ${message}`);

describe('operations on one schema', () => {
  test.each(seeds())(`${count * skies.length} answers are what graphql-js makes of the same, names in the same order (seed %i)`, async (from) => {
    const asked = Array.from({ length: count }, (_, index) => marketOperation(market.apiSchema, from + index)).flatMap(
      ({ text: written, variables }, index) => {
        const document = parse(written, { noLocation: true });
        return schemas.map((schema, sky) => ({
          schema,
          document,
          variables,
          about: `seed ${from + index}, sky ${sky}\n${written}\n${JSON.stringify(variables)}`,
        }));
      },
    );
    const answers: { ours: ExecutionResult; again: ExecutionResult }[] = [];
    for (const { schema, document, variables } of asked) {
      const compiled = executable(schema, document);
      const ours = await compiled.execute({ variables, context: undefined });
      answers.push({ ours, again: await compiled.execute({ variables, context: undefined }) });
    }
    await setImmediate();
    expect(unheeded).toEqual([]);
    const seen = { rich: 0, refused: 0, fallen: 0 };
    for (const [index, { schema, document, variables, about }] of asked.entries()) {
      const { ours, again } = answers[index] ?? { ours: {}, again: {} };
      const theirs = await execute({ schema, document, variableValues: variables });
      expect(text(ours.data), about).toBe(text(theirs.data));
      expect(standing(ours), about).toEqual(standing(theirs));
      expect(told(ours, ours.data).sort(), about).toEqual(told(theirs, theirs.data).sort());
      // What one request left behind must not be seen by the next.
      expect(text(again.data), about).toBe(text(theirs.data));
      if (text(ours.data).length > 200) seen.rich += 1;
      if (ours.errors) seen.refused += 1;
      if (standing(ours).some((each) => each.endsWith('fell'))) seen.fallen += 1;
    }
    expect(Object.entries(seen).filter(([, times]) => times < count / 20)).toEqual([]);
  });
});

describe('entities', () => {
  const weather = { seed: 4, nulls: 10, failures: 12, lost: 30 };
  const { people, goods } = marketSchemas(weather, subgraphSchema);
  const apollos = marketSchemas(weather);
  const asked = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { __typename ... on Product { title maker { id } related { price } } ... on User { id products { sku } } ... on Shop { shelf { id } } }
  }`;

  test('come each by the resolver of its type, in the order of their representations', async () => {
    const representations = ['Product', 'User', 'Shop'].flatMap((__typename) =>
      Array.from({ length: 12 }, (_, id) => ({ __typename, [__typename === 'Shop' ? 'code' : 'id']: String(id) })),
    );
    const document = parse(asked, { noLocation: true });
    const theirs = await execute({ schema: apollos.goods, document, variableValues: { representations } });
    const ours = await executable(goods, document).execute({ variables: { representations }, context: undefined });
    expect(text(ours.data)).toBe(text(theirs.data));
    expect(standing(ours)).toEqual(standing(theirs));
    expect(standing(ours).length).toBeGreaterThan(1);
  });

  test.each([['Nobody'], ['Named'], [undefined]])('of no type that has any are refused as a whole: %s', async (__typename) => {
    const document = parse('query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }', { noLocation: true });
    const { data, errors } = await executable(people, document).execute({ variables: { representations: [{ __typename }] }, context: undefined });
    expect(data).toBeNull();
    expect(errors?.[0]?.message).toContain('There are no entities of type');
  });
});

describe('what graphql-js does, beside', () => {
  const schema = buildSchema(`
    type Query { hi(name: String!, at: [At!]): String! self: Query method: String }
    type Mutation { add(to: Int!): Int! }
    input At { n: Int = 3 }`);
  const run = async (written: string, asked: { variables?: Record<string, unknown>; operationName?: string } = {}) => {
    const document = parse(written, { noLocation: true });
    const { operationName, variables = {} } = asked;
    const theirs = await execute({ schema, document, variableValues: variables, operationName });
    const ours = await executable(schema, document).execute({ variables, operationName, context: undefined });
    expect(text(ours)).toBe(text(theirs));
    return ours;
  };
  const called: unknown[] = [];
  Object.assign(schema.getQueryType()?.getFields().hi ?? {}, { resolve: (_: unknown, args: unknown) => JSON.stringify(args) });
  Object.assign(schema.getQueryType()?.getFields().self ?? {}, {
    resolve: () => ({ method: (_: unknown, __: unknown, info: { fieldName: string }) => info.fieldName }),
  });
  Object.assign(schema.getMutationType()?.getFields().add ?? {}, {
    resolve: async (_: unknown, { to }: { to: number }) => {
      called.push(to);
      for (let turn = 0; turn < 5 - to; turn += 1) await undefined;
      called.push(`${to} is done`);
      return to === 3 ? null : to;
    },
  });

  test.each([
    [
      'arguments by literal, default and variable',
      'query ($n: String = "n", $at: [At!]) { a: hi(name: "x") b: hi(name: $n, at: [{}]) c: hi(name: $n, at: $at) }',
      { at: [{ n: 1 }] },
    ],
    ['variables that do not fit', 'query ($at: [At!]!) { hi(name: "x", at: $at) }', { at: [{ m: 1 }] }],
    ['an argument that a variable leaves out', 'query ($n: String) { self { hi(name: $n) } }', {}],
    ['an argument that was written wrong', '{ self { hi(name: 3) } }', {}],
    ['a field that is not there', '{ nothing self { __typename nothing } }', {}],
    ['methods of things', '{ self { method } }', {}],
    ['names that objects have', '{ __proto__: __typename constructor: __typename self { __proto__: __typename } }', {}],
    ['the schema itself', '{ __schema { queryType { name } } __typename }', {}],
    ['conditions', 'query ($no: Boolean!) { self @include(if: $no) { __typename } hi(name: "x") @skip(if: $no) __typename }', { no: false }],
  ])('%s', async (_, written, variables) => {
    await run(written, { variables });
  });

  test('an operation by its name, and none of another', async () => {
    await run('query A { __typename } query B { b: __typename }', { operationName: 'B' });
    await run('query A { __typename } query B { b: __typename }', { operationName: 'C' });
    await run('query A { __typename } query B { b: __typename }');
  });

  test('mutations go one after the other, and none goes behind one that let the answer fall', async () => {
    await run('mutation { a: add(to: 1) b: add(to: 2) c: add(to: 3) d: add(to: 4) }');
    const once = [1, '1 is done', 2, '2 is done', 3, '3 is done'];
    expect(called).toEqual([...once, ...once]);
  });
});
