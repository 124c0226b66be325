import { pathToFileURL } from 'node:url';
import { compose, type SubgraphSdl } from '#gateway/composition/compose.ts';
import { ownSdl } from '#kernel/sdl.ts';
import { subgraphNames } from './names.ts';
import type { Output } from './output.ts';

/** What composition may remark without failing the build. */
const expectedHints: readonly string[] = [];

/** The SDL of the named subgraphs, each with the kernel's types. */
export async function readSubgraphs(root: string, names: readonly string[] = subgraphNames): Promise<SubgraphSdl[]> {
  return ownSdl(pathToFileURL(`${root}/schema/`), names);
}

/** Composes a supergraph; errors and unexpected hints fail it. */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const result = compose(subgraphs);
  if ('errors' in result) throw new Error(`The subgraphs do not compose:\n${result.errors.map((message) => `- ${message}`).join('\n')}`);
  const unexpected = result.hints.filter(({ code }) => !expectedHints.includes(code));
  if (unexpected.length > 0) throw new Error(`Composition remarks:\n${unexpected.map(({ code, message }) => `- ${code}: ${message}`).join('\n')}`);
  return result.supergraphSdl;
}

/** schema/supergraph.graphql. */
export async function supergraph(root: string): Promise<Output> {
  return { path: 'schema/supergraph.graphql', content: composeSupergraph(await readSubgraphs(root)) };
}
