import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { customerResolvers } from './customer/resolvers.ts';

export const engagementsSubgraph: Subgraph = { name: 'engagements', resolvers: mergeResolvers([customerResolvers]) };
