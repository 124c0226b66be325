import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '#gateway/composition/compose.ts';
import { answerLimit } from '#gateway/execution/amount.ts';
import { carryOut } from '#gateway/execution/carry.ts';
import { planOperation } from '#gateway/execution/planned.ts';
import type { Service } from '#gateway/execution/run.ts';
import { executable } from '#gateway/execution/subgraph/execute.ts';
import { loadSupergraph } from '#gateway/planning.ts';
import { createContext, listedLimit } from '#kernel/context.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { noSession } from '../support/noSession.ts';

const actor = { id: 'someone', kind: 'STAFF', permissions: [] } as const;
const rounds = (count: number, inside = 'id') => `${'many { '.repeat(count)}${inside}${' }'.repeat(count)}`;
/** How many things are asked for, with `width` of them below each. */
const things = (width: number, count: number) => Array.from({ length: count }, (_, depth) => width ** (depth + 1)).reduce((sum, each) => sum + each, 1);

describe('a few things that lead to each other, asked for in rounds', () => {
  const sdl = 'type Query { start: Thing nothing: Int } type Thing @key(fields: "id") { id: ID! many: [Thing!]! maybe: [Thing] }';
  const width = 30;

  describe.each(['at once', 'later'])('in a subgraph that gives them %s', (when) => {
    const list = Array.from({ length: width }, (_, index) => ({ id: String(index) }));
    const given = () => (when === 'later' ? Promise.resolve(list) : list);
    const schema = subgraphSchema(parse(sdl), { Query: { start: () => ({ id: 's' }), nothing: () => 1 }, Thing: { many: given, maybe: given } });
    const ask = (text: string) => executable(schema, parse(text)).execute({ context: {} });

    test('are answered as long as the answer can be held', async () => {
      expect(things(width, 3)).toBeLessThan(answerLimit);
      const { data, errors } = await ask(`{ start { ${rounds(3)} } }`);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data).match(/"id"/g)).toHaveLength(width ** 3);
    });

    test.each([
      ['', rounds(4)],
      ['where null may stand', rounds(4).replaceAll('many', 'maybe')],
    ])('are refused as a whole beyond that, in one sentence %s', async (_, selection) => {
      const { data, errors } = await ask(`{ nothing start { ${selection} } }`);
      expect(data).toBeNull();
      expect(errors?.map(({ message, originalError }) => [message, (originalError as { code?: string } | undefined)?.code])).toEqual([
        [`The answer comes to more than ${answerLimit} things. Ask for smaller pages, or for less of each thing.`, 'COST_LIMIT'],
      ]);
    });
  });

  test('are refused at the door as well, which puts parts of several subgraphs together', async () => {
    const composed = compose([{ name: 'one', sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) ${sdl}` }]);
    if ('errors' in composed) throw new Error(composed.errors.join());
    const planning = loadSupergraph(composed.supergraphSdl);
    const thing: Record<string, unknown> = { __typename: 'Thing', id: 's' };
    thing.many = Array.from({ length: width }, () => thing);
    const one: Service = async () => ({ data: { start: thing } });
    const answer = async (count: number) => {
      const planned = await planOperation(planning, { document: parse(`{ start { ${rounds(count)} } }`), operationName: undefined, denied: undefined }, {});
      return carryOut({ planning, planned, services: { one }, exchange: { actor, trace: { correlationId: 'c' } }, given: {}, variables: {} });
    };
    expect((await answer(3)).errors).toEqual([]);
    const { data, errors } = await answer(4);
    expect([data, errors.map(({ message }) => message)]).toEqual([null, [expect.stringContaining(`more than ${answerLimit} things`)]]);
  });
});

test('rows of lists are counted over an operation, whoever of its fetches reads them', () => {
  const session = noSession();
  const contexts = [0, 1].map(() =>
    createContext({ session, actor, trace: { correlationId: 'c' }, clock: () => new Date(), log: createLogger({ level: 'silent' }) }),
  );
  contexts[0]?.listed(listedLimit);
  expect(() => contexts[1]?.listed(1)).toThrow(`more than ${listedLimit} rows`);
});
