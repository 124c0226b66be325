import type { Resolvers } from '#generated/resources.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readAssignment } from '../assignment/queries.ts';
import { demandNamedEmployee } from '../employee/queries.ts';
import { readLaborCategory } from '../laborCategory/queries.ts';
import { acceptResourceProposal } from './accept.ts';
import { cancelResourceRequest, createResourceRequest, rejectResourceProposal, submitResourceRequest, updateResourceRequest } from './commands.ts';
import { subjectOf } from './decide.ts';
import { requestMachine } from './machine.ts';
import { proposeResources } from './propose.ts';
import { candidatesPage, projectRequestsList, projectsBatch, readRequest, requestList, requestRefs } from './queries.ts';
import { upsertResourceRequests } from './upsert.ts';

const on = mutationsOf('resourceRequest', readRequest);

export const requestResolvers = {
  Query: {
    resourceRequest: async (_, { id }, context) => (await readRequest(context, id)) ?? null,
    resourceRequests: (_, args, context) => page(context, requestList, args),
    candidates: (_, args, context) => candidatesPage(context, args),
  },
  Mutation: {
    createResourceRequest: on.one('createResourceRequest', createResourceRequest),
    updateResourceRequest: on.one('updateResourceRequest', updateResourceRequest),
    upsertResourceRequests: on.bulk('upsertResourceRequests', upsertResourceRequests, {
      project: 'Project!',
      task: 'Task',
      laborCategory: 'LaborCategory',
      employer: 'LegalEntity',
    }),
    submitResourceRequest: on.one('submitResourceRequest', submitResourceRequest),
    proposeResources: on.one('proposeResources', proposeResources),
    acceptResourceProposal: on.one('acceptResourceProposal', acceptResourceProposal),
    rejectResourceProposal: on.one('rejectResourceProposal', rejectResourceProposal),
    cancelResourceRequest: on.one('cancelResourceRequest', cancelResourceRequest),
  },
  ResourceRequest: {
    __resolveReference: async ({ id }, context) => (await readRequest(context, id)) ?? null,
    project: ({ projectId }) => ({ id: projectId }),
    task: ({ taskId }) => (taskId ? { id: taskId } : null),
    customer: ({ customerId }) => ({ id: customerId }),
    laborCategory: async ({ laborCategoryId }, _, context) => (laborCategoryId ? ((await readLaborCategory(context, laborCategoryId)) ?? null) : null),
    weeklyHours: ({ weeklySeconds }) => (weeklySeconds === null ? null : hoursOfSeconds(weeklySeconds)),
    weeklyDuration: ({ weeklySeconds }) => (weeklySeconds === null ? null : durationOfSeconds(weeklySeconds)),
    employer: ({ employerId }) => (employerId ? { id: employerId } : null),
    externalRefs: async ({ id }, _, context) => (await context.load(requestRefs, id)) ?? [],
    availableActions: async (request, _, context) => {
      const project = await context.load(projectsBatch, request.projectId);
      const projects = new Map(project ? [[request.projectId, project]] : []);
      return availableActions(requestMachine, subjectOf({ projects }, request), context.actor);
    },
  },
  ResourceProposal: {
    employee: ({ employeeId }, _, context) => demandNamedEmployee(context, employeeId),
    weeklyHours: ({ weeklySeconds }) => hoursOfSeconds(BigInt(weeklySeconds)),
    weeklyDuration: ({ weeklySeconds }) => durationOfSeconds(BigInt(weeklySeconds)),
    assignment: async ({ assignmentId }, _, context) => (assignmentId ? ((await readAssignment(context, assignmentId)) ?? null) : null),
  },
  Project: { resourceRequests: ({ id }, args, context) => pageOf(context, projectRequestsList, { parentId: id, args }) },
} satisfies Resolvers;
