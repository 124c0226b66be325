import { readFile } from 'node:fs/promises';
import { getTableColumns } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as engagements from '#engagements/tables.ts';
import * as finance from '#finance/entities.ts';
import type { Entity } from '#kernel/entity.ts';
import * as resources from '#resources/tables.ts';
import * as time from '#time/entities.ts';
import { defaultOwnership, ownershipFrom } from '../../roles/ownership.ts';
import { subgraphNames } from '../support/contract.ts';
import { root } from '../support/house.ts';

const isEntity = (value: unknown): value is Entity => typeof value === 'object' && value !== null && 'stepwise' in value && 'table' in value;
const entities = [engagements, resources, time, finance].flatMap((module) => Object.values(module).filter(isEntity));

describe('who owns what by default', () => {
  test('is what the contract says of each entity', async () => {
    const said = new Map<string, string>();
    for (const name of subgraphNames) {
      const text = await readFile(new URL(`schema/${name}.graphql`, root), 'utf8');
      for (const [, owners = '', type = ''] of text.matchAll(/Owner of truth: ([^."]+)\."\ntype (\w+)/g)) said.set(type, owners);
    }
    const listed = Object.entries(defaultOwnership.entities).flatMap(([name, { owners, parts = [] }]) =>
      [name, ...parts].map((each) => [each, owners.map((owner) => owner.toUpperCase()).join(' and ')] as const),
    );
    const owned = new Map(listed);
    expect([...said].filter(([type, owners]) => owned.get(type) !== owners)).toEqual([]);
    expect(Object.keys(defaultOwnership.entities).filter((name) => !said.has(name))).toEqual([]);
  });

  test('names entities, parts and columns that there are', () => {
    const known = new Map(entities.map((entity) => [entity.name, Object.keys(getTableColumns(entity.table))]));
    const strange = Object.entries(defaultOwnership.entities).flatMap(([name, { parts = [], fields = {} }]) => [
      ...[name, ...parts].filter((each) => !known.has(each)),
      ...Object.keys(fields).filter((field) => !known.get(name)?.includes(field)),
    ]);
    expect(strange).toEqual([]);
  });

  test('leaves no entity of another system out', () => {
    const listed = new Set(Object.entries(defaultOwnership.entities).flatMap(([name, { parts = [] }]) => [name, ...parts]));
    // Numbers, what was posted, reminding and disputes are Accord's own.
    const own = ['Dispute', 'DunningNotice', 'DunningPolicy', 'InvoiceDocument', 'InvoiceDunning', 'InvoiceSequence'];
    expect([...new Set(entities.map(({ name }) => name))].filter((name) => !listed.has(name)).sort()).toEqual(own);
  });
});

describe("a firm's file", () => {
  test('says which systems are of a kind, and other owners as a whole or by field', () => {
    const said = { kinds: { crm: ['salesforce', 'hubspot'] }, entities: { Contract: { owners: ['crm'] }, Project: { fields: { contractId: ['erp'] } } } };
    const { kinds, entities: owned } = ownershipFrom(JSON.stringify(said), 'own.json');
    expect(kinds).toEqual({ ...defaultOwnership.kinds, crm: ['salesforce', 'hubspot'] });
    expect(owned.Contract).toMatchObject({ owners: ['crm'], parts: defaultOwnership.entities.Contract?.parts });
    expect(owned.Project).toEqual({ owners: ['psa'], fields: { contractId: ['erp'] } });
    expect(owned.Customer).toEqual(defaultOwnership.entities.Customer);
  });

  test.each([
    ['is no JSON', '{'],
    ['has words of its own', '{"owners":{}}'],
    ['names an entity that nobody owns', '{"entities":{"Dog":{"owners":["crm"]}}}'],
    ['names a kind that is not there', '{"entities":{"Project":{"owners":["dms"]}}}'],
    ['leaves an entity to nobody', '{"entities":{"Project":{"owners":[]}}}'],
  ])('that %s keeps Accord from starting', (_, text) => {
    expect(() => ownershipFrom(text, 'own.json')).toThrow(/own\.json/);
  });
});
