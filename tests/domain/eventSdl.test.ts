import { buildASTSchema, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { anyId, day, decimal, firmOnly, flag, hours, id, ids, internal, list, nullable, shownMoney, text, thing, whole } from '#kernel/fields.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { eventTypes } from '../../generate/events.ts';
import { factsPage } from '../../generate/factsPage.ts';

const facts = catalogue('test', {
  BoxShut: fact({
    subject: 'Box',
    description: 'A box was shut.',
    read: 'task:read',
    outside: ['CLIENT'],
    fields: {
      boxId: id('Box'),
      customerId: id('Customer'),
      otherBoxId: nullable(id('Box')),
      ownerId: firmOnly(id('Person')),
      sourceId: anyId('Where it came from.'),
      entryIds: ids('Entry', 'Its entries.'),
      lidIds: ids('Lid', 'Its lids.'),
      name: text('Its name then.'),
      shutOn: nullable(day('The "official" day.')),
      weight: nullable(decimal('How heavy.')),
      price: shownMoney('What it cost.'),
      count: whole('How many.'),
      idleHours: nullable(hours('How long it stood.')),
      heavy: flag('Whether it is.'),
      words: list(text('A word.'), 'Its words.'),
      parts: internal(list(thing({ n: whole('One.') }, 'A part.'))),
    },
  }),
  BoxLost: fact({ subject: 'Box', description: 'A box was lost.', read: 'task:read', fields: { boxId: id('Box') } }),
});

const base = `
  directive @tag(name: String!) repeatable on OBJECT | FIELD_DEFINITION | ENUM | INTERFACE
  directive @key(fields: String!) on OBJECT
  scalar Cursor scalar Date scalar Decimal scalar Duration
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  type Money { amount: Decimal }
  type Box { id: ID! } type Customer { id: ID! } type Person { id: ID! } type Entry { id: ID! } type Lid { id: ID! }
  type Query { box: Box }
  type Subscription { businessEvents: BusinessEvent }
  "An event."
  interface BusinessEvent {
    "Its id."
    id: ID!
    "What happened."
    type: BusinessEventType!
    "The customer concerned."
    customer: Customer @tag(name: "portal")
  }`;
const sdl = eventTypes(Object.values(facts), base);
const schema = buildASTSchema(parse(`${base}\n${sdl.replace('extend type Subscription', 'type Extra')}`));
const fieldsOf = (name: string): Record<string, string> => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)])) : {};
};

describe('the event SDL', () => {
  test('has a type per fact: the common fields, then those of the payload, entities instead of ids', () => {
    expect(fieldsOf('BoxShut')).toEqual({
      id: 'ID!',
      type: 'BusinessEventType!',
      customer: 'Customer',
      box: 'Box',
      otherBox: 'Box',
      owner: 'Person',
      sourceId: 'ID!',
      entries: '[Entry]!',
      lids: '[Lid]!',
      name: 'String!',
      shutOn: 'Date',
      weight: 'Decimal',
      price: 'Money!',
      count: 'Int!',
      idleHours: 'Decimal',
      idleDuration: 'Duration',
      heavy: 'Boolean!',
      words: '[String!]!',
    });
  });

  test('has an enum value and a subscription for each', () => {
    expect(schema.getType('BusinessEventType')?.astNode).toMatchObject({ values: [{ name: { value: 'BoxShut' } }, { name: { value: 'BoxLost' } }] });
    expect(fieldsOf('Extra')).toEqual({ boxShut: 'BoxShut!', boxLost: 'BoxLost!' });
    expect(sdl).toContain('boxLost(\n    "Only events of these customers."\n    customerIds: [ID!]');
  });

  test('is tagged for the contracts of those who are told', () => {
    expect(sdl).toContain('type BoxShut implements BusinessEvent @key(fields: "id") @tag(name: "portal") @tag(name: "psa") @tag(name: "analytics") {');
    expect(sdl).toContain('type BoxLost implements BusinessEvent @key(fields: "id") @tag(name: "psa") @tag(name: "analytics") {');
    expect(sdl).toContain('  owner: Person @tag(name: "firm")\n');
    expect(sdl).toContain('  customer: Customer @tag(name: "portal")\n');
  });

  test('describes every field, by the catalogue or by its name', () => {
    expect(sdl).toContain('"The other box, as it is now."\n  otherBox: Box');
    expect(sdl).toContain('"""The "official" day."""\n  shutOn: Date');
    expect(sdl).not.toMatch(/^ *""$/m);
  });

  test('needs the interface', () => {
    expect(() => eventTypes([], 'type Query { a: Int }')).toThrow('declares no interface BusinessEvent');
  });
});

test('docs/facts.md says of each fact who sees it, and what it says', () => {
  const page = factsPage(Object.values(facts), 'Generated.');
  expect(page).toContain('| [BoxShut](#boxshut) | test | Box | 1 | A box was shut. |');
  expect(page).toContain('A box was shut. Seen with `task:read`; outside the firm by clients, of their own customers.');
  expect(page).toContain('A box was lost. Seen with `task:read`; outside the firm by nobody.');
  expect(page).toContain('| `otherBoxId` | id of Box or null |  |');
  expect(page).toContain('| `ownerId` | id of Person | Told to nobody outside the firm. |');
  expect(page).toContain('| `parts` | list of { n } | A part. In the log only; no event shows it. |');
});
