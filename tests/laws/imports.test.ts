import { readFile } from 'node:fs/promises';
import { dirname, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { imports, root, type Source, sources } from '../support/house.ts';

const aliases: Record<string, string> = {
  '#kernel/': 'kernel/',
  '#generated/': 'generated/',
  '#engagements/': 'subgraphs/engagements/',
  '#resources/': 'subgraphs/resources/',
  '#time/': 'subgraphs/time/',
  '#finance/': 'subgraphs/finance/',
  '#operations/': 'subgraphs/operations/',
  '#processes/': 'processes/',
  '#client/': 'client/',
  '#connectors/': 'connectors/',
  '#gateway/': 'gateway/',
  '#sample/': 'sample/',
  '#tests/': 'tests/',
};

/** A file's own imports as paths from the root; packages are left out. */
function ownImports(source: Source): string[] {
  return imports(source).flatMap((specifier) => {
    if (specifier.startsWith('.')) return [normalize(`${dirname(source.path)}/${specifier}`)];
    const alias = Object.keys(aliases).find((prefix) => specifier.startsWith(prefix));
    return alias ? [`${aliases[alias]}${specifier.slice(alias.length)}`] : [];
  });
}

/** The published language: everybody may know it. */
const published = /^subgraphs\/[^/]+\/published\.ts$/;
/** What several facts of a subgraph say alike: a part of its published language. */
const payloads = /^subgraphs\/[^/]+\/payloads\.ts$/;
/** What the mutations of a subgraph do, to be done again by a process. */
const subgraphRoots = /^subgraphs\/[^/]+\/subgraph\.ts$/;
const publicOfSubgraphs = /^subgraphs\/[^/]+\/(published|[^/]+\/(commands|queries))\.ts$/;

/** Who may know whom. */
function allowed(from: Source, to: string): boolean {
  const own = from.path.split('/').slice(0, 2).join('/');
  switch (from.room) {
    case 'kernel':
      return to.startsWith('kernel/');
    case 'subgraphs':
      if (published.test(from.path) || payloads.test(from.path)) return to.startsWith('kernel/') || published.test(to) || to === `${own}/payloads.ts`;
      return published.test(to) || to.startsWith('kernel/') || to.startsWith(`${own}/`) || to === `generated/${own.split('/')[1]}.ts`;
    case 'processes':
      return (
        to.startsWith('kernel/') ||
        to.startsWith('processes/') ||
        publicOfSubgraphs.test(to) ||
        (from.path === 'processes/acceptedProposals.ts' && subgraphRoots.test(to))
      );
    // Published as a package: it has nothing but itself.
    case 'client':
      return to.startsWith('client/');
    case 'connectors':
      return to.startsWith('client/') || to.startsWith('kernel/') || to.startsWith(`${own}/`) || publicOfSubgraphs.test(to);
    case 'gateway':
      return to.startsWith('kernel/') || to.startsWith('gateway/') || to.startsWith('schema/') || published.test(to);
    case 'console':
      return to.startsWith('console/') || to.startsWith('schema/');
    default:
      return !to.startsWith('tests/') || from.room === 'tests' || from.path === 'vitest.config.ts';
  }
}

test('every import obeys the import law', async () => {
  const broken = (await sources()).flatMap((source) =>
    ownImports(source)
      .filter((to) => !allowed(source, to))
      .map((to) => `${source.path} -> ${to}`),
  );
  expect(broken).toEqual([]);
});

test('the client imports what its package declares, and nothing that browsers do not have', async () => {
  const manifest: Record<'dependencies' | 'peerDependencies', Record<string, string>> = JSON.parse(
    await readFile(new URL('client/package.json', root), 'utf8'),
  );
  const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].sort();
  const packages = (await sources(['client']))
    .filter(({ room }) => room === 'client')
    .flatMap((source) => imports(source).filter((name) => !name.startsWith('.')));
  expect([...new Set(packages)].sort()).toEqual(declared);
});

test('drizzle comes in by one door', async () => {
  const outside = (await sources()).filter(
    (source) => source.room !== 'tests' && imports(source).some((specifier) => /^drizzle-orm(\/(pg-core|postgres-js))?$/.test(specifier)),
  );
  expect(outside.map(({ path }) => path)).toEqual(['kernel/sql.ts']);
});

test('nobody imports main.ts', async () => {
  const broken = (await sources()).filter((source) => ownImports(source).includes('main.ts')).map((source) => source.path);
  expect(broken).toEqual([]);
});

test('the law can fail', () => {
  const wrong: Source = {
    path: 'subgraphs/time/entry/commands.ts',
    room: 'subgraphs',
    text: "import { x } from '#finance/actual/commands.ts';\nimport { y } from '../../resources/tables.ts';\nimport { z } from '#finance/published.ts';\n",
  };
  expect(ownImports(wrong).filter((to) => !allowed(wrong, to))).toEqual(['subgraphs/finance/actual/commands.ts', 'subgraphs/resources/tables.ts']);
  const leaking: Source = { path: 'subgraphs/time/published.ts', room: 'subgraphs', text: "import { timesheets } from './tables.ts';\n" };
  expect(ownImports(leaking).filter((to) => !allowed(leaking, to))).toEqual(['subgraphs/time/tables.ts']);
});
