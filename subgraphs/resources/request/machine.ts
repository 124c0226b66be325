import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type RequestStatus = 'DRAFT' | 'SUBMITTED' | 'PROPOSED' | 'FULFILLED' | 'CANCELLED';

/** What the guards of a request judge. */
export type RequestSubject = {
  status: RequestStatus;
  projectStatus: string;
  /** What does not fit about the proposals, where nobody said why they stand nevertheless. */
  unexplained: readonly string[];
};

const finished = ['COMPLETED', 'CLOSED', 'CANCELLED'];

export function projectNeedsPeople({ projectStatus }: RequestSubject): string | undefined {
  return finished.includes(projectStatus) ? `The project is ${projectStatus}; it needs nobody any more.` : undefined;
}

export function proposalsFit({ unexplained }: RequestSubject): string | undefined {
  return unexplained.length > 0 ? `${unexplained.join(' ')} Propose somebody else, or say why in reason.` : undefined;
}

const may = 'resource-request:write';

export const requestMachine = {
  entity: 'ResourceRequest',
  states: ['DRAFT', 'SUBMITTED', 'PROPOSED', 'FULFILLED', 'CANCELLED'],
  initial: 'DRAFT',
  actions: {
    update: { from: ['DRAFT', 'SUBMITTED'], to: ['DRAFT', 'SUBMITTED'], may, emits: 'ResourceRequestChanged', by: 'updateResourceRequest' },
    submit: { from: ['DRAFT'], to: 'SUBMITTED', may, guards: [projectNeedsPeople], emits: 'ResourceRequested', by: 'submitResourceRequest' },
    propose: {
      from: ['SUBMITTED'],
      to: 'PROPOSED',
      may: 'assignment:write',
      guards: [projectNeedsPeople, proposalsFit],
      emits: 'ResourceProposed',
      by: 'proposeResources',
    },
    accept: {
      from: ['PROPOSED'],
      to: 'FULFILLED',
      may: 'assignment:write',
      guards: [projectNeedsPeople],
      emits: 'ResourceRequestFulfilled',
      by: 'acceptResourceProposal',
    },
    reject: { from: ['PROPOSED'], to: 'SUBMITTED', may, emits: 'ResourceRequestChanged', by: 'rejectResourceProposal' },
    cancel: { from: ['DRAFT', 'SUBMITTED', 'PROPOSED'], to: 'CANCELLED', may, emits: 'ResourceRequestChanged', by: 'cancelResourceRequest' },
  },
} as const satisfies Machine<RequestStatus, RequestSubject, FactName>;
