import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isEnumType, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { facts as engagements } from '#engagements/published.ts';
import { facts as finance } from '#finance/published.ts';
import type { BusinessEvent, FederationTypes } from '#generated/operations.ts';
import type { ActorKind } from '#kernel/actor.ts';
import type { FactType } from '#kernel/published.ts';
import { readSdl } from '#kernel/sdl.ts';
import { subgraphDocument } from '#kernel/subgraph.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { eventRules } from '#operations/event/rules.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as resources } from '#resources/published.ts';
import { facts as time } from '#time/published.ts';
import { machines, root } from '../support/house.ts';

const facts = { ...engagements, ...resources, ...time, ...finance, ...operations };

type Facts = typeof facts;
type FactName = keyof Facts & keyof FederationTypes;
type Payload<Fact> = Fact extends FactType<infer Found> ? Found : never;
type Own<Event> = Exclude<keyof Event, keyof BusinessEvent | '__typename'>;

/** The fields that a payload gives: its keys, `<entity>` for `<entity>Id`, the plural for `<entity>Ids`, `duration` for `hours`. */
type Plural<Text extends string> = Text extends `${infer Start}y` ? `${Start}ies` : `${Text}s`;
type Exact<Key> = Key extends 'hours' ? 'duration' : Key extends `${infer What}Hours` ? `${What}Duration` : never;
type Given<Key> = Key extends `${infer Entity}Ids` ? Key | Plural<Entity> : Key extends `${infer Entity}Id` ? Key | Entity : Key | Exact<Key>;
type Missing<Event, Found> = Exclude<Own<Event>, Given<keyof Found>>;
/** Fields that the contract promises although the payload may hold null. */
type Broken<Event, Found> = {
  [Key in Own<Event> & keyof Found]: null extends Found[Key] ? (null extends Event[Key & keyof Event] ? never : Key) : never;
}[Own<Event> & keyof Found];

type Named<Name, Fields> = [Fields] extends [never] ? never : [Name, Fields];
type Unproducible = { [Name in FactName]: Named<Name, Missing<FederationTypes[Name], Payload<Facts[Name]>>> }[FactName];
type Promised = { [Name in FactName]: Named<Name, Broken<FederationTypes[Name], Payload<Facts[Name]>>> }[FactName];
type Uncontracted = Exclude<keyof Facts, keyof FederationTypes>;
type Nothing<Found> = [Found] extends [never] ? true : Found;

const folder = new URL('schema/', root);
const schema: GraphQLSchema = subgraphSchema(subgraphDocument(await readSdl(folder, 'kernel'), await readSdl(folder, 'operations')), {});
const event = schema.getType('BusinessEvent');
const types: readonly GraphQLObjectType[] = isInterfaceType(event) ? schema.getPossibleTypes(event) : [];
const names = Object.keys(facts).sort();
const fieldOf = (name: string) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
const tags = (type: GraphQLObjectType) =>
  (type.astNode?.directives ?? []).flatMap((each) =>
    each.name.value === 'tag' ? each.arguments?.map((argument) => ('value' in argument.value ? argument.value.value : '')) : [],
  );

describe('the event contract', () => {
  test('has one event for each fact, with its description, its enum value, its subscription and its permission', () => {
    expect(types.map((type) => type.name).sort()).toEqual(names);
    const values = schema.getType('BusinessEventType');
    expect(
      isEnumType(values)
        ? values
            .getValues()
            .map((value) => value.name)
            .sort()
        : [],
    ).toEqual(names);
    expect(Object.keys(eventRules).sort()).toEqual(names);
    const fields = schema.getSubscriptionType()?.getFields() ?? {};
    expect(Object.keys(fields).sort()).toEqual(['businessEvents', ...names.map(fieldOf)].sort());
    for (const type of types) {
      const field = fields[fieldOf(type.name)];
      expect(String(field?.type)).toBe(`${type.name}!`);
      expect(field?.args.map((argument) => argument.name)).toEqual(['customerIds', 'engagementIds', 'projectIds', 'employeeIds', 'after']);
      expect(type.description).toBe(facts[type.name as FactName].description);
    }
  });

  test('can produce every field from the payload, and promises nothing that may be null', () => {
    // These three lines are checked by the compiler: an event whose field no payload gives does not compile.
    const unproducible: Nothing<Unproducible> = true;
    const promised: Nothing<Promised> = true;
    const uncontracted: Nothing<Uncontracted> = true;
    expect([unproducible, promised, uncontracted]).toEqual([true, true, true]);
  });

  test('refers to entities by nullable fields: a receiver may not be allowed to see what an event is about', () => {
    const promised = types.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        isNonNullType(field.type) && isObjectType(field.type.ofType) && 'id' in field.type.ofType.getFields() && field.name !== 'subject'
          ? [`${type.name}.${field.name}`]
          : [],
      ),
    );
    expect(promised).toEqual([]);
  });

  test.each([
    ['portal', 'CLIENT'],
    ['partner', 'PARTNER'],
  ] as const)('shows the contract %s what its catalogue tells a %s, and nothing else', (contract, outsider) => {
    const tagged = types.filter((type) => tags(type).includes(contract)).map((type) => type.name);
    const told = Object.values(facts).flatMap((fact) => (fact.outside.includes(outsider) ? [fact.type] : []));
    expect(tagged.sort()).toEqual(told.sort());
  });

  test('tells clients all that it tells partners', () => {
    expect(Object.values(facts).filter(({ outside }) => outside.includes('PARTNER') && !outside.includes('CLIENT'))).toEqual([]);
  });

  test('names a subject whose type has a read permission of its own', () => {
    for (const name of names) expect(eventRules[name as FactName].read).toMatch(/^[a-z-]+:read$/);
  });
});

test('what an event says of a state, an actor and a subject is a word of an enum: the states are those of the machine of its subject', async () => {
  const states = new Map((await machines()).map(({ machine }) => [`${machine.entity}Status`, [...machine.states].sort()]));
  const wrong = Object.values(facts).flatMap(({ type, fields, subject }) => {
    const own = (schema.getType(type) as GraphQLObjectType).getFields();
    return ['status', 'previousStatus'].flatMap((name) => {
      if (!(name in fields)) return [];
      const shown = getNamedType(own[name]?.type);
      const values = isEnumType(shown) ? shown.getValues().map((value) => value.name) : [];
      const wanted = states.get(`${subject}Status`) ?? values;
      return isEnumType(shown) && shown.name === `${subject}Status` && values.sort().join() === wanted.join() ? [] : [`${type}.${name}`];
    });
  });
  expect(wrong).toEqual([]);
  const types = getEnum('EventSubjectType');
  expect(types).toEqual([...new Set(Object.values(facts).map(({ subject }) => subject))].sort());
  expect(getEnum('ActorKind')).toEqual(['CLIENT_PORTAL', 'INTEGRATION', 'PARTNER', 'SERVICE', 'STAFF'] satisfies ActorKind[]);
});

function getEnum(name: string): string[] {
  const type = schema.getType(name);
  return isEnumType(type)
    ? type
        .getValues()
        .map((value) => value.name)
        .sort()
    : [];
}
