import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { withoutRules } from '../access/rules.ts';
import { clientSchemaOf as clientSchema } from '../apiSchema.ts';

/** A change that may break clients: the place that it is about, and what it does. */
export type Change = { path: string; message: string; type: string };

/** What breaks clients on the way from one graph to another, each as a supergraph or as the schema that clients see; without what is allowed by its place. */
export async function breakingChanges(former: string, next: string, allowed: ReadonlySet<string>): Promise<Change[]> {
  const changes = await diff(clientSchemaOf(former), clientSchemaOf(next));
  return changes
    .filter(({ criticality, path = '' }) => criticality.level === CriticalityLevel.Breaking && !allowed.has(path))
    .map(({ path = '', message, type }) => ({ path, message, type: String(type) }));
}

/** What clients see of a supergraph; of what is none, the whole. */
export function clientSchemaOf(sdl: string): GraphQLSchema {
  if (!/@(link|core)\(/.test(sdl)) return buildASTSchema(parse(sdl), { assumeValidSDL: true });
  return clientSchema(withoutRules(parse(sdl)), { validate: true });
}
