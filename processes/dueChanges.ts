import type { Schedule } from '#kernel/schedule.ts';
import { endDueAssignments } from '#resources/assignment/commands.ts';
import { applyDueEmployments } from '#resources/employee/commands.ts';

/** Seconds between two looks for what is due by its date. */
const every = 600;

/** Future-dated changes take effect on their day: hires, terminations, the last days of assignments. */
export const dueChanges: readonly Schedule[] = [
  { name: 'due-employments', every, run: applyDueEmployments },
  { name: 'due-assignments', every, run: endDueAssignments },
];
