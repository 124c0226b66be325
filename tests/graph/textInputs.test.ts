import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { ruleOf } from '#kernel/arguments.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';
import { subgraphWorld } from '../support/subgraph.ts';
import { callWith, isBulk, pathOf, type TextInput, textInputs } from '../support/textInputs.ts';

const subgraphs = [engagementsSubgraph, financeSubgraph, operationsSubgraph, resourcesSubgraph, timeSubgraph];

describe.each(subgraphs)('the texts that come in at $name', (subgraph) => {
  let world: Awaited<ReturnType<typeof subgraphWorld>>;
  beforeAll(async () => {
    world = await subgraphWorld(subgraph);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const all = () => (['Query', 'Mutation'] as const).flatMap((root) => textInputs(world.schema, root));
  const ruled = ({ declared }: TextInput) => ruleOf(world.schema, declared) ?? { least: 0, most: 0, lines: false };

  /** Texts that no field takes, and those that this one does not. */
  const wrong = (input: TextInput): string[] => {
    const { least, most, lines } = ruled(input);
    return [
      'a\0b',
      'a\u001bb',
      ...(lines ? [] : ['a\r\nb', 'a\u2028b']),
      ...(least > 0 ? ['', ' \t\n'] : []),
      'half \ud800 a one',
      '\u200b\u2060\ufeff\u00ad',
      'e\u0301'.repeat(most + 1),
      `a${'\u0327'.repeat(most * 2)}`,
    ];
  };

  test('have a rule each, whose limit the description tells', () => {
    const told = (count: number) => `${count.toLocaleString('en')} characters`;
    const silent = all().filter((input) => !input.declared.description?.includes(told(ruled(input).most)));
    expect(silent.map(({ name }) => name)).toEqual([]);
    const needs = all().filter((input) => ruled(input).least > 0 !== /\b1 to /.test(input.declared.description ?? ''));
    expect(needs.map(({ name }) => name)).toEqual([]);
  });

  test('are refused in what asks, whatever is wrong with them', async () => {
    for (const input of textInputs(world.schema, 'Query')) {
      const selection = isObjectType(getNamedType(input.field.type)) ? '{ __typename }' : '';
      for (const each of wrong(input)) {
        const { variables, declared, given } = callWith(input, each);
        const { errors } = await world.run(`query (${declared}) { ${input.field.name}(${given}) ${selection} }`, { variables });
        expect(errors, shown(input, each)).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
        expect(errors[0]?.message).toContain(pathOf(input.way));
      }
    }
  });

  test('are refused in what writes, whatever is wrong with them, each item alone', async () => {
    for (const input of textInputs(world.schema, 'Mutation')) {
      const answer = isBulk(input.way) ? 'results { userErrors { code field } }' : '';
      for (const each of wrong(input)) {
        const { variables, declared, given } = callWith(input, each);
        const text = `mutation (${declared}) { done: ${input.field.name}(${given}) { userErrors { code field } ${answer} } }`;
        const { done } = await world.ok(text, { variables });
        const refused = [{ code: 'VALIDATION_FAILED', field: pathOf(input.way) }];
        expect(done, shown(input, each)).toEqual(isBulk(input.way) ? { userErrors: [], results: [{ userErrors: refused }] } : { userErrors: refused });
      }
    }
  });
});

const shown = ({ name }: TextInput, text: string): string => `${name} ${JSON.stringify(text).slice(0, 80)}`;
