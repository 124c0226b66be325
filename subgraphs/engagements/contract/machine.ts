import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../facts.ts';
import { type LineScope, overlap } from './overlap.ts';

export type ContractStatus = 'DRAFT' | 'IN_REVIEW' | 'CONFIRMED' | 'SUSPENDED' | 'COMPLETED' | 'CLOSED' | 'LOST';

/** What the guards of a contract judge. */
export type ContractSubject = {
  status: ContractStatus;
  currency: string;
  legalEntityId: string | null;
  /** The customer's status; undefined when there is no such customer. */
  customerStatus: string | undefined;
  lines: readonly (LineScope & { name: string; currency: string })[];
  rates: readonly { currency: string }[];
};

function customerKnown({ customerStatus }: ContractSubject): string | undefined {
  return customerStatus ? undefined : 'The customer of the contract is not known.';
}

function legalEntityKnown({ legalEntityId }: ContractSubject): string | undefined {
  return legalEntityId ? undefined : 'The contract needs the legal entity that contracts. Set legalEntityId first.';
}

function oneCurrency({ currency, lines, rates }: ContractSubject): string | undefined {
  const other = [...lines, ...rates].find((part) => part.currency !== currency);
  return other ? `The contract is in ${currency}, but an amount or a rate of it is in ${other.currency}.` : undefined;
}

function linesDoNotOverlap({ lines }: ContractSubject): string | undefined {
  const pair = overlap(lines);
  return pair ? `The lines ${pair[0].name} and ${pair[1].name} would both bill the same kind of thing for the same project on the same day.` : undefined;
}

const sound = [customerKnown, legalEntityKnown, oneCurrency, linesDoNotOverlap] as const;

export const contractMachine = {
  entity: 'Contract',
  states: ['DRAFT', 'IN_REVIEW', 'CONFIRMED', 'SUSPENDED', 'COMPLETED', 'CLOSED', 'LOST'],
  initial: 'DRAFT',
  actions: {
    submit: { from: ['DRAFT'], to: 'IN_REVIEW', may: 'contract:write', guards: sound, emits: 'ContractUpdated', by: 'submitContract' },
    confirm: { from: ['IN_REVIEW'], to: 'CONFIRMED', may: 'contract:confirm', guards: sound, emits: 'ContractConfirmed', by: 'confirmContract' },
    suspend: { from: ['CONFIRMED'], to: 'SUSPENDED', may: 'contract:write', emits: 'ContractUpdated', by: 'suspendContract' },
    resume: { from: ['SUSPENDED'], to: 'CONFIRMED', may: 'contract:write', emits: 'ContractUpdated', by: 'resumeContract' },
    complete: { from: ['CONFIRMED', 'SUSPENDED'], to: 'COMPLETED', may: 'contract:write', emits: 'ContractUpdated', by: 'completeContract' },
    close: { from: ['COMPLETED'], to: 'CLOSED', may: 'contract:write', emits: 'ContractClosed', by: 'closeContract' },
    lose: { from: ['DRAFT'], to: 'LOST', may: 'contract:write', emits: 'ContractClosed', by: 'loseContract' },
  },
} as const satisfies Machine<ContractStatus, ContractSubject, FactName>;
