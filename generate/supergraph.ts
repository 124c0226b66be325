import { pathToFileURL } from 'node:url';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { readSdl } from '#kernel/sdl.ts';
import { ownersDescriptions } from './descriptions.ts';
import { subgraphNames } from './names.ts';
import type { Output } from './output.ts';

/** What composition may remark without failing the build. */
const expectedHints: readonly string[] = [];

/** A subgraph's own SDL. */
export type SubgraphSdl = { name: string; sdl: string };

/** The SDL of the named subgraphs, each with the kernel's types. */
export async function readSubgraphs(root: string, names: readonly string[] = subgraphNames): Promise<SubgraphSdl[]> {
  const read = (name: string) => readSdl(pathToFileURL(`${root}/schema/`), name);
  const kernel = await read('kernel');
  return Promise.all(names.map(async (name) => ({ name, sdl: `${kernel}\n${await read(name)}` })));
}

/** Composes a supergraph; errors and unexpected hints fail it. */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const documents = ownersDescriptions(subgraphs.map(({ sdl }) => parse(sdl)));
  const services = documents.map((typeDefs, index) => {
    const name = subgraphs[index]?.name ?? '';
    return { name, url: `http://${name}:4000/graphql`, typeDefs };
  });
  const result = composeServices(services);
  if (result.errors) throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => `- ${error.message}`).join('\n')}`);
  const unexpected = result.hints.filter((hint) => !expectedHints.includes(hint.definition.code));
  if (unexpected.length > 0) throw new Error(`Composition remarks:\n${unexpected.map((hint) => `- ${hint.definition.code}: ${hint.message}`).join('\n')}`);
  return `${result.supergraphSdl}\n`;
}

/** schema/supergraph.graphql. */
export async function supergraph(root: string): Promise<Output> {
  return { path: 'schema/supergraph.graphql', content: composeSupergraph(await readSubgraphs(root)) };
}
