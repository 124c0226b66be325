import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { deliveryResolvers } from './delivery/resolvers.ts';
import { eventResolvers } from './event/resolvers.ts';
import { exceptionResolvers } from './exception/resolvers.ts';
import { nodeResolvers } from './node/resolvers.ts';
import { proposalResolvers } from './proposal/resolvers.ts';
import { reconciliationResolvers } from './reconciliation/resolvers.ts';
import { revocationResolvers } from './revocation/resolvers.ts';
import { runResolvers } from './run/resolvers.ts';
import { schemaUsageResolvers } from './schemaUsage/resolvers.ts';
import { stuckResolvers } from './stuck/resolvers.ts';
import { exceptionBalances, exceptions } from './tables.ts';
import { timelineResolvers } from './timeline/resolvers.ts';
import { traceResolvers } from './trace/resolvers.ts';
import { viewerResolvers } from './viewer/resolvers.ts';

export const operationsSubgraph: Subgraph = {
  name: 'operations',
  resolvers: mergeResolvers([
    exceptionResolvers,
    deliveryResolvers,
    runResolvers,
    traceResolvers,
    eventResolvers,
    stuckResolvers,
    timelineResolvers,
    proposalResolvers,
    viewerResolvers,
    nodeResolvers,
    schemaUsageResolvers,
    revocationResolvers,
    reconciliationResolvers,
  ]),
  balances: [{ table: exceptionBalances, rows: exceptions }],
};
