import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';

export const financeSubgraph: Subgraph = { name: 'finance', resolvers: mergeResolvers([]) };
