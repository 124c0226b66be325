import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '../../generate/breaking.ts';
import { differing, write } from '../../generate/output.ts';
import { composeSupergraph } from '../../generate/supergraph.ts';
import { temporaryFolder } from '../support/embedded.ts';

const run = promisify(execFile);

describe('what is generated', () => {
  test('is written where it differs, folders and all, and then differs no more', async () => {
    await using folder = await temporaryFolder();
    const outputs = [
      { path: 'a.txt', content: 'one\n' },
      { path: 'deep/down/b.txt', content: 'two\n' },
      { path: 'c.txt', content: '' },
    ];
    expect(await differing(folder.path, outputs)).toEqual(outputs);
    await write(folder.path, outputs);
    expect(await differing(folder.path, outputs)).toEqual([]);
    expect(await readFile(join(folder.path, 'deep/down/b.txt'), 'utf8')).toBe('two\n');
    await writeFile(join(folder.path, 'a.txt'), 'one');
    expect((await differing(folder.path, outputs)).map(({ path }) => path)).toEqual(['a.txt']);
  });
});

describe('subgraphs that do not fit together', () => {
  const head = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
  const compose = (...sdls: string[]) => composeSupergraph(sdls.map((sdl, index) => ({ name: `s${index}`, sdl: `${head}${sdl}` })));

  test.each([
    [
      'a field of two types',
      ['type Query { a: Thing } type Thing @key(fields: "id") { id: ID! n: Int }', 'type Thing @key(fields: "id") { id: ID! n: String }'],
    ],
    ['a type that is missing', ['type Query { a: Thing }']],
    ['a key of no field', ['type Query { a: Thing } type Thing @key(fields: "nothing") { id: ID! }']],
    ['no query', ['type Thing @key(fields: "id") { id: ID! }']],
  ])('make no supergraph: %s', (_, sdls) => {
    expect(() => compose(...sdls)).toThrow();
  });
});

describe('a change of the API', () => {
  const sdl = (thing: string, more = '') => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { thing(at: Int): Thing ${more} } type Thing { ${thing} }`;
  const composed = (...parts: Parameters<typeof sdl>) => composeSupergraph([{ name: 'one', sdl: sdl(...parts) }]);

  /** A repository whose commits hold these supergraphs, and what lies in the folder after the last of them. */
  async function changed(committed: readonly string[], present: string, allowed?: string): Promise<string[]> {
    await using folder = await temporaryFolder();
    const git = (...args: string[]) => run('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: folder.path });
    await git('init', '--quiet');
    await mkdir(join(folder.path, 'schema'));
    for (const text of committed) {
      await writeFile(join(folder.path, 'schema/supergraph.graphql'), text);
      await git('add', 'schema');
      await git('commit', '--quiet', '--message', 'another supergraph');
    }
    await writeFile(join(folder.path, 'schema/supergraph.graphql'), present);
    if (allowed !== undefined) await writeFile(join(folder.path, 'schema/breaking-changes-allowed.txt'), allowed);
    return await breakingChanges(folder.path);
  }

  const before = composed('a: Int! b: String');

  test.each<[string, string, string[]]>([
    ['nothing', before, []],
    ['a field more', composed('a: Int! b: String c: Int'), []],
    ['a query more, with an argument', composed('a: Int! b: String', 'more(of: ID!): Int'), []],
    ['a field that may no longer be null', composed('a: Int! b: String!'), []],
    ['a field less', composed('a: Int!'), ["Thing.b: Field 'b' was removed from object type 'Thing'"]],
    ['a field that may be null', composed('a: Int b: String'), ["Thing.a: Field 'Thing.a' changed type from 'Int!' to 'Int'"]],
    ['another type', composed('a: Int! b: Int'), ["Thing.b: Field 'Thing.b' changed type from 'String' to 'Int'"]],
  ])('that is %s', async (_, present, told) => {
    expect(await changed([before], present)).toEqual(told);
  });

  test('is judged against the last commit that had another one, also once it is committed itself', async () => {
    const present = composed('a: Int!');
    const told = ["Thing.b: Field 'b' was removed from object type 'Thing'"];
    expect(await changed([before, present], present)).toEqual(told);
    expect(await changed([before, present, composed('a: Int! z: Int')], composed('a: Int! z: Int'))).toEqual([]);
    expect(await changed([present], present)).toEqual([]);
  });

  test('breaks nobody when it is allowed in writing, by its own place alone', async () => {
    const present = composed('b: Int');
    const both = ["Thing.a: Field 'a' was removed from object type 'Thing'", "Thing.b: Field 'Thing.b' changed type from 'String' to 'Int'"];
    expect((await changed([before], present, '')).sort()).toEqual(both);
    expect(await changed([before], present, '# Thing.a: not yet\nThing.b: nobody reads it\n')).toEqual(both.slice(0, 1));
    expect(await changed([before], present, 'Thing.a: gone\nThing.b: nobody reads it')).toEqual([]);
    expect((await changed([before], present, 'Thing: all of it\n')).sort()).toEqual(both);
  });
});
