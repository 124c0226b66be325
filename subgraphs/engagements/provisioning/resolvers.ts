import type { Resolvers } from '#generated/engagements.ts';
import { page } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { demandFound } from '../owned.ts';
import { readProject } from '../project/queries.ts';
import { acknowledgeProvisioning, refuseProvisioning } from './commands.ts';
import { provisioningMachine } from './machine.ts';
import { provisioningList, readProvisioning } from './queries.ts';

const on = mutationsOf('provisioning', readProvisioning);

export const provisioningResolvers = {
  Query: {
    provisionings: (_, args, context) => page(context, provisioningList, args),
  },
  Mutation: {
    acknowledgeProvisioning: on.one('acknowledgeProvisioning', acknowledgeProvisioning),
    refuseProvisioning: on.one('refuseProvisioning', refuseProvisioning),
  },
  Provisioning: {
    __resolveReference: async ({ id }, context) => (await readProvisioning(context, id)) ?? null,
    project: async ({ projectId }, _, context) => demandFound(await readProject(context, projectId), 'Project', projectId),
    availableActions: async ({ status, projectId }, _, context) => {
      const projectStatus = (await readProject(context, projectId))?.status;
      return availableActions(provisioningMachine, { status, projectStatus }, context.actor);
    },
  },
} satisfies Resolvers;
