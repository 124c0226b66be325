import type { Resolvers } from '#generated/operations.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { eventsById } from '../event/queries.ts';
import { cancelProcessRun, retryProcessRun } from './commands.ts';
import { readRun, runList, runsOfSubject, stepsOfRuns } from './queries.ts';

const on = mutationsOf('run', readRun);

export const runResolvers = {
  Operations: {
    processRuns: (_, args, context) => page(context, runList, args),
    processRun: async (_, { id }, context) => (await readRun(context, id)) ?? null,
  },
  Mutation: {
    retryProcessRun: on.one('retryProcessRun', retryProcessRun),
    cancelProcessRun: on.one('cancelProcessRun', cancelProcessRun),
  },
  Opportunity: { runs: ({ id }, args, context) => pageOf(context, runsOfSubject, { parentId: id, args }) },
  ProcessRun: {
    startedBy: async ({ factId }, _, context) => (await context.load(eventsById, factId)) ?? null,
    steps: async ({ id }, _, context) => (await context.load(stepsOfRuns, id)) ?? [],
  },
} satisfies Resolvers;
