import type { Consumer } from '#kernel/consume.ts';
import type { Process } from '#kernel/process.ts';
import { acceptedMilestones } from './acceptedMilestones.ts';
import { approvedToBilling } from './approvedToBilling.ts';
import { billedWork } from './billedWork.ts';
import { projectOpenItems } from './projectOpenItems.ts';
import { recalledTime } from './recalledTime.ts';
import { reversedWork } from './reversedWork.ts';

/** Stories with runs of their own: they may wait, call others, and go back. */
export const processes: readonly Process[] = [acceptedMilestones];

/** Every reaction between subgraphs: which story reads which facts stands at the top of its file. */
export const consumers: readonly Consumer[] = [
  approvedToBilling,
  recalledTime,
  reversedWork,
  billedWork,
  projectOpenItems,
  ...processes.map(({ router }) => router),
];
