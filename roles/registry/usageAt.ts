import { z } from 'zod';
import type { ReadUse } from '#gateway/composition/used.ts';
import type { KnownUse } from '#kernel/schemaUsage.ts';
import { CannotStart } from '../cannotStart.ts';

const query = `query Use($types: [String!], $since: DateTime, $after: Cursor) {
  operations {
    schemaUsageStartedAt
    schemaUsage(first: 250, after: $after, filter: { types: $types, usedSince: $since }) {
      nodes { client coordinate requests lastSeenAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const instant = z.iso.datetime().transform((text) => new Date(text));
const used = z.object({ client: z.string(), coordinate: z.string(), requests: z.coerce.number(), lastSeenAt: instant });
const page = z.object({ nodes: z.array(used), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) });
const answer = z.object({
  data: z.object({ operations: z.object({ schemaUsageStartedAt: instant.nullable(), schemaUsage: page }) }).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

type Place = { /** Of a schema that the same gateway serves. */ address: string; token: string | undefined; say: (line: string) => void };

/** Reads who used what from a running gateway. What it does not tell is not known. */
export function usageAt({ address, token, say }: Place): ReadUse {
  const url = new URL('/graphql', address);
  const ask = async (variables: Record<string, unknown>) => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) }).catch(() => undefined);
    const told = answer.safeParse(await response?.json().catch(() => undefined));
    if (!told.success) throw new CannotStart(`${url} does not say who uses what.`);
    return told.data;
  };
  return async (types, since) => {
    const known: KnownUse = { recordedSince: undefined, users: [] };
    for (let after: string | null = null; ; ) {
      const { data, errors } = await ask({ types, since: since.toISOString(), after });
      if (!data) {
        say(`It is not known who uses what: ${errors?.[0]?.message ?? 'the gateway does not tell'}`);
        return { recordedSince: undefined, users: [] };
      }
      const { schemaUsageStartedAt, schemaUsage } = data.operations;
      known.recordedSince = schemaUsageStartedAt ?? undefined;
      known.users.push(...schemaUsage.nodes.map(({ lastSeenAt: last, ...rest }) => ({ ...rest, last })));
      if (!schemaUsage.pageInfo.hasNextPage) return known;
      after = schemaUsage.pageInfo.endCursor;
    }
  };
}
