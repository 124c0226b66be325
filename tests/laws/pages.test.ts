import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { roles } from '#gateway/roles.ts';
import { root } from '../support/house.ts';
import { blocksOf, exemption, pages, refusalsIn, remember, type Shown, variablesOf, wishOf } from '../support/pages.ts';

const all = await pages();
const blocks = all.flatMap(({ path, text }) => blocksOf(path, text));
const where = ({ page, line }: { page: string; line: number }) => `${page}:${line}`;
const exists = (path: string) =>
  readFile(new URL(path, root)).then(
    () => true,
    () => false,
  );

describe('the snippets of docs/', () => {
  test('are run with their page, or say above themselves who runs them, or why nobody does', async () => {
    const wrong: string[] = [];
    for (const block of blocks.filter(({ language }) => ['graphql', 'ts', 'sh'].includes(language))) {
      const exempt = exemption(block);
      if (exempt === undefined && !(block.language === 'sh' || (block.language === 'graphql' && wishOf(block).role in roles))) wrong.push(where(block));
      if (exempt && 'file' in exempt) {
        const text = await readFile(new URL(exempt.file, root), 'utf8').catch(() => '');
        if (!block.words[0] || !text.includes(`'${block.words[0]}'`)) wrong.push(`${where(block)}: ${exempt.file} runs no block ${block.words[0]}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(blocks.filter(({ language }) => language === 'graphql').length).toBeGreaterThan(15);
  });

  test('of a page that are run all stand in a page that the run takes', async () => {
    const run = await readFile(new URL('tests/graph/pages.test.ts', root), 'utf8');
    const running = new Set(blocks.filter((block) => ['graphql', 'sh'].includes(block.language) && !exemption(block)).map(({ page }) => page));
    expect([...running].filter((page) => !run.includes(`'${page}'`))).toEqual([]);
  });

  test('of GraphQL parse', () => {
    for (const block of blocks.filter(({ language }) => language === 'graphql')) expect(() => parse(block.text), where(block)).not.toThrow();
  });
});

test('each link of a page leads somewhere', async () => {
  const readme = { path: 'README.md', text: await readFile(new URL('README.md', root), 'utf8') };
  const links = [...all, readme].flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, to = '']) =>
      /^[a-z]+:/.test(to) ? [] : [{ path, to: normalize(join(dirname(path), to)) }],
    ),
  );
  const dead = await Promise.all(
    links.map(async (link) => ((await exists(link.to)) || (await exists(`${link.to}/README.md`)) || link.to === 'docs/adr/' ? [] : [link])),
  );
  expect(dead.flat()).toEqual([]);
  expect(links.length).toBeGreaterThan(30);
});

test('each page is found from the index', async () => {
  const index = all.find(({ path }) => path === 'docs/README.md')?.text ?? '';
  const missing = all
    .map(({ path }) => path.slice('docs/'.length))
    .filter((path) => !path.startsWith('adr/') && path !== 'README.md' && !index.includes(`(${path})`));
  expect(missing).toEqual([]);
});

describe('a page is read', () => {
  const page = [
    '<!-- not run here: no docker -->',
    '',
    '```sh stop',
    'exit',
    '```',
    '',
    '```graphql psa refused NOT_FOUND',
    'query ($customerId: ID!) { a }',
    '```',
    '```json',
    '{}',
    '```',
  ].join('\n');

  test('into blocks, with what stands above them', () => {
    const [stop, ask, json] = blocksOf('docs/a.md', page);
    expect([stop?.line, stop?.text, stop?.note]).toEqual([3, 'exit', 'not run here: no docker']);
    expect(stop && exemption(stop)).toEqual({ reason: 'no docker' });
    expect(ask && [exemption(ask), wishOf(ask)]).toEqual([undefined, { role: 'psa', refused: 'NOT_FOUND', until: undefined }]);
    expect(json?.language).toBe('json');
    const other = blocksOf('docs/a.md', '<!-- run by tests/x/y.test.ts, twice -->\n```ts a\n```\n```graphql finance until "entries":0\n{ a }\n```');
    expect(other.map((block) => [exemption(block), wishOf(block).until])).toEqual([
      [{ file: 'tests/x/y.test.ts' }, undefined],
      [undefined, '"entries":0'],
    ]);
  });

  test('and what its answers show fills its variables: ids by what has them, of several the first', () => {
    const shown: Shown = new Map([['customerId', 'old']]);
    remember(shown, {
      customers: { nodes: [{ id: 'a', name: 'A' }, { id: 'b' }], pageInfo: { endCursor: 'c' } },
      made: { results: [{ invoice: { id: 'i' } }] },
    });
    expect(variablesOf('query Q($customerId: ID!, $endCursor: Cursor, $invoiceId: ID!, $after: Cursor) { a }', shown)).toEqual({
      customerId: 'a',
      endCursor: 'c',
      invoiceId: 'i',
    });
    expect(variablesOf('{ a(b: $customerId) }', shown)).toEqual({});
  });

  test('and its refusals are found at any depth', () => {
    expect(refusalsIn({ data: { a: { userErrors: [{ code: 'X' }], results: [{ userErrors: [{ code: 'Y' }] }, { userErrors: [] }] }, b: null } })).toEqual([
      { code: 'X' },
      { code: 'Y' },
    ]);
    expect(refusalsIn({ errors: [{ message: 'no' }] })).toEqual([{ message: 'no' }]);
  });
});
