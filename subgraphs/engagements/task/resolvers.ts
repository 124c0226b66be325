import type { Resolvers } from '#generated/engagements.ts';
import { page } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readCustomer } from '../customer/queries.ts';
import { demandFound } from '../owned.ts';
import { readProject } from '../project/queries.ts';
import { createTask, subjectOf, taskAction, updateTask, upsertTasks } from './commands.ts';
import { taskMachine } from './machine.ts';
import { framesOf, readTask, taskList, taskRefs } from './queries.ts';

const on = mutationsOf('task', readTask);

export const taskResolvers = {
  Query: {
    task: async (_, { id }, context) => (await readTask(context, id)) ?? null,
    tasks: (_, args, context) => page(context, taskList, args),
  },
  Mutation: {
    createTask: on.one('createTask', createTask),
    updateTask: on.one('updateTask', updateTask),
    upsertTasks: on.bulk('upsertTasks', upsertTasks, { project: 'Project!' }),
    startTask: on.one('startTask', taskAction('start')),
    finishTask: on.one('finishTask', taskAction('finish')),
    reopenTask: on.one('reopenTask', taskAction('reopen')),
    cancelTask: on.one('cancelTask', taskAction('cancel')),
  },
  Task: {
    __resolveReference: async ({ id }, context) => (await readTask(context, id)) ?? null,
    project: async ({ projectId }, _, context) => demandFound(await readProject(context, projectId), 'Project', projectId),
    customer: async ({ customerId }, _, context) => demandFound(await readCustomer(context, customerId), 'Customer', customerId),
    externalRefs: async ({ id }, _, context) => (await context.load(taskRefs, id)) ?? [],
    availableActions: async (task, _, context) => {
      const project = demandFound(await context.load(framesOf, task.projectId), 'Project', task.projectId);
      return availableActions(taskMachine, subjectOf(task, project), context.actor);
    },
  },
} satisfies Resolvers;
