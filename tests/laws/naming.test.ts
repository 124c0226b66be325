import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { root } from '../support/house.ts';

/** What the client sees: the composed graph, without the machinery of composition. docs/calls.md says the rules in words. */
const schema = buildSchema(readFileSync(new URL('schema/supergraph.graphql', root), 'utf8'), { assumeValidSDL: true });
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !/^(__|join__|link__)/.test(name));

type Named = { at: string; owner: string; name: string; list: boolean; type: string; enumeration: boolean };
const named = (at: string, owner: string, { name, type }: { name: string; type: GraphQLInputType | GraphQLOutputType }): Named => ({
  ...{ at, owner, name, list: isListType(getNullableType(type)), type: getNamedType(type).name, enumeration: isEnumType(getNamedType(type)) },
});

const inputs = types
  .filter(isInputObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => named(`${type.name}.${field.name}`, type.name, field)));
const fieldsOf = types
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
const given = [
  ...inputs,
  ...fieldsOf.flatMap(({ type, field }) => field.args.map((argument) => named(`${type.name}.${field.name}(${argument.name})`, field.name, argument))),
];
const outputs = fieldsOf.map(({ type, field }) => named(`${type.name}.${field.name}`, type.name, field));
const filters = inputs.filter(({ owner }) => owner.endsWith('Filter'));
const subscriptions = new Set(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}));
/** Events carry the words of their facts, which stay as they were recorded. */
const events = new Set(types.filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'BusinessEvent')).map(({ name }) => name));
const told = outputs.filter(({ owner }) => !events.has(owner));

const broken = (all: readonly Named[], holds: (each: Named) => boolean): string[] => all.filter((each) => !holds(each)).map(({ at }) => at);

describe('a list', () => {
  test('that is given is named in the plural; groupBy is no noun: it says how', () => {
    expect(broken(given, ({ name, list }) => !list || name.endsWith('s') || name === 'groupBy')).toEqual([]);
  });

  test('that is told is named in the plural, or by a word for the many as one', () => {
    const asOne = /(Summary|Breakdown|InProgress|AtRisk|Health)$/;
    expect(broken(told, ({ name, list }) => !list || name.endsWith('s') || asOne.test(name))).toEqual([]);
  });

  test('is what a plural of ids or references stands for', () => {
    expect(broken([...given, ...outputs], ({ name, list }) => list || !/(Ids|Refs|Codes|Statuses|Kinds)$/.test(name))).toEqual([]);
  });
});

test('a filter asks for an id, an enumeration or a code by a list: any of them', () => {
  const asked = [...filters, ...given.filter(({ owner }) => subscriptions.has(owner))];
  const chosen = ({ name, type, enumeration }: Named) => type === 'ID' || enumeration || /(Ids?|[cC]odes?)$/.test(name);
  expect(broken(asked, (each) => !chosen(each) || each.list)).toEqual([]);
  expect(asked.filter(chosen).length).toBeGreaterThan(150);
});

describe('an id', () => {
  const own = (type: string) => new Set(inputs.filter(({ owner }) => owner === type).map(({ name }) => name));

  test('of what an input acts on is `id`: what says the version that it expects says so', () => {
    const acting = inputs.filter(({ name }) => name === 'expectedVersion').map(({ owner }) => owner);
    expect(acting.filter((type) => !own(type).has('id'))).toEqual([]);
    expect(acting.length).toBeGreaterThan(80);
  });

  test('of what it points to says what that is', () => {
    // The page of a line's rows goes on after a row, whose id is its cursor.
    const pointing = given.filter(({ type, at }) => type === 'ID' && !/^InvoiceLine\.\w+\(after\)$/.test(at));
    expect(broken(pointing, ({ name }) => /^(ids?|idempotencyKey)$|Ids?$/.test(name))).toEqual([]);
  });
});

test('a flag is the adjective that it sets, or the verb of what is done besides', () => {
  const verbs = new Set(Object.keys(schema.getMutationType()?.getFields() ?? {}).map((name) => name.replace(/[A-Z].*/, '')));
  // What a permission grants to do besides, as period:override does.
  verbs.add('override');
  // Nothing is done but told: the word that people know for it.
  verbs.add('dry');
  // What a credit does besides.
  verbs.add('rebill');
  const adjective = /^(active|billable|exempt|open|selfAssignable|cutShort)$|ed$|ing$/;
  const flags = given.filter(({ type }) => type === 'Boolean');
  expect(broken(flags, ({ name }) => adjective.test(name) || verbs.has(name.replace(/[A-Z].*/, '')))).toEqual([]);
  expect(flags.length).toBeGreaterThan(30);
});

describe('time', () => {
  const days = (all: readonly Named[]) => all.filter(({ type }) => type === 'Date');
  const instants = (all: readonly Named[]) => all.filter(({ type }) => type === 'DateTime');

  test('a day is a date, or a participle with On; asOf is the day by which is read', () => {
    const day = /(^date|Date|On|^asOf|^effectiveFrom|^effectiveTo)$/;
    const range = /^(\w+)(From|To)$/;
    expect(broken(days(outputs), ({ name }) => day.test(name))).toEqual([]);
    expect(broken(days(given), ({ name, owner }) => day.test(name) || (owner.endsWith('Filter') && range.test(name)))).toEqual([]);
  });

  test('an instant is a participle with At; a filter asks Since or Before', () => {
    // Of something that is not over while it is told.
    const lasting = 'breachedSince';
    expect(broken(instants(outputs), ({ name }) => name.endsWith('At') || name === lasting)).toEqual([]);
    expect(broken(instants(given), ({ name }) => /(At|Since|Before)$/.test(name))).toEqual([]);
  });

  test('a range has two ends', () => {
    const ranges = filters.flatMap(({ at, name }) => (name.endsWith('From') ? [at.replace(/From$/, 'To')] : []));
    expect(ranges.filter((at) => !filters.some((each) => each.at === at))).toEqual([]);
    expect(ranges.length).toBeGreaterThan(10);
  });
});

test('the log says which of its ends is which', () => {
  expect(outputs.filter(({ owner }) => owner === 'FactLog').map(({ name }) => name)).toEqual([
    'newestPosition',
    'oldestPosition',
    'newestCursor',
    'oldestCursor',
  ]);
});
