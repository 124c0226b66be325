import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { absenceResolvers } from './absence/resolvers.ts';
import { assignmentResolvers } from './assignment/resolvers.ts';
import { employeeResolvers } from './employee/resolvers.ts';
import { holidayResolvers } from './holiday/resolvers.ts';
import { laborCategoryResolvers } from './laborCategory/resolvers.ts';
import { requestResolvers } from './request/resolvers.ts';
import { subcontractResolvers } from './subcontract/resolvers.ts';
import { subcontractorResolvers } from './subcontractor/resolvers.ts';

export const resourcesSubgraph: Subgraph = {
  name: 'resources',
  resolvers: mergeResolvers([
    laborCategoryResolvers,
    employeeResolvers,
    assignmentResolvers,
    absenceResolvers,
    holidayResolvers,
    requestResolvers,
    subcontractorResolvers,
    subcontractResolvers,
  ]),
};
