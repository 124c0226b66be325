import type { Resolvers } from '#generated/operations.ts';
import { workflowHealth } from './queries.ts';

export const workflowResolvers = { Operations: { workflowHealth: (_, __, context) => workflowHealth(context) } } satisfies Resolvers;
