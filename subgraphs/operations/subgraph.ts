import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { changeResolvers } from './change/resolvers.ts';
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
import { webhookResolvers } from './webhook/resolvers.ts';
import { workflowResolvers } from './workflow/resolvers.ts';

export const operationsSubgraph: Subgraph = {
  name: 'operations',
  resolvers: mergeResolvers([
    exceptionResolvers,
    deliveryResolvers,
    runResolvers,
    webhookResolvers,
    traceResolvers,
    eventResolvers,
    stuckResolvers,
    timelineResolvers,
    proposalResolvers,
    viewerResolvers,
    nodeResolvers,
    changeResolvers,
    schemaUsageResolvers,
    revocationResolvers,
    workflowResolvers,
    reconciliationResolvers,
  ]),
  balances: [{ table: exceptionBalances, rows: exceptions }],
};
