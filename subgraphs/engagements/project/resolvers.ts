import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readContract } from '../contract/queries.ts';
import { readCustomer } from '../customer/queries.ts';
import { readEngagement } from '../engagement/queries.ts';
import { milestonesOfProject } from '../milestone/queries.ts';
import { demandFound, firmOnly, stub } from '../owned.ts';
import { tasksOfProject } from '../task/queries.ts';
import { createProject, projectAction, reopenProject, updateProject, upsertProjects } from './commands.ts';
import { relatedKey, relatedOf, subjectOf } from './load.ts';
import { projectMachine } from './machine.ts';
import { legalEntityOfProject, projectList, projectRefs, readProject } from './queries.ts';

const on = mutationsOf('project', readProject);

export const projectResolvers = {
  Query: {
    project: async (_, { id }, context) => (await readProject(context, id)) ?? null,
    projects: (_, args, context) => page(context, projectList, args),
  },
  Mutation: {
    createProject: on.one('createProject', createProject),
    updateProject: on.one('updateProject', updateProject),
    upsertProjects: on.bulk('upsertProjects', upsertProjects, { engagement: 'Engagement!', contract: 'Contract', manager: 'Employee' }),
    provisionProject: on.one('provisionProject', projectAction('provision')),
    activateProject: on.one('activateProject', projectAction('activate')),
    holdProject: on.one('holdProject', projectAction('hold')),
    resumeProject: on.one('resumeProject', projectAction('resume')),
    completeProject: on.one('completeProject', projectAction('complete')),
    reopenProject: on.one('reopenProject', reopenProject),
    closeProject: on.one('closeProject', projectAction('close')),
    cancelProject: on.one('cancelProject', projectAction('cancel')),
  },
  Project: {
    __resolveReference: async ({ id }, context) => (await readProject(context, id)) ?? null,
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    engagement: async ({ engagementId }, _, context) => demandFound(await readEngagement(context, engagementId), 'Engagement', engagementId),
    contract: async ({ contractId }, _, context) => (contractId ? ((await readContract(context, contractId)) ?? null) : null),
    legalEntity: async ({ id }, _, context) => stub(await context.load(legalEntityOfProject, id)),
    manager: ({ managerId }) => stub(managerId),
    internalNotes: ({ internalNotes }, _, context) => firmOnly(context, internalNotes),
    tasks: ({ id }, args, context) => pageOf(context, tasksOfProject, { parentId: id, args }),
    milestones: ({ id }, args, context) => pageOf(context, milestonesOfProject, { parentId: id, args }),
    externalRefs: async ({ id }, _, context) => (await context.load(projectRefs, id)) ?? [],
    availableActions: async (project, _, context) => {
      const related = await context.load(relatedOf, relatedKey(project));
      return related ? availableActions(projectMachine, subjectOf(project, related), context.actor) : [];
    },
  },
} satisfies Resolvers;
