import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { aliasesFor } from '#gateway/aliases.ts';
import { compose } from '#gateway/composition/compose.ts';
import { planningThread } from '#gateway/planner/beside.ts';
import { mended } from '#gateway/planner/mended.ts';
import type { Fetch, PlanNode } from '#gateway/planner/plan.ts';
import { underArguments } from './federationAudit/arguments.ts';
import { keys } from './federationAudit/keys.ts';
import { type Suite, sdlOf, suiteWorld } from './federationAudit/suite.ts';

function composed({ subgraphs }: Suite): string {
  const whole = compose(Object.entries(subgraphs).map(([name, subgraph]) => ({ name, sdl: sdlOf(subgraph) })));
  if ('errors' in whole) throw new Error(whole.errors.join('\n'));
  return whole.supergraphSdl;
}

const fetchesOf = (node: PlanNode | undefined): Fetch[] => {
  if (node?.kind === 'Fetch') return [node];
  return node?.kind === 'Sequence' || node?.kind === 'Parallel' ? node.nodes.flatMap(fetchesOf) : [];
};

const conflict = underArguments['requires-with-argument-conflict'];

test('a supergraph that has nothing to mend is planned on as it is', () => {
  const document = parse(composed(keys['simple-entity-call']));
  const { document: same, fields, subgraphs } = mended(document);
  expect(same.definitions).toEqual(document.definitions);
  expect([fields.size, subgraphs.size]).toEqual([0, 0]);
});

test('a key that a subgraph does not resolve goes where it resolves another, and stays where it is the only one', () => {
  const joins = (document: ReturnType<typeof parse>) => JSON.stringify(document).match(/"resolvable"/g)?.length ?? 0;
  const document = parse(composed(keys['keys-mashup']));
  expect(joins(mended(document).document)).toBeLessThan(joins(document));
  const only = parse(
    composed({
      subgraphs: {
        a: { sdl: 'type Query { a: A } type A @key(fields: "id", resolvable: false) { id: ID! }' },
        b: { sdl: 'type A @key(fields: "id") { id: ID! b: Int }' },
      },
      cases: [],
    }),
  );
  expect(mended(only).document.definitions).toEqual(only.definitions);
});

test('the thread that checks supergraphs plans on a mended one, and its plans know subgraphs and fields by their own names', async () => {
  const thread = planningThread();
  try {
    const { planner } = await thread.load(composed(conflict));
    const { node } = await planner.plan({ document: parse('{ items { cost costInEuros price(currency: "GBP") } }'), operationName: undefined });
    const fetches = fetchesOf(node);
    expect(fetches.map(({ subgraph }) => subgraph).sort()).toEqual(['a', 'a', 'b']);
    const [first] = fetches.map(({ text }) => text);
    expect(first?.match(/price\(currency: "\w+"\)/g)?.sort()).toEqual(['price(currency: "EUR")', 'price(currency: "GBP")', 'price(currency: "USD")']);
    expect(JSON.stringify(fetches.flatMap(({ entities }) => entities.flatMap(({ requires }) => requires)))).toContain('"name":"price"');
  } finally {
    await thread.close();
  }
});

test('what fails of a requirement is told under the name that the schema has for it', async () => {
  const failing: Suite = {
    subgraphs: {
      ...conflict.subgraphs,
      b: {
        ...conflict.subgraphs.b,
        sdl: conflict.subgraphs.b?.sdl ?? '',
        roots: {
          items: [
            {
              upc: 'p1',
              price: () => {
                throw new Error('no price today');
              },
            },
          ],
        },
      },
    },
    cases: [],
  };
  const { errors, paths } = await suiteWorld(failing).ask({ ask: '{ items { cost } }', gives: undefined });
  expect(errors).toEqual(['no price today']);
  expect(paths).toEqual(['items.0.price']);
});

test('an alias that looks like a name of a requirement stands in nobody’s way', () => {
  const supergraphSdl = composed(conflict);
  const [name] = mended(parse(supergraphSdl)).fields.keys();
  const renamed = aliasesFor({ supergraphSdl }).renamed(parse(`{ items { ${name}: upc cost } }`));
  expect(JSON.stringify(renamed)).toContain(`aliased__${name}`);
});

/** A subgraph that knows a field as external is not asked for it, though it has the thing that it is of. */
const ownRequirement: Suite = {
  subgraphs: {
    c: {
      sdl: `type Query { tasks: [Task] } type Task @key(fields: "id") { id: ID! remarks: [Remark] @external count: Int @requires(fields: "remarks { id }") }
        type Remark @key(fields: "id") { id: ID! by: ID }`,
      roots: { tasks: [{ id: 't1' }] },
      rows: { Task: () => ({ count: (_: unknown, { remarks }: { remarks: unknown[] }) => remarks.length }), Remark: ({ id }) => ({ by: `author of ${id}` }) },
    },
    d: {
      sdl: `type Task @key(fields: "id") { id: ID! remarks: [Remark] author: ID @requires(fields: "remarks { by }") } type Remark @key(fields: "id") { id: ID! by: ID @external }`,
      rows: {
        Task: () => ({ remarks: [{ id: 'c1' }], author: (_: unknown, { remarks }: { remarks: { by?: string }[] }) => remarks[0]?.by }),
        Remark: ({ id }) => ({ id }),
      },
    },
  },
  cases: [],
};

test('what a subgraph requires of a field of its own comes from nowhere else', async () => {
  const { ask } = suiteWorld(ownRequirement);
  expect(await ask({ ask: '{ tasks { author count } }', gives: undefined })).toMatchObject({
    data: { tasks: [{ author: 'author of c1', count: 1 }] },
    errors: [],
  });
  expect(await ask({ ask: '{ tasks { author remarks { id } } }', gives: undefined })).toMatchObject({
    data: { tasks: [{ author: 'author of c1', remarks: [{ id: 'c1' }] }] },
    errors: [],
  });
});
