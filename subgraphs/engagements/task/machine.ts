import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';
import { closedProject, type ProjectFrame, withinProjectDates } from './frame.ts';

export type TaskStatus = 'NOT_STARTED' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED';

/** What the guards of a task judge. */
export type TaskSubject = { status: TaskStatus; startDate: string | null; endDate: string | null; project: ProjectFrame };

function projectOpen({ project }: TaskSubject): string | undefined {
  return closedProject(project);
}

const changed = { may: 'task:write', emits: 'TaskStatusChanged' } as const;

export const taskMachine = {
  entity: 'Task',
  states: ['NOT_STARTED', 'IN_PROGRESS', 'DONE', 'CANCELLED'],
  initial: 'NOT_STARTED',
  actions: {
    start: { from: ['NOT_STARTED'], to: 'IN_PROGRESS', ...changed, guards: [projectOpen, withinProjectDates], by: 'startTask' },
    finish: { from: ['IN_PROGRESS'], to: 'DONE', ...changed, by: 'finishTask' },
    reopen: { from: ['DONE'], to: 'IN_PROGRESS', ...changed, guards: [projectOpen, withinProjectDates], by: 'reopenTask' },
    cancel: { from: ['NOT_STARTED', 'IN_PROGRESS'], to: 'CANCELLED', ...changed, by: 'cancelTask' },
  },
} as const satisfies Machine<TaskStatus, TaskSubject, FactName>;
