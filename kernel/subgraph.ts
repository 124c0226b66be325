import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { Balance } from './balance.ts';
import type { CarryOut } from './mutation.ts';
import type { ResolverMap } from './subgraphSchema.ts';

/** One domain subgraph: its name, what resolves its SDL, and the balances that it keeps; its schema where somebody made it before, for many to open. */
export type Subgraph = { name: string; resolvers: ResolverMap; balances?: readonly Balance[]; schema?: GraphQLSchema };

/** Joins the resolver objects of a subgraph's entities, type by type; a coordinate resolved twice is a bug. */
export function mergeResolvers(parts: readonly ResolverMap[]): ResolverMap {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) {
      const own = merged[type] ?? {};
      merged[type] = own;
      for (const [field, resolver] of Object.entries(fields as Record<string, unknown>)) {
        if (field in own) throw new Error(`${type}.${field} is resolved twice`);
        own[field] = resolver;
      }
    }
  }
  return merged;
}

/** What the mutations of a subgraph do, by name. */
export function carriersOf({ resolvers }: Subgraph): Map<string, CarryOut> {
  const mutations = Object.entries((resolvers.Mutation ?? {}) as Record<string, { carryOut?: CarryOut }>);
  return new Map(mutations.flatMap(([name, { carryOut }]) => (carryOut ? [[name, carryOut] as const] : [])));
}

/** The subgraph's SDL: the kernel's types and its own file. */
export function subgraphDocument(kernelSdl: string, ownSdl: string): DocumentNode {
  return parse(`${kernelSdl}\n${ownSdl}`);
}
