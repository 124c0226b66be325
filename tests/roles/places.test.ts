import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, lstat, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { findBinaries, packageFolder } from '../../roles/database/binaries.ts';
import { FolderInUse } from '../../roles/database/lock.ts';
import { canReach, serverOwner } from '../../roles/database/owner.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';

const asRoot = process.getuid?.() === 0;
const run = promisify(execFile);

/** The package as npm unpacks it when install scripts are not run. */
async function unlinkedPackage(folder: string): Promise<string> {
  const filter = async (path: string) => !(await lstat(path)).isSymbolicLink() && !path.endsWith('.a');
  await cp(packageFolder(), folder, { recursive: true, filter });
  return folder;
}

describe('the installed programs', () => {
  test('get their library links at start when the install script did not make them', async () => {
    await using folder = await temporaryFolder();
    const installed = await unlinkedPackage(join(folder.path, 'package'));
    const before = join(installed, 'native', 'lib', 'libicuuc.so.60');
    expect(existsSync(before)).toBe(false);
    const unused = () => Promise.reject(new Error('copied without need'));
    const { postgres: program } = await findBinaries({ owner: serverOwner(undefined), elsewhere: unused, installed });
    expect(program).toBe(join(installed, 'native', 'bin', 'postgres'));
    expect((await run(program, ['--version'])).stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
  });

  test.runIf(asRoot)('are copied once, open to all, when the unprivileged user cannot reach them', async () => {
    await using hidden = await temporaryFolder(0o700);
    await using open = await temporaryFolder();
    const installed = await unlinkedPackage(join(hidden.path, 'package'));
    await chmod(join(installed, 'native', 'bin', 'postgres'), 0o700);
    const owner = serverOwner(undefined);
    const search = { owner, elsewhere: async () => open.path, installed };
    const { postgres: program } = await findBinaries(search);
    expect(program.startsWith(open.path)).toBe(true);
    expect((await run(program, ['--version'], { ...owner, cwd: '/' })).stdout).toMatch(/18/);
    const made = (await stat(program)).ino;
    expect((await findBinaries(search)).postgres).toBe(program);
    expect((await stat(program)).ino).toBe(made);
  });
});

describe.runIf(asRoot)('as root with a data folder that the unprivileged user cannot enter', () => {
  test('data go elsewhere, the second start finds them, and --fresh starts anew', async () => {
    await using hidden = await temporaryFolder(0o700);
    await using open = await temporaryFolder();
    const first = await startHasty(hidden.path, { elsewhere: open.path });
    await execute(first.url, 'create table kept ()');
    await first.stop();
    const { data } = JSON.parse(await readFile(join(hidden.path, 'database.json'), 'utf8')) as { data: string };
    expect(data.startsWith(open.path)).toBe(true);
    expect(existsSync(join(hidden.path, 'postgres'))).toBe(false);
    const second = await startHasty(hidden.path, { elsewhere: open.path });
    await execute(second.url, 'select * from kept');
    await second.stop();
    await using third = await startHasty(hidden.path, { elsewhere: open.path, fresh: true });
    await expect(execute(third.url, 'select * from kept')).rejects.toMatchObject({ code: '42P01' });
  });

  test('a copy of the folder does not disturb the server on the data that both remember', async () => {
    await using hidden = await temporaryFolder(0o700);
    await using open = await temporaryFolder();
    await using server = await startHasty(hidden.path, { elsewhere: open.path });
    const copy = join(hidden.path, 'copy');
    await mkdir(copy);
    await cp(join(hidden.path, 'database.json'), join(copy, 'database.json'));
    await expect(startHasty(copy, { elsewhere: open.path })).rejects.toBeInstanceOf(FolderInUse);
    await execute(server.url, 'select 1');
  });

  test('what another user left in a removed folder under the same name is not taken over', async () => {
    await using hidden = await temporaryFolder(0o700);
    await using open = await temporaryFolder();
    const inner = join(hidden.path, 'data');
    const first = await startHasty(inner, { elsewhere: open.path });
    await execute(first.url, 'create table kept ()');
    await first.stop();
    await run('rm', ['-r', inner]);
    await using second = await startHasty(inner, { elsewhere: open.path });
    await expect(execute(second.url, 'select * from kept')).rejects.toMatchObject({ code: '42P01' });
  });

  test('a folder that was open and is closed now is refused, its data untouched', async () => {
    await using outer = await temporaryFolder();
    const inner = join(outer.path, 'data');
    await (await startHasty(inner)).stop();
    await chmod(outer.path, 0o700);
    await expect(startHasty(inner)).rejects.toThrow(/can no longer enter the folders above it/);
    await chmod(outer.path, 0o755);
    await using server = await startHasty(inner);
    expect(server.pid).toBeGreaterThan(0);
  });
});

describe.runIf(asRoot)('reaching', () => {
  test('needs every folder above, by owner, group or everybody', async () => {
    await using outer = await temporaryFolder(0o750);
    const inner = join(outer.path, 'inner');
    await mkdir(inner);
    const somebody = { uid: 12_345, gid: 12_346 };
    expect(canReach(inner, somebody)).toBe(false);
    await chown(outer.path, 0, somebody.gid);
    expect(canReach(inner, somebody)).toBe(true);
    await chown(outer.path, somebody.uid, 0);
    expect(canReach(inner, somebody)).toBe(true);
    expect(canReach(join(inner, 'missing'), somebody)).toBe(false);
  });

  test('the data of another user are served as that user', async () => {
    await using outer = await temporaryFolder();
    await chown(outer.path, 12_345, 12_346);
    expect(serverOwner(outer.path)).toEqual({ uid: 12_345, gid: 12_346 });
    expect(serverOwner(join(outer.path, 'missing'))?.uid).not.toBe(0);
  });
});

async function execute(url: string, text: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}
