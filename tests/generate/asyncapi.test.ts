import { readFile } from 'node:fs/promises';
import specs from '@asyncapi/specs';
import { Ajv, type SchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asyncApi, doors, payloadOf } from '../../generate/asyncapi.ts';
import { factCatalogue, root } from '../support/house.ts';

const facts = await factCatalogue();
const committed = await readFile(new URL('schema/asyncapi.yaml', root), 'utf8');
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, meta: false, validateSchema: false });
const fits = ajv.compile(specs.schemas['3.0.0'] as SchemaObject);
const faults = (document: unknown) => (fits(document) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));

/** Every `$ref` of a document that leads nowhere in it. */
function dangling(document: unknown): string[] {
  const found: string[] = [];
  const at = (ref: string) =>
    ref
      .slice(2)
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('$ref' in value && typeof value.$ref === 'string' && at(value.$ref) === undefined) found.push(value.$ref);
    for (const each of Object.values(value)) walk(each);
  };
  walk(document);
  return found;
}

describe('the AsyncAPI document', () => {
  test('is what the catalogues say, fits the specification, and leads to what is there', () => {
    expect(asyncApi(facts).content).toBe(committed);
    const document = parse(committed);
    expect(faults(document)).toEqual([]);
    expect(dangling(document)).toEqual([]);
  });

  test('fits with every door open, too, those that are being built', () => {
    const document = parse(
      asyncApi(
        facts,
        doors.map((door) => ({ ...door, isOpen: true })),
      ).content,
    );
    expect(faults(document)).toEqual([]);
    expect(dangling(document)).toEqual([]);
    expect(document.channels['nats.CustomerCreated'].address).toBe('accord.engagements.CustomerCreated.{customer}');
    expect(Object.keys(document.servers)).toEqual(doors.map(({ name }) => name));
  });

  test('tells of what is open alone', () => {
    const { servers, channels } = parse(committed);
    const open = doors.filter(({ isOpen }) => isOpen).map(({ name }) => name);
    expect(Object.keys(servers)).toEqual(open);
    expect(Object.keys(channels)).toHaveLength(open.length * facts.length);
  });

  test('can be found wrong', () => {
    const document = parse(committed);
    expect(faults({ ...document, asyncapi: undefined })).not.toEqual([]);
    expect(faults({ ...document, channels: { x: { address: 1 } } })).not.toEqual([]);
    expect(dangling({ a: { $ref: '#/nowhere' } })).toEqual(['#/nowhere']);
  });

  test('has a message for each fact, with its version, its permission and the attributes of CloudEvents', () => {
    const { components } = parse(committed);
    expect(Object.keys(components.messages)).toEqual(facts.map(({ type }) => type));
    for (const fact of facts)
      expect(components.messages[fact.type]).toMatchObject({ summary: fact.description, 'x-accord': { version: fact.version, permission: fact.read } });
    expect(components.messageTraits.fact.headers.required).toEqual(
      expect.arrayContaining(['specversion', 'id', 'source', 'type', 'position', 'correlationid']),
    );
  });
});

describe('the payload of a message', () => {
  const sampleOf = (type: string) => {
    const fact = facts.find((each) => each.type === type);
    if (!fact) throw new Error(`there is no fact ${type}`);
    return addFormats.default(new Ajv({ strict: false })).compile(payloadOf(fact));
  };
  const customerId = '01900000-0000-7000-8000-000000000001';

  test('takes what the catalogue takes, and fields of later versions', () => {
    const takes = sampleOf('CustomerUpdated');
    expect(takes({ customerId, name: 'A', status: 'ACTIVE' })).toBe(true);
    expect(takes({ customerId, name: 'A', status: 'ACTIVE', later: 1 })).toBe(true);
  });

  test.each([
    ['an id that is none', { customerId: 'x', name: 'A', status: 'ACTIVE' }],
    ['a field that is missing', { customerId, status: 'ACTIVE' }],
    ['a number for a text', { customerId, name: 1, status: 'ACTIVE' }],
  ])('refuses %s', (_, payload) => {
    expect(sampleOf('CustomerUpdated')(payload)).toBe(false);
  });

  test('leaves out what stays in the log', () => {
    for (const fact of facts) {
      const internal = Object.entries(fact.fields).flatMap(([name, field]) => (field.internal ? [name] : []));
      const properties = payloadOf(fact).properties as Record<string, unknown>;
      expect(internal.filter((name) => name in properties)).toEqual([]);
    }
  });
});
