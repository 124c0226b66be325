import type { Consumer } from '#kernel/consume.ts';
import type { Process } from '#kernel/process.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { acceptedMilestones } from './acceptedMilestones.ts';
import { acceptedProposals } from './acceptedProposals.ts';
import { amendedContracts, contractRerates } from './amendedContracts.ts';
import { approvedToBilling } from './approvedToBilling.ts';
import { billedWork } from './billedWork.ts';
import { billingRuns } from './billingRuns.ts';
import { dueChanges } from './dueChanges.ts';
import { dueFees, retriedFees } from './dueFees.ts';
import { dunning } from './dunning.ts';
import { endedEmployments } from './endedEmployments.ts';
import { failedTax } from './failedTax.ts';
import { opportunityToProject, type ProvisioningRules, provisioningAnswers } from './opportunityToProject.ts';
import { overAllocations } from './overAllocations.ts';
import { projectOpenItems } from './projectOpenItems.ts';
import { recalledExpenses, recalledTime } from './recalledWork.ts';
import { reconciliation } from './reconciliation.ts';
import { repairedCauses, retriedRepairs } from './repairedCauses.ts';
import { retriedWebhooks } from './retriedWebhooks.ts';
import { reversedWork } from './reversedWork.ts';
import { seenTo, waitingMoney } from './waitingMoney.ts';
import { workflowHealth } from './workflowHealth.ts';

/** What a firm may say about the stories. */
export type Rules = { provisioning: ProvisioningRules };

/** Unless a firm says otherwise no system outside is asked; those who are have three days. */
export const defaultRules: Rules = { provisioning: { systems: [], within: 72 * 3_600_000 } };

export type Wiring = { processes: readonly Process[]; consumers: readonly Consumer[] };

/** Stories with runs of their own: they may wait, call others, and go back. And every reaction between subgraphs: which story reads which facts stands at the top of its file. */
export function wired({ provisioning }: Rules): Wiring {
  const processes = [acceptedMilestones, billingRuns, opportunityToProject(provisioning)];
  const routers = processes.map(({ router }) => router);
  const consumers = [
    approvedToBilling,
    recalledTime,
    recalledExpenses,
    reversedWork,
    billedWork,
    projectOpenItems,
    failedTax,
    overAllocations,
    endedEmployments,
    ...seenTo,
    repairedCauses,
    acceptedProposals,
    amendedContracts,
    retriedFees,
    retriedWebhooks,
    provisioningAnswers,
    ...routers,
  ];
  return { processes, consumers };
}

export const { processes, consumers } = wired(defaultRules);

/** What happens because a time came, or in turns because there is much of it. */
export const schedules: readonly Schedule[] = [
  ...[...dueChanges, dueFees, dunning, ...waitingMoney, retriedRepairs, contractRerates, reconciliation],
  workflowHealth(consumers),
];
