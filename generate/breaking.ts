import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const run = promisify(execFile);

function apiSchema(supergraphSdl: string) {
  return buildSchema(Supergraph.build(supergraphSdl).apiSchema().toString(), { assumeValidSDL: true });
}

/** Written exceptions: one `path: reason` per line; an entry goes when the change it allowed is committed. */
async function exceptions(root: string): Promise<Set<string>> {
  const text = await readFile(`${root}/schema/breaking-changes-allowed.txt`, 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line.includes(':') && !line.startsWith('#')).map((line) => line.slice(0, line.indexOf(':')).trim()));
}

/** Breaking changes of the API against the supergraph committed at `revision`, without those that are allowed in writing. */
export async function breakingChanges(root: string, revision = 'HEAD'): Promise<string[]> {
  const committed = await run('git', ['show', `${revision}:schema/supergraph.graphql`], { cwd: root, maxBuffer: 64 << 20 }).catch(() => undefined);
  if (!committed) return [];
  const present = await readFile(`${root}/schema/supergraph.graphql`, 'utf8');
  const changes = await diff(apiSchema(committed.stdout), apiSchema(present));
  const allowed = await exceptions(root);
  return changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking && !allowed.has(change.path ?? '')).map((change) => `${change.path}: ${change.message}`);
}
