import type { Consumer } from '#kernel/consume.ts';
import { acceptedMilestones } from './acceptedMilestones.ts';
import { approvedToBilling } from './approvedToBilling.ts';
import { billedWork } from './billedWork.ts';
import { projectOpenItems } from './projectOpenItems.ts';
import { recalledTime } from './recalledTime.ts';
import { reversedWork } from './reversedWork.ts';

/** Every reaction between subgraphs: which story reads which facts stands at the top of its file. */
export const consumers: readonly Consumer[] = [approvedToBilling, acceptedMilestones, recalledTime, reversedWork, billedWork, projectOpenItems];
