import type { Machine } from '#kernel/machine.ts';
import type { FactName, OpenItems } from '../published.ts';

export type ProjectStatus = 'DRAFT' | 'PROVISIONING' | 'ACTIVE' | 'ON_HOLD' | 'COMPLETED' | 'CLOSED' | 'CANCELLED';

/** What the guards of a project judge. */
export type ProjectSubject = {
  status: ProjectStatus;
  managerId: string | null;
  customerStatus: string | undefined;
  contractStatus: string | undefined;
  openItems: OpenItems | undefined;
};

function customerActive({ customerStatus }: ProjectSubject): string | undefined {
  return customerStatus === 'ACTIVE' ? undefined : `The customer is ${customerStatus ?? 'not known'}; it must be ACTIVE.`;
}

function contractConfirmed({ contractStatus }: ProjectSubject): string | undefined {
  return contractStatus === 'CONFIRMED' ? undefined : `The contract is ${contractStatus ?? 'not set'}; it must be CONFIRMED.`;
}

function managerMapped({ managerId }: ProjectSubject): string | undefined {
  return managerId ? undefined : 'The project has no manager. Set managerId first.';
}

function nothingOpen({ openItems }: ProjectSubject): string | undefined {
  if (!openItems) return undefined;
  const { unbilled, openTimesheets, draftInvoices } = openItems;
  if (unbilled + openTimesheets + draftInvoices === 0) return undefined;
  return `Still open: ${unbilled} unbilled items, ${openTimesheets} timesheets, ${draftInvoices} draft invoices.`;
}

const changed = { may: 'project:write', emits: 'ProjectStatusChanged' } as const;
const ready = [customerActive, contractConfirmed, managerMapped] as const;

export const projectMachine = {
  entity: 'Project',
  states: ['DRAFT', 'PROVISIONING', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CLOSED', 'CANCELLED'],
  initial: 'DRAFT',
  actions: {
    provision: { from: ['DRAFT'], to: 'PROVISIONING', ...changed, by: 'provisionProject' },
    activate: {
      from: ['PROVISIONING'],
      to: 'ACTIVE',
      may: 'project:write',
      guards: ready,
      // One that comes from an opportunity is told of as created only now.
      emits: ['ProjectStatusChanged', 'ProjectCreated'],
      by: 'activateProject',
    },
    hold: { from: ['ACTIVE'], to: 'ON_HOLD', ...changed, by: 'holdProject' },
    resume: { from: ['ON_HOLD'], to: 'ACTIVE', ...changed, guards: ready, by: 'resumeProject' },
    complete: { from: ['ACTIVE', 'ON_HOLD'], to: 'COMPLETED', ...changed, by: 'completeProject' },
    reopen: {
      from: ['COMPLETED'],
      to: 'ACTIVE',
      may: 'project:reopen',
      guards: ready,
      emits: ['ProjectStatusChanged', 'ProjectReopened'],
      by: 'reopenProject',
    },
    close: { from: ['COMPLETED'], to: 'CLOSED', ...changed, guards: [nothingOpen], by: 'closeProject' },
    cancel: { from: ['DRAFT', 'PROVISIONING'], to: 'CANCELLED', ...changed, by: 'cancelProject' },
  },
} as const satisfies Machine<ProjectStatus, ProjectSubject, FactName>;
