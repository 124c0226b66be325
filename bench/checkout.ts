import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from '../roles/cannotStart.ts';

const run = promisify(execFile);
const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** A state of the sources that is measured: where it lies, and where its databases may. */
export type Checkout = { name: 'base' | 'present'; root: string; folder: string; revision: string };

/** The present tree as it is, and another revision beside it in a worktree of its own that ends with the stack. */
export async function checkouts(base: string, stack: AsyncDisposableStack): Promise<[Checkout, Checkout]> {
  const revision = await revisionOf(base);
  const place = await folderOf(`base-${revision}`);
  const tree = join(place, 'tree');
  await rm(tree, { recursive: true, force: true });
  await run('git', ['worktree', 'prune'], { cwd: root });
  await run('git', ['worktree', 'add', '--force', '--detach', tree, revision], { cwd: root });
  stack.defer(() => run('git', ['worktree', 'remove', '--force', tree], { cwd: root }).then(() => undefined));
  // The packages of today: a revision whose packages are gone cannot be measured, and says so when it starts.
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  const head = await revisionOf('HEAD');
  return [
    { name: 'base', root: tree, folder: place, revision },
    { name: 'present', root, folder: await folderOf('present'), revision: head },
  ];
}

async function revisionOf(name: string): Promise<string> {
  const { stdout } = await run('git', ['rev-parse', '--short=10', '--verify', `${name}^{commit}`], { cwd: root }).catch(() => {
    throw new CannotStart(`There is no revision ${name} here: --base takes a commit, a tag or a branch.`);
  });
  return stdout.trim();
}

/** As root, the database server runs under another user, who must get in. */
async function folderOf(name: string): Promise<string> {
  const folder = join(tmpdir(), 'accord-compare', name);
  await mkdir(folder, { recursive: true });
  await chmod(join(tmpdir(), 'accord-compare'), 0o755);
  await chmod(folder, 0o755);
  return folder;
}

/** The options for Node with which a tree's package.json starts it. */
export async function startFlagsOf(tree: string): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(tree, 'package.json'), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word.startsWith('--'));
}
