import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { blocksOf } from '../support/pages.ts';
import { root } from '../support/program.ts';

const run = promisify(execFile);
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
let world: EventWorld;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let blocks: Map<string, string>;

/** The package as it is published, in a folder where nothing else is but the packages that it names. */
beforeAll(async () => {
  world = await eventWorld();
  folder = await temporaryFolder();
  const source = join(folder.path, 'source');
  await cp(join(root, 'client'), source, { recursive: true, filter: (path) => !path.includes('/dist') });
  await cp(join(root, 'tsconfig.json'), join(folder.path, 'tsconfig.json'));
  await symlink(join(root, 'node_modules'), join(source, 'node_modules'));
  await run(bin('tsc'), ['-p', '.'], { cwd: source });
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: source });
  const modules = join(folder.path, 'app', 'node_modules');
  const own = join(modules, '@accord', 'client');
  await mkdir(own, { recursive: true });
  await run('tar', ['xzf', join(source, stdout.trim()), '-C', own, '--strip-components', '1']);
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'));
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types', 'undici-types'])
    await symlink(join(root, 'node_modules', name), join(modules, name));
  await writeFile(join(folder.path, 'app', 'package.json'), '{ "type": "module" }');
  const page = await readFile(join(root, 'docs', 'client.md'), 'utf8');
  blocks = new Map(blocksOf('docs/client.md', page).map(({ words, text }) => [words[0] ?? '', text]));
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** Writes a program of the page down, as it stands there but for the address. */
async function program(name: string): Promise<string> {
  const file = join(folder.path, 'app', `${name}.ts`);
  const text = blocks.get(name);
  if (text === undefined) throw new Error(`docs/client.md has no program ${name}`);
  await writeFile(file, text.replaceAll('http://127.0.0.1:4000/graphql', world.url));
  return file;
}

const environment = async (more: Record<string, string> = {}) => ({ ...process.env, TOKEN: await world.tokenFor(), ...more });

async function printed(name: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, [await program(name)], { env: await environment() });
  return stdout.trim().split('\n');
}

describe('the packed package', () => {
  test('runs the page’s calls', async () => {
    expect(await printed('calls')).toEqual(['created Northwind Advisory', 'refused VALIDATION_FAILED name false']);
    expect((await printed('calls'))[0]).toBe('created Northwind Advisory');
    await expect.poll(async () => (await world.sql`select 1 from log.fact where payload ->> 'name' = 'Northwind Advisory'`).length).toBe(1);
  });

  test('runs the page’s bulk call, and then its list to the end', async () => {
    expect(await printed('bulk')).toEqual(['progress 2 2 1', 'outcome A-1 done', 'outcome A-2 VALIDATION_FAILED']);
    expect(await printed('pages')).toContain('customer Alpine Freight');
  });

  test('runs the page’s live events', async () => {
    const { id } = await world.customer('Heard Ltd');
    await world.state(id, 'Heard plc');
    const child = execFile(process.execPath, [await program('live')], { env: await environment({ CURSOR: writeLogCursor(0n) }) });
    const heard: string[] = [];
    child.stdout?.on('data', (text) => heard.push(String(text)));
    await expect.poll(() => heard.join('')).toContain('update Heard plc ACTIVE');
    expect(heard.join('')).toContain('event Heard Ltd string');
    child.kill();
  });

  test('checks with its types', async () => {
    for (const name of ['calls', 'live', 'bulk', 'pages']) await program(name);
    await writeFile(
      join(folder.path, 'app', 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: ['node'] }, include: ['*.ts'] }),
    );
    const { stdout } = await run(bin('tsc'), ['-p', '.'], { cwd: join(folder.path, 'app') }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
    // The types are there, and are no blank cheque.
    await writeFile(
      join(folder.path, 'app', 'wrong.ts'),
      `${await readFile(join(folder.path, 'app', 'live.ts'), 'utf8')}\nfor await (const { data } of events) data?.nothing;\n`,
    );
    const wrong = await run(bin('tsc'), ['-p', '.'], { cwd: join(folder.path, 'app') }).catch((error: { stdout: string }) => error);
    expect(wrong.stdout).toMatch(/^wrong\.ts.*'nothing'/);
  });
});
