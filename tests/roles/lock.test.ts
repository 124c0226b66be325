import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { FolderInUse, lockFolder } from '../../roles/database/lock.ts';
import { temporaryFolder } from '../support/embedded.ts';

/** A process that takes the lock, says which end it came to, and stays when it got it. */
function contender(folder: string) {
  const lock = join(import.meta.dirname, '../../roles/database/lock.ts');
  const program = `const { lockFolder } = await import(${JSON.stringify(lock)});
    const held = await lockFolder(${JSON.stringify(folder)}).catch((error) => error.name);
    console.log(held === 'FolderInUse' ? 'refused' : 'held');
    if (held !== 'FolderInUse') { setInterval(() => held, 1000); }`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('one holder at a time, the next one after it lets go', async () => {
  await using folder = await temporaryFolder();
  const first = await lockFolder(folder.path);
  const refusal = await lockFolder(folder.path).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FolderInUse);
  expect(refusal).toMatchObject({ holder: { pid: process.pid, since: expect.stringMatching(/^20\d\d-.*Z$/) } });
  await first[Symbol.asyncDispose]();
  await using _second = await lockFolder(folder.path);
});

test('of many processes that come at once exactly one gets it', async () => {
  await using folder = await temporaryFolder();
  const children = Array.from({ length: 6 }, () => contender(folder.path));
  const lines = await Promise.all(children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()));
  for (const child of children) child.kill('SIGKILL');
  expect(lines.sort()).toEqual(['held', 'refused', 'refused', 'refused', 'refused', 'refused']);
});

test('a killed holder blocks nobody, whoever has its pid now', async () => {
  await using folder = await temporaryFolder();
  const child = contender(folder.path);
  await once(child.stdout, 'data');
  await expect(lockFolder(folder.path)).rejects.toMatchObject({ holder: { pid: child.pid } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await writeFile(join(folder.path, 'holder.json'), JSON.stringify({ pid: process.pid, since: 'yesterday' }));
  await using _lock = await lockFolder(folder.path);
});

test('a holder whose name cannot be read is still one', async () => {
  await using folder = await temporaryFolder();
  await using _lock = await lockFolder(folder.path);
  await writeFile(join(folder.path, 'holder.json'), '{"pid"');
  await expect(lockFolder(folder.path)).rejects.toThrow(/^Another process is using the data folder/);
});

test('a folder that cannot hold a lock is refused in a sentence', async () => {
  await using folder = await temporaryFolder();
  const refusal = lockFolder(join(folder.path, 'missing'));
  await expect(refusal).rejects.toThrow(/^The data folder cannot be used .*: it may belong to another user/);
  await expect(refusal).rejects.toBeInstanceOf(CannotStart);
});

test('taking the lock warns about nothing', async () => {
  await using folder = await temporaryFolder();
  const child = spawn(process.execPath, ['-e', `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(join(folder.path, 'x'))})`]);
  expect(await text(child.stderr)).toBe('');
});
