import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { amendmentResolvers } from './amendment/resolvers.ts';
import { contractResolvers } from './contract/resolvers.ts';
import { customerResolvers } from './customer/resolvers.ts';
import { engagementResolvers } from './engagement/resolvers.ts';
import { milestoneResolvers } from './milestone/resolvers.ts';
import { opportunityResolvers } from './opportunity/resolvers.ts';
import { projectResolvers } from './project/resolvers.ts';
import { provisioningResolvers } from './provisioning/resolvers.ts';
import { taskResolvers } from './task/resolvers.ts';

export const engagementsSubgraph: Subgraph = {
  name: 'engagements',
  resolvers: mergeResolvers([
    ...[customerResolvers, opportunityResolvers, engagementResolvers, contractResolvers, amendmentResolvers],
    ...[projectResolvers, provisioningResolvers, taskResolvers, milestoneResolvers],
  ]),
};
