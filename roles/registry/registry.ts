import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SubgraphSdl } from '#gateway/composition/compose.ts';
import { judge, type Task, type Verdict } from '#gateway/composition/composer.ts';
import { ownSdl } from '#kernel/sdl.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Call } from '../command.ts';
import { subgraphs } from '../subgraphs.ts';
import { type Registered, readEntry } from './entry.ts';
import { readRegistryFile } from './file.ts';

/** Which graph there is besides Accord's own. */
export const registryFlags = {
  subgraphs: { type: 'string', value: 'FILE', help: "the firm's own subgraphs, as docs/extend.md says (ACCORD_SUBGRAPHS)" },
  supergraph: { type: 'string', value: 'FILE', help: 'a supergraph that is composed already, in place of composing one (ACCORD_SUPERGRAPH)' },
} as const;

/** The firm's own subgraphs as they stand in their files at one moment. */
export type Registry = {
  registered: readonly Registered[];
  /** A supergraph that is composed already. */
  supergraphSdl: string | undefined;
  /** Places at which a reload may break clients. */
  allowed: readonly string[];
  /** Files whose change is a change of this. */
  watched: readonly string[];
  /** Seconds after which it is read again, where a part of it is not in files. */
  poll: number | undefined;
};

export type Places = { file: string | undefined; supergraphFile: string | undefined; env: Call['env'] };

/** Where a call says that the registry is; undefined where it names none. */
export function registryPlaces({ flags, env }: Pick<Call, 'flags' | 'env'>): Places | undefined {
  const said = (flag: unknown, variable: string): string | undefined => {
    const value = flag ?? env[variable];
    return typeof value === 'string' && value !== '' ? resolve(value) : undefined;
  };
  const file = said(flags.subgraphs, 'ACCORD_SUBGRAPHS');
  const supergraphFile = said(flags.supergraph, 'ACCORD_SUPERGRAPH');
  return file === undefined && supergraphFile === undefined ? undefined : { file, supergraphFile, env };
}

/** Reads the registry with all that it names. Whatever is wrong is one sentence. */
export async function readRegistry({ file, supergraphFile, env }: Places): Promise<Registry> {
  const watched = new Set<string>([file, supergraphFile].filter((each) => each !== undefined));
  const { subgraphs: entries, allowed, poll } = file === undefined ? { subgraphs: [], allowed: [], poll: 60 } : await readRegistryFile(file);
  const registered = await Promise.all(entries.map((entry) => readEntry(entry, { file: file ?? '', env, watched, told: [] })));
  demandNames(registered);
  const supergraphSdl = supergraphFile === undefined ? undefined : await supergraphIn(supergraphFile);
  const silent = registered.find(({ sdl }) => sdl === undefined && supergraphSdl === undefined);
  if (silent) throw new CannotStart(`${file}: ${silent.subgraph.name} needs a schema, its SDL as a file or an address.`);
  const isPolled = registered.some((each) => each.isPolled);
  return { registered, supergraphSdl, allowed, watched: [...watched], poll: isPolled ? poll : undefined };
}

async function supergraphIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CannotStart(`The supergraph cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
}

function demandNames(registered: readonly Registered[]): void {
  const names = registered.map(({ subgraph }) => subgraph.name);
  const own = names.find((name) => subgraphs.some((each) => each.name === name));
  if (own) throw new CannotStart(`${own} is a subgraph of Accord's own: call yours by another name.`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new CannotStart(`Two subgraphs are called ${twice}.`);
}

const schemaFolder = new URL('../../schema/', import.meta.url);

/** The SDL of all subgraphs: Accord's own, and those that are registered. */
export async function allSdl({ registered }: Registry): Promise<SubgraphSdl[]> {
  const own = await ownSdl(
    schemaFolder,
    subgraphs.map(({ name }) => name),
  );
  return [...own, ...registered.map(({ subgraph: { name }, sdl = '' }) => ({ name, sdl, isForeign: true }))];
}

type Against = Pick<Task, 'former' | 'documents' | 'limits'>;

/** Composes the registry's graph and compares it with what clients know and ask for now. */
export async function judgeRegistry(registry: Registry, against: Against): Promise<Verdict> {
  const { supergraphSdl, allowed } = registry;
  return judge({ ...against, subgraphs: supergraphSdl === undefined ? await allSdl(registry) : [], supergraphSdl, allowed });
}

/** What speaks against taking a graph, line by line; undefined where nothing does. */
export function objectionsTo(verdict: Verdict): string | undefined {
  const listed = (heading: string, lines: readonly string[]) => (lines.length > 0 ? [heading, ...lines.map((line) => `  - ${line}`)] : []);
  const lines = [
    ...('errors' in verdict ? listed('The subgraphs do not compose:', verdict.errors) : []),
    ...listed(
      'Clients may break, and the registry does not allow it:',
      verdict.breaking.map(({ path, message }) => `${path}: ${message}`),
    ),
    ...listed('Documents that are kept no longer fit:', verdict.unfit),
  ];
  return lines.length > 0 ? lines.join('\n') : undefined;
}
