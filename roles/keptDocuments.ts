import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Kept } from '#gateway/trusted.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';

/** Documents that are kept for clients. */
export const documentFlags = {
  documents: {
    type: 'string',
    value: 'FILE',
    help: 'documents that clients may ask for by their identifiers, as docs/trusted-documents.md says (ACCORD_DOCUMENTS)',
  },
  'documents-required': {
    type: 'boolean',
    help: 'answer these alone, but to holders of the permission operation:adhoc (ACCORD_DOCUMENTS_REQUIRED=true)',
  },
} as const;

/** As graphql-codegen and Relay write them, and as Apollo does. */
const plain = z.record(z.string(), z.string());
const apollos = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** Appendix A of GraphQL over HTTP: a hash, a name of ours behind x-, or anything without a colon. */
const identifier = /^(sha256:[0-9a-f]{64}|x-[\w.~-]+:[\w.~-]+|[\w.~-]+)$/;

/** The documents of the file that is named; undefined where none is. */
export async function keptDocuments({ flags, env }: Call): Promise<Kept | undefined> {
  const file = flags.documents ?? env.ACCORD_DOCUMENTS;
  const required = flags['documents-required'] === true || env.ACCORD_DOCUMENTS_REQUIRED === 'true';
  if (typeof file !== 'string' || file === '') {
    if (required) throw new CannotStart('Only documents that are kept are to be answered, and none are: name their file (--documents or ACCORD_DOCUMENTS).');
    return undefined;
  }
  return { documents: documentsIn(file, await contentOf(file)), required };
}

async function contentOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CannotStart(`The documents in ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function documentsIn(file: string, content: unknown): Map<string, string> {
  const manifest = apollos.safeParse(content);
  const pairs = manifest.success ? manifest.data.operations.map(({ id, body }) => [id, body] as const) : Object.entries(plain.safeParse(content).data ?? {});
  if (pairs.length === 0) throw new CannotStart(`${file} has no documents: write { "<identifier>": "<text>" }, or Apollo's persisted query manifest.`);
  const known = new Map<string, string>();
  for (const [id, text] of pairs) {
    if (!identifier.test(id))
      throw new CannotStart(`${file}: ${JSON.stringify(id)} is no document identifier; use letters, digits and . _ ~ -, or sha256: and a hash.`);
    if (known.has(id) && known.get(id) !== text) throw new CannotStart(`${file}: two documents are called ${id}.`);
    known.set(id, text);
  }
  return known;
}
