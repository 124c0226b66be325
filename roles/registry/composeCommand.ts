import { readFile, writeFile } from 'node:fs/promises';
import type { ReadUse } from '#gateway/composition/used.ts';
import { defaultLimits } from '#gateway/limits.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Call, Command } from '../command.ts';
import { documentFlags, keptDocuments } from '../keptDocuments.ts';
import { subgraphs } from '../subgraphs.ts';
import { type Judged, judgeRegistry, objectionsTo, readRegistry, registryFlags, registryPlaces, unusedIn } from './registry.ts';
import { usageAt } from './usageAt.ts';

export const compose: Command = {
  name: 'compose',
  summary: "Composes Accord's graph with the firm's own subgraphs, and says what would break clients.",
  flags: {
    ...registryFlags,
    documents: documentFlags.documents,
    check: { type: 'boolean', help: 'write nothing; exit code 2 where clients would break' },
    against: {
      type: 'string',
      value: 'FILE|URL',
      help: 'what clients know now: a supergraph, a schema, or /schema.graphql of a running gateway (default: the graph of this release alone)',
    },
    token: { type: 'string', value: 'TOKEN', help: 'a token with schema:read, where --against is an address (ACCORD_TOKEN)' },
    out: { type: 'string', value: 'FILE', help: 'where the supergraph goes (default: it is printed)' },
  },
  details: [
    'Exit code 0: it composes, and nothing breaks. 1: it does not compose, or something cannot be read. 2: with --check, clients would break: a change of the schema, or a document of --documents that no longer fits.',
    'Where --against is an address, what nobody has used for as many days as the registry says under "unusedFor" (30) does not break clients; its token takes usage:read, too.',
    'What may break is listed in the registry under "allowed", by its place, such as Customer.creditScore.',
  ],
  run,
};

async function run(call: Call): Promise<number> {
  const places = registryPlaces(call);
  if (!places) throw new CannotStart('Say which subgraphs there are: --subgraphs FILE or ACCORD_SUBGRAPHS (docs/extend.md).');
  const registry = await readRegistry(places);
  const isCheck = call.flags.check === true;
  const kept = await keptDocuments(call);
  const verdict = await judgeRegistry(registry, {
    former: isCheck ? await formerIn(call) : undefined,
    documents: kept?.documents,
    use: isCheck ? usageIn(call) : undefined,
    limits: defaultLimits,
  });
  const why = objectionsTo(verdict);
  if ('errors' in verdict) throw new CannotStart(why ?? '');
  if (!isCheck) await write(call, verdict.supergraphSdl);
  else
    for (const line of reportOf(verdict, [...subgraphs.map(({ name }) => name), ...registry.registered.map(({ subgraph }) => subgraph.name)])) call.out(line);
  if (why) call.out(why);
  return why ? 2 : 0;
}

function reportOf(verdict: Judged, names: readonly string[]): string[] {
  const hints = 'hints' in verdict ? verdict.hints : [];
  return [
    `It composes: ${names.join(', ')}.`,
    ...(hints.length > 0 ? ['Composition remarks:', ...hints.map(({ code, message }) => `  - ${code}: ${message}`)] : []),
    ...unusedIn(verdict),
    ...(objectionsTo(verdict) ? [] : ['Nothing breaks clients.']),
  ];
}

async function write({ flags, out }: Call, supergraphSdl: string): Promise<void> {
  if (typeof flags.out !== 'string') return out(supergraphSdl);
  await writeFile(flags.out, supergraphSdl);
  out(`wrote ${flags.out}`);
}

const releaseGraph = new URL('../../schema/supergraph.graphql', import.meta.url);

async function formerIn({ flags, env }: Call): Promise<string> {
  const { against } = flags;
  if (typeof against !== 'string') return readFile(releaseGraph, 'utf8');
  if (/^https?:/.test(against)) return schemaAt(against, tokenOf({ flags, env }));
  return readFile(against, 'utf8').catch((error: unknown) => {
    throw new CannotStart(`What clients know now cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
}

function tokenOf({ flags, env }: Pick<Call, 'flags' | 'env'>): string | undefined {
  return typeof flags.token === 'string' ? flags.token : env.ACCORD_TOKEN;
}

/** Who used what, as the gateway knows it whose schema is compared; it says so where the token may not ask. */
function usageIn({ flags, env, out }: Call): ReadUse | undefined {
  const { against } = flags;
  return typeof against === 'string' && /^https?:/.test(against) ? usageAt({ address: against, token: tokenOf({ flags, env }), say: out }) : undefined;
}

async function schemaAt(address: string, token: string | undefined): Promise<string> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(address, { headers }).catch(() => undefined);
  if (!response) throw new CannotStart(`Nobody answers at ${address}.`);
  if (!response.ok || response.headers.get('content-type')?.includes('json'))
    throw new CannotStart(`${address} gives no schema, with status ${response.status}: it takes a token with schema:read (--token or ACCORD_TOKEN).`);
  return response.text();
}
