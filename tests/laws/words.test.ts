import { readFile } from 'node:fs/promises';
import { parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '#kernel/errors.ts';
import { machines, root, sources } from '../support/house.ts';
import { pages } from '../support/pages.ts';

const read = (path: string) => readFile(new URL(path, root), 'utf8');
const schemas = ['engagements', 'resources', 'time', 'finance', 'operations', 'operations.events', 'kernel'];
const sdl = await Promise.all(schemas.map(async (name) => ({ name, document: parse(await read(`schema/${name}.graphql`)) })));
const code = await sources(['kernel', 'gateway', 'subgraphs', 'processes', 'roles', 'client', 'connectors']);
/** Pages by hand, without their snippets. */
const prose = (await pages())
  .filter(({ path }) => !/^docs\/(adr\/|api\/|facts|lifecycles|dependencies)/.test(path))
  .map(({ path, text }) => ({ path, text: text.replace(/```[\s\S]*?\n```/g, '') }));

const names = new Set<string>();
const values = new Set<string>();
const descriptions: { at: string; text: string }[] = [];
for (const { name, document } of sdl)
  visit(document, {
    enter(node) {
      if ('name' in node && node.name && node.kind !== 'NamedType') names.add(node.name.value);
      if (node.kind === 'EnumValueDefinition') values.add(node.name.value);
      if ('description' in node && node.description)
        descriptions.push({ at: `${name} ${'name' in node ? node.name?.value : ''}`, text: node.description.value });
    },
  });
const guards = new Set(
  (await machines()).flatMap(({ machine }) => Object.values(machine.actions).flatMap(({ guards: all = [] }) => all.map((guard) => guard.name))),
);

describe('error codes', () => {
  test('are each raised by something', () => {
    const others = code.filter(({ path }) => path !== 'kernel/errors.ts').map(({ text }) => text);
    const raised = (name: string) => others.some((text) => new RegExp(`'${name}'`).test(text));
    expect(Object.keys(errorCodes).filter((name) => !raised(name))).toEqual([]);
  });

  test('are the rows of the runbook, one each', async () => {
    const rows = [...(await read('docs/runbook.md')).matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(Object.keys(errorCodes).sort());
  });

  test('and other words in capitals that a page names exist: codes, enum values, variables', () => {
    const variables = new Set(code.flatMap(({ text }) => text.match(/\b(?:ACCORD|DATABASE|LOG|NATS|NODE|OTEL)_[A-Z_]+\b/g) ?? []));
    const known = (word: string) =>
      word in errorCodes ||
      code.some(({ text }) => text.includes(`'${word}'`)) ||
      values.has(word) ||
      variables.has(word) ||
      /^ACCORD_(SUBGRAPH_)?$/.test(word);
    const unknown = prose.flatMap(({ path, text }) =>
      [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, snippet = '']) =>
        (snippet.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? []).flatMap((word) => (known(word) ? [] : [`${path} ${word}`])),
      ),
    );
    expect(unknown).toEqual([]);
  });
});

test('permissions are in docs/permissions.md, each that is declared and no other', async () => {
  const declared = code.flatMap(({ text }) =>
    [...text.matchAll(/interface KnownPermissions \{([^}]*)\}/g)].flatMap(([, body = '']) => body.match(/[a-z-]+:[a-z]+(?=')/g) ?? []),
  );
  const told = [...(await read('docs/permissions.md')).matchAll(/^\| `([a-z-]+:[a-z]+)`/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual([...declared].sort());
});

test('terms of the glossary stand in the schema or the code', async () => {
  const text = (await read('docs/glossary.md')).split('## Dates')[0] ?? '';
  const terms = [...text.matchAll(/^\| ([a-z][\w ]+?|WIP) +\|/gm)].map(([, term = '']) => term);
  const everything = [...sdl.map(({ document }) => JSON.stringify(document)), ...code.map(({ text: source }) => source)].join('\n').toLowerCase();
  const stands = (term: string) => [term, term.replaceAll(' ', ''), term.replaceAll(' ', '_')].some((form) => everything.includes(form.toLowerCase()));
  expect(terms.length).toBeGreaterThan(30);
  expect(terms.filter((term) => !stands(term))).toEqual([]);
});

describe('what is named like a mutation, a field or a guard exists', () => {
  const camel = /\b[a-z]+(?:[A-Z][a-z]+)+\b/g;
  const exists = (word: string) => names.has(word) || guards.has(word);

  test('in descriptions of the schema', () => {
    const unknown = descriptions.flatMap(({ at, text }) => (text.match(camel) ?? []).flatMap((word) => (exists(word) ? [] : [`${at}: ${word}`])));
    expect(unknown).toEqual([]);
  });

  test('in refusals', () => {
    const sentences = code.flatMap(({ path, text }) =>
      [...text.matchAll(/Refused\(\s*'[A-Z_]+',\s*(['`])([\s\S]*?)\1/g)].map(([, , sentence = '']) => ({ path, sentence })),
    );
    // What stands in ${...} is code, and what a request itself carries has no place in the schema.
    const request = new Set(['operationName', 'documentId']);
    const unknown = sentences.flatMap(({ path, sentence }) =>
      (sentence.replace(/\$\{[^}]*\}/g, '').match(camel) ?? []).flatMap((word) => (exists(word) || request.has(word) ? [] : [`${path}: ${word}`])),
    );
    expect(sentences.length).toBeGreaterThan(50);
    expect(unknown).toEqual([]);
  });

  test('in pages', () => {
    // Words of clients, of tools and of GraphQL over HTTP.
    const others = new Set([
      'customScalarTypes',
      'subscriptionExchange',
      'fetchSubscriptions',
      'availableActions',
      'userErrors',
      // Of results of tools.
      ...['structuredContent', 'isError'],
      ...['hasNext', 'operationId', 'documentId', 'operationName', 'persistedQuery', 'persistedDocuments', 'claimPrefix', 'jwksFile'],
      // What NATS is asked.
      'getMessage',
      // Of the TypeScript client.
      ...['retryAfterMs', 'onRetry', 'orThrow', 'documentIdOf', 'webSocketImpl'],
      // What the sample's own subgraph adds, and keys of the registry.
      ...['creditScore', 'keyId', 'unusedFor'],
      // A key of the log's lines.
      'traceId',
    ]);
    const unknown = prose.flatMap(({ path, text }) =>
      [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, snippet = '']) =>
        /[./]ts\b|\//.test(snippet) ? [] : (snippet.match(camel) ?? []).flatMap((word) => (exists(word) || others.has(word) ? [] : [`${path}: ${word}`])),
      ),
    );
    expect(unknown).toEqual([]);
  });
});
