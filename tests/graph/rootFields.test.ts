import { type GraphQLField, getNamedType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFields } from '#gateway/contracts.ts';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';
import { loadSample } from '#sample/load.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { constellation } from '../support/constellation.ts';
import { listCatalogue } from '../support/house.ts';

const readable = await listCatalogue();

let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  await loadSample({ url: world.ownerUrl, scale: 'S', now: new Date('2026-11-22T10:00:00Z') });
});
afterAll(() => world[Symbol.asyncDispose]());

type Field = GraphQLField<unknown, unknown>;
const fields = (): Field[] => Object.values(world.graph.planning().apiSchema.getQueryType()?.getFields() ?? {});
const needed = ({ args }: Field) => args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
const byId = () =>
  fields().filter(
    (field) =>
      needed(field)
        .map(({ name }) => name)
        .join() === 'id',
  );
const open = () => fields().filter((field) => needed(field).length === 0);
/** The selection of any field: its type's name, nothing for a leaf. */
const named = ({ type }: Field) => (isObjectType(getNamedType(type)) ? '{ __typename }' : '');

describe('a field that finds by id', () => {
  /** An id of each field's type, where the sample firm has one. */
  const known = async (): Promise<[Field, string][]> => {
    const found: [Field, string][] = [];
    for (const field of byId()) {
      const list = open().find(({ type }) => getNamedType(type).name === `${getNamedType(field.type).name}Connection`);
      const id = list && (await world.ok(`{ ${list.name}(first: 1) { nodes { id } } }`))[list.name].nodes[0]?.id;
      if (id) found.push([field, id]);
    }
    return found;
  };
  const read = ({ name }: Field, id: string, wish?: TokenWish) => world.ask(`query ($id: ID!) { ${name}(id: $id) { id __typename } }`, { id }, wish);

  test.each([
    ['nobody has', newId()],
    ['is no id', 'CUST-7'],
    ['is nothing', ''],
    ['is too long', 'x'.repeat(5_000)],
    ['no database holds', 'a\0b'],
  ])('finds nothing by an id that %s, and says no more', async (_, id) => {
    expect(byId().length).toBeGreaterThan(20);
    for (const field of byId()) expect(await read(field, id), field.name).toEqual({ data: { [field.name]: null } });
    expect(world.faults).toEqual([]);
  });

  test('finds the same one by its id in capital letters', async () => {
    const all = await known();
    expect(all.length).toBeGreaterThan(18);
    for (const [field, id] of all)
      expect((await read(field, id.toUpperCase())).data, field.name).toEqual({ [field.name]: { id, __typename: getNamedType(field.type).name } });
  });

  test('tells a colleague of another legal entity no more of one than of nobody', async () => {
    const elsewhere = { role: 'admin', legalEntityIds: [newId()] };
    const ownedByOne = new Set(['contract', 'milestone', 'actual', 'invoice', 'payment', 'journalEntry', 'revenueEvent']);
    const asked = (await known()).filter(([{ name }]) => ownedByOne.has(name));
    expect(asked.length).toBe(ownedByOne.size);
    for (const [field, id] of asked) {
      expect((await read(field, id)).data[field.name].id).toBe(id);
      expect(await read(field, id, elsewhere), field.name).toEqual(await read(field, newId(), elsewhere));
    }
  });
});

describe('who may ask what', () => {
  // These are for everybody: each shows what its reader may know.
  const forAll = ['operations', 'readiness', 'viewer', 'changes'];
  const asked = () => open().filter(({ name }) => !forAll.includes(name));
  /** What sums up a list says which. */
  const summaries: Record<string, string> = {
    approvedNotPostedSummary: 'TimesheetEntry',
    actualSummary: 'Actual',
    invoiceSummary: 'Invoice',
    forecast: 'Actual',
  };
  const permissionOf = ({ name, type }: Field): string | undefined => {
    const entity = summaries[name] ?? getNamedType(type).name.replace(/Connection$/, '');
    return readable.find((list) => list.entity === entity)?.read;
  };
  /** What a contract leaves out although its role might read it. */
  const shown = (role: string, { name }: Field): boolean =>
    (role !== 'portal' && role !== 'partner') || contractFields(world.graph.planning().supergraphSchema, role).has(`Query.${name}`);
  const holds = (held: readonly string[], permission: string) =>
    held.some((each) => each === '*' || each === permission || each === `${permission.split(':')[0]}:*`);

  test('is said for every list and summary of the graph', () => {
    expect(asked().length).toBeGreaterThan(25);
    expect(asked().filter((field) => !permissionOf(field))).toEqual([]);
  });

  test.each(Object.entries(roles))('by a token of the role %s: its lists, and FORBIDDEN for all others', async (role, { kind, permissions: held }) => {
    const confined = kind === 'CLIENT_PORTAL' || kind === 'PARTNER' ? { customerIds: [newId()] } : {};
    const wrong: string[] = [];
    for (const field of asked()) {
      const { data, errors } = await world.ask(`{ ${field.name} ${named(field)} }`, {}, { role, ...confined });
      const may = holds(held, permissionOf(field) ?? '') && shown(role, field);
      const told = errors ? errors[0].extensions.code : data[field.name] && 'answered';
      if (told !== (may ? 'answered' : 'FORBIDDEN')) wrong.push(`${field.name}: ${told}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a filter', () => {
  type Asked = { field: Field; type: string; name: string; value: unknown };
  /** Every text, id and external reference that a filter takes, with this text in it. */
  const filtersWith = (text: string): Asked[] =>
    open().flatMap((field) => {
      const filter = field.args.find(({ name }) => name === 'filter');
      const input = getNamedType(filter?.type);
      if (!filter || !isInputObjectType(input)) return [];
      return Object.values(input.getFields()).flatMap(({ name, type }): Asked[] => {
        const of = getNamedType(type).name;
        if (!['String', 'ID', 'ExternalRefInput'].includes(of)) return [];
        const one = of === 'ExternalRefInput' ? { system: text, externalId: text } : text;
        return [{ field, type: String(filter.type), name, value: isListType(isNonNullType(type) ? type.ofType : type) ? [one] : one }];
      });
    });
  const ask = ({ field, type, name, value }: Asked) =>
    world.ask(`query ($filter: ${type}) { ${field.name}(filter: $filter) ${named(field)} }`, { filter: { [name]: value } });

  test.each(["x' or '1'='1", '%', '_%\\', '💼', '{}', '$1'])('takes the text %j for a text', async (text) => {
    const all = filtersWith(text);
    expect(all.length).toBeGreaterThan(60);
    const failed: string[] = [];
    for (const asked of all) {
      const { errors } = await ask(asked);
      if (errors) failed.push(`${asked.field.name}.${asked.name}: ${errors[0].message}`);
    }
    expect(failed).toEqual([]);
    expect(world.faults).toEqual([]);
  });

  test.each([
    ['a character that the database does not have', 'a\0b', 'must not hold control characters.'],
    ['half a character', 'half \ud800', 'holds half a character. Send whole ones, as UTF-8.'],
    ['more than it takes', 'x'.repeat(3_000), '255 characters.'],
  ])('with %s is a mistake of the caller', async (_, text, why) => {
    const told = new Set<string>();
    for (const asked of filtersWith(text)) {
      const { errors } = await ask(asked);
      // An id that is none finds nothing, whatever it is.
      const [error] = errors ?? [];
      told.add(error ? `${error.extensions.code} ${error.message.endsWith(why)}` : 'nothing found');
    }
    expect(told).toEqual(new Set(['VALIDATION_FAILED true', 'nothing found']));
    expect(world.faults).toEqual([]);
  });

  test('by name takes a wildcard for itself, and nothing for no condition', async () => {
    const hasName = ({ type }: Field['args'][number]) => {
      const input = getNamedType(type);
      return isInputObjectType(input) && 'nameContains' in input.getFields();
    };
    const lists = open().filter(({ args }) => args.some(hasName));
    expect(lists.length).toBeGreaterThan(10);
    for (const { name } of lists) {
      const counted = (text: string) => `${name}(filter: { nameContains: "${text}" }) { totalCount }`;
      const { none, underscores, empty, all } = await world.ok(
        `{ none: ${counted('%%')} underscores: ${counted('____')} empty: ${counted('')} all: ${name} { totalCount } }`,
      );
      expect([none, underscores], name).toEqual([{ totalCount: 0 }, { totalCount: 0 }]);
      expect(empty, name).toEqual(all);
    }
  });
});
