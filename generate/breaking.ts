import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { breakingChanges as changesBetween } from '#gateway/composition/changes.ts';

const run = promisify(execFile);

/** Written exceptions: one `path: reason` per line; an entry goes when the change it allowed is committed. */
async function exceptions(root: string): Promise<Set<string>> {
  const text = await readFile(`${root}/schema/breaking-changes-allowed.txt`, 'utf8').catch(() => '');
  return new Set(
    text
      .split('\n')
      .filter((line) => line.includes(':') && !line.startsWith('#'))
      .map((line) => line.slice(0, line.indexOf(':')).trim()),
  );
}

/** The supergraph before the present one: the committed one while it is being changed, else the one before the last commit that changed it. */
async function formerSupergraph(root: string, present: string): Promise<string | undefined> {
  const { stdout } = await run('git', ['rev-list', '-n', '2', 'HEAD', '--', 'schema/supergraph.graphql'], { cwd: root });
  for (const revision of stdout.split('\n').filter(Boolean)) {
    const committed = await run('git', ['show', `${revision}:schema/supergraph.graphql`], { cwd: root, maxBuffer: 64 << 20 });
    if (committed.stdout !== present) return committed.stdout;
  }
  return undefined;
}

/** Breaking changes of the API against the last committed one, without those that are allowed in writing. */
export async function breakingChanges(root: string): Promise<string[]> {
  const present = await readFile(`${root}/schema/supergraph.graphql`, 'utf8');
  const former = await formerSupergraph(root, present);
  if (former === undefined) return [];
  const changes = await changesBetween(former, present, await exceptions(root));
  return changes.map(({ path, message }) => `${path}: ${message}`);
}
