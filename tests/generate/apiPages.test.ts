import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { apiPage } from '../../generate/apiPages.ts';

const document = parse(`
  type Query { "Things." things(first: Int = 50, kind: Kind!): ThingConnection! @tag(name: "portal") @tag(name: "firm") }
  extend type Mutation {
    "Opens one | or two." openThing(input: OpenThingInput!): ThingPayload! @tag(name: "psa")
    openThings(input: OpenThingsInput!): ThingsPayload!
  }
  input OpenThingInput { idempotencyKey: ID id: ID! }
  input OpenThingsInput { idempotencyKey: ID! items: [OpenThingItem!]! }
  input OpenThingItem { id: ID! note: String }
`);
const known = { mutations: new Map([['openThing', { may: 'thing:write', guards: ['isClosed'] }]]), reads: new Map([['Thing', 'thing:read']]), facts: [] };
const page = apiPage('things', { documents: [document], known, note: 'Generated.' });

test('a page says what each root field takes, asks for and belongs to', () => {
  expect(page).toMatch(/^# Things\n\nGenerated\./);
  expect(page).toContain('| `things` | `first`, `kind!` | `ThingConnection!` | `thing:read` | firm, portal | Things. |');
  expect(page).toContain('| `openThing` | `idempotencyKey`, `id!` | `thing:write` | `isClosed` | firm, psa | Opens one \\| or two. |');
  expect(page).not.toContain('## Subscriptions');
});

test('several ask for what one asks for; their items are shown', () => {
  expect(page).toContain('| `openThings` | `idempotencyKey!`, `items!`; each item: `id!`, `note` | `thing:write` | `isClosed` | firm |');
});
