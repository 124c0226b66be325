import type { Actor } from '#kernel/actor.ts';
import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type AmendmentStatus = 'DRAFT' | 'SUBMITTED' | 'ACCEPTED' | 'APPLIED' | 'REJECTED' | 'WITHDRAWN';

/** What the guards of an amendment judge. */
export type AmendmentSubject = {
  status: AmendmentStatus;
  authorId: string;
  submittedBy: string | null;
  /** Why the contract would not take it as it stands now; undefined when it would. */
  against: string | undefined;
  /** False when the contract would say the same as before. */
  changes: boolean;
};

function contractTakesIt({ against }: AmendmentSubject): string | undefined {
  return against;
}

function changesSomething({ changes }: AmendmentSubject): string | undefined {
  return changes ? undefined : 'The contract says all of that already. Change something else, or withdraw it.';
}

function approverIsNotAuthor({ authorId, submittedBy }: AmendmentSubject, { id }: Actor): string | undefined {
  return id === authorId || id === submittedBy ? 'Whoever wrote or submitted an amendment does not accept it. Ask somebody else.' : undefined;
}

export const amendmentMachine = {
  entity: 'Amendment',
  states: ['DRAFT', 'SUBMITTED', 'ACCEPTED', 'APPLIED', 'REJECTED', 'WITHDRAWN'],
  initial: 'DRAFT',
  actions: {
    update: { from: ['DRAFT'], to: 'DRAFT', may: 'contract:amend', by: 'updateAmendment' },
    submit: {
      from: ['DRAFT'],
      to: 'SUBMITTED',
      may: 'contract:amend',
      guards: [contractTakesIt, changesSomething],
      emits: 'AmendmentStatusChanged',
      by: 'submitAmendment',
    },
    accept: {
      from: ['SUBMITTED'],
      to: 'ACCEPTED',
      may: 'contract:accept',
      guards: [approverIsNotAuthor, contractTakesIt],
      emits: 'AmendmentStatusChanged',
      by: 'acceptAmendment',
    },
    reject: { from: ['SUBMITTED'], to: 'REJECTED', may: 'contract:accept', emits: 'AmendmentStatusChanged', by: 'rejectAmendment' },
    withdraw: {
      from: ['DRAFT', 'SUBMITTED', 'ACCEPTED'],
      to: 'WITHDRAWN',
      may: 'contract:amend',
      emits: 'AmendmentStatusChanged',
      by: 'withdrawAmendment',
    },
    apply: {
      from: ['ACCEPTED'],
      to: 'APPLIED',
      may: 'contract:amend',
      guards: [contractTakesIt, changesSomething],
      emits: 'ContractAmended',
      by: 'applyAmendment',
    },
  },
} as const satisfies Machine<AmendmentStatus, AmendmentSubject, FactName>;
