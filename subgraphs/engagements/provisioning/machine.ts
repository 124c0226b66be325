import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type ProvisioningStatus = 'PENDING' | 'ACKNOWLEDGED' | 'REFUSED';

/** What the guards of a provisioning judge. */
export type ProvisioningSubject = { status: ProvisioningStatus; projectStatus: string | undefined };

function projectWaits({ projectStatus }: ProvisioningSubject): string | undefined {
  return projectStatus === 'PROVISIONING' ? undefined : `The project is ${projectStatus ?? 'not known'}; it does not wait for systems outside any more.`;
}

const answered = { from: ['PENDING'], may: 'project:provision', guards: [projectWaits] } as const;

export const provisioningMachine = {
  entity: 'Provisioning',
  states: ['PENDING', 'ACKNOWLEDGED', 'REFUSED'],
  initial: 'PENDING',
  actions: {
    acknowledge: { ...answered, to: 'ACKNOWLEDGED', emits: 'ProvisioningAcknowledged', by: 'acknowledgeProvisioning' },
    refuse: { ...answered, to: 'REFUSED', emits: 'ProvisioningRefused', by: 'refuseProvisioning' },
  },
} as const satisfies Machine<ProvisioningStatus, ProvisioningSubject, FactName>;
