import type { Scope } from '#kernel/context.ts';
import { endDueAssignments } from '#resources/assignment/commands.ts';
import { applyDueEmployments } from '#resources/employee/commands.ts';

/** What happens because a day came, not because a fact did. `run` makes a bounded number of changes and gives how many. */
export type DueChange = { name: string; run: (scope: Scope) => Promise<number> };

/** Future-dated changes take effect on their day: hires, terminations, the last days of assignments. */
export const dueChanges: readonly DueChange[] = [
  { name: 'due-employments', run: applyDueEmployments },
  { name: 'due-assignments', run: endDueAssignments },
];
