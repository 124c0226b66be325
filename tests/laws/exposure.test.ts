import { readFile } from 'node:fs/promises';
import { Kind, parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { contractNames, contracts } from '#gateway/contracts.ts';
import { namedType, sdlOf, subgraphNames, type TypeShape, typesOf } from '../support/contract.ts';
import { root } from '../support/house.ts';

const goldens = new Map(
  await Promise.all(
    contractNames.map(async (name) => [name, typesOf(parse(await readFile(new URL(`schema/contracts/${name}.graphql`, root), 'utf8')))] as const),
  ),
);
const golden = (name: (typeof contractNames)[number]): Map<string, TypeShape> => goldens.get(name) ?? new Map();
const fieldsOf = (types: Map<string, TypeShape>) =>
  [...types.values()].filter(({ kind }) => !kind.startsWith('Input')).flatMap(({ name, fields }) => fields.map((field) => ({ owner: name, ...field })));

/** Types that say something about money, other people's money most of all. */
const money =
  /^(Money|.*Rate.*|.*Price.*|Actual.*|Invoice.*|Payment.*|Journal.*|Revenue.*|Ledger.*|Receivable|WorkInProgress|Cost.*|Tax.*|TrialBalance|.*Summary.*|Expense.*)$/;
/** What no person outside the firm may read, whatever a type's tags say. */
const ofTheFirm = ['internalNotes', 'approver', 'rateCard', 'costCenter', 'person', 'taxProfile', 'actuals', 'exceptions', 'journalEntry', 'externalRefs'];

describe('the contracts', () => {
  test.each(contractNames)('%s leads from a root to something', (name) => {
    const types = golden(name);
    expect(types.get('Query')?.fields.length).toBeGreaterThan(5);
    const missing = fieldsOf(types).filter(({ type }) => !types.has(namedType(type)) && !/^(ID|Int|String|Boolean|Float)$/.test(namedType(type)));
    expect(missing).toEqual([]);
  });

  test.each(['partner', 'analytics'] as const)('%s changes nothing', (name) => {
    expect(golden(name).has('Mutation')).toBe(false);
  });

  test('portal says what it holds against an invoice, and changes nothing else', () => {
    const mutations = golden('portal')
      .get('Mutation')
      ?.fields.map(({ name }) => name);
    expect(mutations).toEqual(['disputeInvoice', 'withdrawDispute']);
  });

  test.each(['portal', 'partner'] as const)('%s shows no affair of the firm', (name) => {
    const shown = fieldsOf(golden(name)).filter((field) => ofTheFirm.includes(field.name) || /margin|cost/i.test(field.name));
    expect(shown.map(({ owner, name: field }) => `${owner}.${field}`)).toEqual([]);
  });

  test('partner shows contracts, projects, assignments and time, and no amount, rate, cost or margin', () => {
    const types = golden('partner');
    const roots = types.get('Query')?.fields.map((field) => field.name) ?? [];
    expect(roots).toEqual(expect.arrayContaining(['contracts', 'contract', 'projects', 'project', 'assignments', 'timeEntries', 'timesheets']));
    expect([...types.keys()].filter((type) => money.test(type))).toEqual([]);
    const telling = fieldsOf(types).filter(
      ({ name }) => /amount|rate$|rates$|price|total|payment|invoice|billing|budget/i.test(name) && !name.startsWith('totalCount'),
    );
    expect(telling.map(({ owner, name }) => `${owner}.${name}`)).toEqual([]);
  });

  test('partner tells of people outside its own rows no more than who they are', () => {
    expect(
      golden('partner')
        .get('Employee')
        ?.fields.map((field) => field.name),
    ).toEqual(['id', 'name', 'title', 'workEmail', 'assignments']);
    expect(
      golden('partner')
        .get('Query')
        ?.fields.map((field) => field.name),
    ).not.toContain('employees');
  });

  test('analytics reads no confidential word', () => {
    expect(fieldsOf(golden('analytics')).filter(({ name }) => name === 'internalNotes' || name === 'person')).toEqual([]);
  });

  test('whatever portal or partner shows, psa or analytics shows too', () => {
    const inside = new Set(['psa', 'analytics'].flatMap((name) => fieldsOf(golden(name as 'psa')).map((field) => `${field.owner}.${field.name}`)));
    const outside = ['portal', 'partner'].flatMap((name) => fieldsOf(golden(name as 'portal')).map((field) => `${field.owner}.${field.name}`));
    expect(outside.filter((coordinate) => !inside.has(coordinate))).toEqual([]);
  });
});

test.each([...subgraphNames, 'kernel'])('the SDL of %s tags nothing but types and their fields: the door judges fields', async (name) => {
  const broken: string[] = [];
  const judged: readonly string[] = [Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION, Kind.FIELD_DEFINITION];
  const excluding = new Set<unknown>(Object.values(contracts).flatMap(({ exclude }) => [...exclude]));
  visit(await sdlOf(name), {
    Directive: (node, _, __, ___, ancestors) => {
      const owner = ancestors.findLast((each) => !Array.isArray(each));
      const value = node.arguments?.find((argument) => argument.name.value === 'name')?.value;
      if (node.name.value !== 'tag' || value?.kind !== Kind.STRING || !excluding.has(value.value)) return;
      if (owner && 'kind' in owner && !judged.includes(owner.kind)) broken.push(`${owner.kind} ${value.value}`);
    },
  });
  expect(broken).toEqual([]);
});
