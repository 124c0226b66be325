import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Change } from '#gateway/composition/changes.ts';
import type { Composed, SubgraphSdl } from '#gateway/composition/compose.ts';
import { judge, type Task } from '#gateway/composition/composer.ts';
import { type ReadUse, type UsedChange, type Weighed, weighed } from '#gateway/composition/used.ts';
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
  /** Days after which what nobody used may go. */
  unusedFor: number;
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
  const none = { subgraphs: [], allowed: [], poll: 60, unusedFor: 30 };
  const { subgraphs: entries, allowed, poll, unusedFor } = file === undefined ? none : await readRegistryFile(file);
  const registered = await Promise.all(entries.map((entry) => readEntry(entry, { file: file ?? '', env, watched, told: [] })));
  demandNames(registered);
  const supergraphSdl = supergraphFile === undefined ? undefined : await supergraphIn(supergraphFile);
  const silent = registered.find(({ sdl }) => sdl === undefined && supergraphSdl === undefined);
  if (silent) throw new CannotStart(`${file}: ${silent.subgraph.name} needs a schema, its SDL as a file or an address.`);
  const isPolled = registered.some((each) => each.isPolled);
  return { registered, supergraphSdl, allowed, unusedFor, watched: [...watched], poll: isPolled ? poll : undefined };
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

type Against = Pick<Task, 'former' | 'documents' | 'limits'> & { /** Who used what, where that is known. */ use?: ReadUse | undefined };

/** What came of a registry, and whom it breaks. */
export type Judged = Composed & Weighed & { unfit: readonly string[]; unusedFor: number };

/** Composes the registry's graph and compares it with what clients know and ask for now. */
export async function judgeRegistry(registry: Registry, { use, ...against }: Against): Promise<Judged> {
  const { supergraphSdl, allowed, unusedFor } = registry;
  const verdict = await judge({ ...against, subgraphs: supergraphSdl === undefined ? await allSdl(registry) : [], supergraphSdl, allowed });
  const read = use ?? (async () => ({ recordedSince: undefined, users: [] }));
  return { ...verdict, ...(await weighed(verdict.breaking, { read, days: unusedFor, now: new Date() })), unusedFor };
}

/** What speaks against taking a graph, line by line; undefined where nothing does. */
export function objectionsTo(verdict: Judged): string | undefined {
  const listed = (heading: string, lines: readonly string[]) => (lines.length > 0 ? [heading, ...lines.map((line) => `  - ${line}`)] : []);
  const lines = [
    ...('errors' in verdict ? listed('The subgraphs do not compose:', verdict.errors) : []),
    ...listed('Clients may break, and the registry does not allow it:', verdict.breaking.flatMap(withUsers)),
    ...listed('Documents that are kept no longer fit:', verdict.unfit),
  ];
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** Users of a change that are named one by one. */
const namedUsers = 10;

/** A breaking change, and below it whom it breaks, who used it last first. */
function withUsers({ path, message, users }: UsedChange): string[] {
  const last = users.toSorted((a, b) => b.last.getTime() - a.last.getTime());
  const named = last.slice(0, namedUsers).map(({ client, coordinate, requests, last: seen }) => {
    return `  used by ${client}: ${coordinate}, ${requests} requests, last seen ${seen.toISOString()}`;
  });
  const more = last.length - named.length;
  return [`${path}: ${message}`, ...named, ...(more > 0 ? [`  and in ${more} more ways`] : [])];
}

/** What breaks nobody, line by line. */
export function unusedIn({ unused, unusedFor }: Pick<Judged, 'unused' | 'unusedFor'>): string[] {
  const lines = unused.map(({ path, message }: Change) => `  - ${path}: ${message}`);
  return lines.length > 0 ? [`Nobody has used this for ${unusedFor} days, so that it may go:`, ...lines] : [];
}
