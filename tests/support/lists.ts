import { type GraphQLSchema, getNamedType, isEnumType, isInputObjectType } from 'graphql';
import { expect } from 'vitest';
import type { Json } from './graph.ts';

type World = { schema: GraphQLSchema; ok: (text: string, call?: { variables?: Record<string, unknown> }) => Promise<Json> };
type Args = { first?: number; last?: number; after?: string; before?: string; filter?: object | undefined; orderBy?: object };
type Ordering = { list: string; field: string; direction: 'ASC' | 'DESC'; select: string; filter?: object };

/** The lists of a subgraph as a client pages through them. */
export function listsOf({ schema, ok }: World) {
  const argumentOf = (list: string, name: string) =>
    schema
      .getQueryType()
      ?.getFields()
      [list]?.args.find((each) => each.name === name)?.type;

  /** One page of a list. */
  const page = async (list: string, select: string, args: Args = {}): Promise<Json> => {
    const given = Object.entries(args).filter(([, value]) => value !== undefined);
    const [declared, passed] = [given.map(([name]) => `$${name}: ${argumentOf(list, name)}`), given.map(([name]) => `${name}: $${name}`)];
    const wrap = (texts: string[]) => (texts.length > 0 ? `(${texts.join(', ')})` : '');
    const text = `query ${wrap(declared)} { ${list}${wrap(passed)} { totalCount nodes { id ${select} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    return (await ok(text, { variables: Object.fromEntries(given) }))[list];
  };

  /** Every order that the schema offers for a list. */
  const ordersOf = (list: string): string[] => {
    const order = getNamedType(argumentOf(list, 'orderBy'));
    const field = isInputObjectType(order) ? getNamedType(order.getFields().field?.type) : undefined;
    return isEnumType(field) ? field.getValues().map(({ name }) => name) : [];
  };

  /** Pages of a size from one end to the other: the nodes in the order of the list. */
  const walked = async ({ list, field, direction, select, filter }: Ordering, { size, backwards }: { size: number; backwards: boolean }) => {
    const nodes: Json[] = [];
    let place: string | undefined;
    for (;;) {
      const bounds = backwards ? { last: size, ...(place ? { before: place } : {}) } : { first: size, ...(place ? { after: place } : {}) };
      const { nodes: own, pageInfo } = await page(list, select, { ...bounds, filter, orderBy: { field, direction } });
      expect(backwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(place !== undefined);
      if (backwards) nodes.unshift(...own);
      else nodes.push(...own);
      if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return nodes;
      expect(own).toHaveLength(size);
      place = backwards ? pageInfo.startCursor : pageInfo.endCursor;
    }
  };

  /** One order of a list: sorted by its value, then by id; the same in pages of any size and from both ends; and any piece between two cursors. */
  const checkOrder = async (ordering: Ordering, value: (node: Json) => string | number): Promise<void> => {
    const { list, field, direction, select, filter } = ordering;
    const whole = await page(list, select, { first: 250, filter, orderBy: { field, direction } });
    const way = direction === 'ASC' ? 1 : -1;
    const compare = (a: Json, b: Json): number => {
      const [left, right] = [value(a), value(b)];
      return way * (left === right ? (a.id < b.id ? -1 : 1) : left < right ? -1 : 1);
    };
    expect(whole.totalCount).toBe(whole.nodes.length);
    expect(whole.nodes.length, `${list} has too little to page through`).toBeGreaterThan(3);
    expect(whole.nodes.map(value)).toEqual([...whole.nodes].sort(compare).map(value));
    expect(whole.nodes).toEqual([...whole.nodes].sort(compare));
    for (const size of [1, 3, whole.nodes.length]) {
      for (const backwards of [false, true]) expect(await walked(ordering, { size, backwards }), `${size} ${backwards}`).toEqual(whole.nodes);
    }
    const [after, before] = [whole.edges[0].cursor, whole.edges.at(-1).cursor];
    const between = await page(list, select, { first: 250, after, before, filter, orderBy: { field, direction } });
    expect(between.nodes).toEqual(whole.nodes.slice(1, -1));
    expect(await page(list, select, { last: 2, after, before, filter, orderBy: { field, direction } })).toMatchObject({ nodes: whole.nodes.slice(-3, -1) });
  };

  /** A filter gives what meets it and nothing else, and something of both there is. */
  const checkFilter = async ({ list, select, filter, meets }: { list: string; select: string; filter: object; meets: (node: Json) => boolean }) => {
    const all = await page(list, select, { first: 250 });
    const found = await page(list, select, { first: 250, filter });
    const wanted = all.nodes.filter(meets);
    expect(found.nodes).toEqual(wanted);
    expect(found.totalCount).toBe(wanted.length);
    expect([wanted.length > 0, wanted.length < all.nodes.length], `${JSON.stringify(filter)} tells nothing apart`).toEqual([true, true]);
  };

  return { page, ordersOf, walked, checkOrder, checkFilter };
}
