import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { assignmentResolvers } from './assignment/resolvers.ts';
import { employeeResolvers } from './employee/resolvers.ts';
import { laborCategoryResolvers } from './laborCategory/resolvers.ts';

export const resourcesSubgraph: Subgraph = { name: 'resources', resolvers: mergeResolvers([laborCategoryResolvers, employeeResolvers, assignmentResolvers]) };
