import type { Consumer } from '#kernel/consume.ts';
import type { Process } from '#kernel/process.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { acceptedMilestones } from './acceptedMilestones.ts';
import { acceptedProposals } from './acceptedProposals.ts';
import { approvedToBilling } from './approvedToBilling.ts';
import { billedWork } from './billedWork.ts';
import { dueChanges } from './dueChanges.ts';
import { failedTax } from './failedTax.ts';
import { projectOpenItems } from './projectOpenItems.ts';
import { recalledExpenses, recalledTime } from './recalledWork.ts';
import { repairedCauses, retriedRepairs } from './repairedCauses.ts';
import { reversedWork } from './reversedWork.ts';

/** Stories with runs of their own: they may wait, call others, and go back. */
export const processes: readonly Process[] = [acceptedMilestones];

/** Every reaction between subgraphs: which story reads which facts stands at the top of its file. */
export const consumers: readonly Consumer[] = [
  approvedToBilling,
  recalledTime,
  recalledExpenses,
  reversedWork,
  billedWork,
  projectOpenItems,
  failedTax,
  repairedCauses,
  acceptedProposals,
  ...processes.map(({ router }) => router),
];

/** What happens because a time came, or in turns because there is much of it. */
export const schedules: readonly Schedule[] = [...dueChanges, retriedRepairs];
