import { type GraphQLField, getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { listLimit } from '#kernel/input.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { plantVolume } from '../support/volume.ts';

const texts: string[] = [];
let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs, onStatement: (text) => texts.push(text) });
});
afterAll(() => world[Symbol.asyncDispose]());

type List = { field: string; arg: string; name: string; type: string; values: (count: number) => unknown[]; rest: string; select: string };

/** What a field needs beside its filter, and what to ask of it. */
function around(field: GraphQLField<unknown, unknown>): { rest: string; select: string } {
  const needed = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const rest = needed.map((arg) => {
    const type = getNamedType(arg.type);
    const value = isEnumType(type) ? type.getValues()[0]?.name : '1';
    return `, ${arg.name}: ${isListType(isNonNullType(arg.type) ? arg.type.ofType : arg.type) ? `[${value}]` : value}`;
  });
  return { rest: rest.join(''), select: isObjectType(getNamedType(field.type)) ? '{ __typename }' : '' };
}

/** Values of types that take no id. */
const plain: Readonly<Record<string, unknown>> = { CurrencyCode: 'EUR', Int: 1 };

/** Every list of ids or texts in the filter of a root field. */
function filterLists(): List[] {
  const query = world.graph.planning().apiSchema.getQueryType();
  return Object.values(query?.getFields() ?? {}).flatMap((field) => {
    const filter = field.args.find((arg) => arg.name === 'filter');
    const input = filter && getNamedType(filter.type);
    if (!filter || !isInputObjectType(input)) return [];
    return Object.values(input.getFields()).flatMap((member): List[] => {
      const type = isNonNullType(member.type) ? member.type.ofType : member.type;
      if (!isListType(type)) return [];
      const of = getNamedType(type);
      const value = () =>
        Object.hasOwn(plain, of.name)
          ? plain[of.name]
          : isEnumType(of)
            ? of.getValues()[0]?.name
            : isInputObjectType(of)
              ? { system: 'crm', externalId: newId() }
              : newId();
      const values = (count: number) => Array.from({ length: count }, value);
      return [{ field: field.name, arg: member.name, name: `${field.name}(filter: { ${member.name} })`, type: String(filter.type), values, ...around(field) }];
    });
  });
}

describe('filters', () => {
  test(`hold ${listLimit} values in a list at most, in every root list and summary`, async () => {
    const lists = filterLists();
    expect(lists.length).toBeGreaterThan(60);
    const answerOf = async ({ field, arg, name, type, values, rest, select }: List) => {
      const text = `query ($filter: ${type}) { ${field}(filter: $filter${rest}) ${select} }`;
      const most = await world.ask(text, { filter: { [arg]: values(listLimit) } });
      const more = await world.ask(text, { filter: { [arg]: values(listLimit + 1) } });
      return [name, most.errors?.[0]?.message, more.errors?.[0]?.extensions.code, more.errors?.[0]?.message];
    };
    const answers: Awaited<ReturnType<typeof answerOf>>[] = [];
    // No more at once than the door takes in.
    for (let from = 0; from < lists.length; from += 50) answers.push(...(await Promise.all(lists.slice(from, from + 50).map(answerOf))));
    const wrong = answers.filter(([, most, code, message]) => most !== undefined || code !== 'VALIDATION_FAILED' || !String(message).includes('250 at most'));
    expect(wrong).toEqual([]);
  });

  test('below an entity are bounded too', async () => {
    const legalEntityId = (
      await world.ok('mutation { createLegalEntity(input: { code: "F", name: "Firm", currency: "EUR", countryCode: "DE" }) { legalEntity { id } } }')
    ).createLegalEntity.legalEntity.id;
    const ask = (count: number) =>
      world.ask('query ($id: ID!, $ids: [ID!]) { legalEntity(id: $id) { fiscalPeriods(filter: { legalEntityIds: $ids }) { totalCount } } }', {
        id: legalEntityId,
        ids: Array.from({ length: count }, () => newId()),
      });
    expect((await ask(250)).data.legalEntity.fiscalPeriods).toEqual({ totalCount: 0 });
    expect((await ask(251)).errors[0].extensions.code).toBe('VALIDATION_FAILED');
  });
});

describe('totalCount', () => {
  const fields = 'totalCount totalCountCapped pageInfo { hasNextPage }';
  const entities = async (count: number) => {
    await plantVolume(
      world.sql,
    )`insert into engagements.customer (id, name, status, currency) select uuidv7(), 'Customer ' || n, 'PROSPECT', 'EUR' from generate_series(1, ${count}) n`;
  };

  test('counts up to 10,000 and says when there are more', async () => {
    const ask = async () => (await world.ok(`{ customers(first: 1) { ${fields} } }`)).customers;
    expect(await ask()).toEqual({ totalCount: 0, totalCountCapped: false, pageInfo: { hasNextPage: false } });
    await entities(10_000);
    expect(await ask()).toMatchObject({ totalCount: 10_000, totalCountCapped: false });
    await entities(1);
    expect(await ask()).toMatchObject({ totalCount: 10_000, totalCountCapped: true });
    const filtered = await world.ok(`{ customers(first: 1, filter: { nameContains: "Customer 77" }) { ${fields} } }`);
    expect(filtered.customers).toMatchObject({ totalCount: 111, totalCountCapped: false });
  });

  test('below an entity stops at the same number', async () => {
    const [customer] = await world.sql`select id from engagements.customer limit 1`;
    await plantVolume(
      world.sql,
    )`insert into engagements.engagement (id, customer_id, name, status) select uuidv7(), ${customer?.id}, 'Engagement ' || n, 'DRAFT' from generate_series(1, 10001) n`;
    const answer = await world.ok(`query ($id: ID!) { customer(id: $id) { engagements(first: 1) { ${fields} } } }`, { id: customer?.id });
    expect(answer.customer.engagements).toEqual({ totalCount: 10_000, totalCountCapped: true, pageInfo: { hasNextPage: true } });
  });

  test('is one statement for both numbers, and none unless it is asked for', async () => {
    const counted = async (query: string) => {
      texts.length = 0;
      await world.ok(query);
      return texts.filter((text) => text.includes('count(*)')).length;
    };
    expect(await counted('{ customers(first: 1) { nodes { id } } }')).toBe(0);
    expect(await counted('{ customers(first: 1) { totalCount totalCountCapped } }')).toBe(1);
    expect(await counted('{ customers(first: 5) { nodes { engagements(first: 1) { totalCount totalCountCapped } } } }')).toBe(1);
  });
});
