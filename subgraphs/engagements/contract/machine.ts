import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';
import { type LineScope, overlap } from './overlap.ts';

export type ContractStatus = 'DRAFT' | 'IN_REVIEW' | 'CONFIRMED' | 'SUSPENDED' | 'COMPLETED' | 'CLOSED' | 'LOST';

/** What the guards of a contract judge. */
export type ContractSubject = {
  status: ContractStatus;
  currency: string;
  legalEntityId: string | null;
  /** The customer's status; undefined when there is no such customer. */
  customerStatus: string | undefined;
  /** Of the newest version, or of the one that is about to be added. */
  lines: readonly (LineScope & { name: string; currency: string })[];
  rates: readonly { currency: string }[];
  /** Those that are there, in the order of their numbers. */
  versions: readonly { effectiveFrom: string }[];
  /** What has begun under it, as a clause; absent when nothing has. */
  begun?: string | undefined;
  /** What is about to be added: from which day on, and how many versions it makes. */
  next?: { effectiveFrom: string; count: number };
};

/** Versions of one contract at most: siblings read them all at once. */
export const mostVersions = 100;

function customerKnown({ customerStatus }: ContractSubject): string | undefined {
  return customerStatus ? undefined : 'The customer of the contract is not known.';
}

function legalEntityKnown({ legalEntityId }: ContractSubject): string | undefined {
  return legalEntityId ? undefined : 'The contract needs the legal entity that contracts. Set legalEntityId first.';
}

function oneCurrency({ currency, lines, rates }: ContentSubject): string | undefined {
  const other = [...lines, ...rates].find((part) => part.currency !== currency);
  return other ? `The contract is in ${currency}, but an amount or a rate of it is in ${other.currency}.` : undefined;
}

function linesDoNotOverlap({ lines }: ContentSubject): string | undefined {
  const pair = overlap(lines);
  return pair ? `The lines ${pair[0].name} and ${pair[1].name} would both bill the same kind of thing for the same project on the same day.` : undefined;
}

function versionsInOrder({ versions: [first], next }: ContractSubject): string | undefined {
  if (!next || !first || next.effectiveFrom >= first.effectiveFrom) return undefined;
  return `The contract starts on ${first.effectiveFrom}; no version of it holds before.`;
}

function roomForVersion({ versions, next }: ContractSubject): string | undefined {
  return versions.length + (next?.count ?? 1) <= mostVersions
    ? undefined
    : `A contract has at most ${mostVersions} versions. Complete it and draft another one.`;
}

function nothingBegun({ begun }: ContractSubject): string | undefined {
  return begun ? `Work under the contract has begun: ${begun}. Complete it, then close it.` : undefined;
}

type ContentSubject = Pick<ContractSubject, 'currency' | 'lines' | 'rates'>;

/** What the content of a contract must meet, whoever drafts it. */
export const contentGuards = [oneCurrency, linesDoNotOverlap] as const;

const sound = [customerKnown, legalEntityKnown, ...contentGuards] as const;

export const contractMachine = {
  entity: 'Contract',
  states: ['DRAFT', 'IN_REVIEW', 'CONFIRMED', 'SUSPENDED', 'COMPLETED', 'CLOSED', 'LOST'],
  initial: 'DRAFT',
  actions: {
    submit: { from: ['DRAFT'], to: 'IN_REVIEW', may: 'contract:write', guards: sound, emits: 'ContractUpdated', by: 'submitContract' },
    confirm: { from: ['IN_REVIEW'], to: 'CONFIRMED', may: 'contract:confirm', guards: sound, emits: 'ContractConfirmed', by: 'confirmContract' },
    amend: {
      from: ['CONFIRMED'],
      to: 'CONFIRMED',
      may: 'contract:amend',
      guards: [...sound, versionsInOrder, roomForVersion],
      emits: 'ContractUpdated',
      by: 'addContractVersion',
    },
    suspend: { from: ['CONFIRMED'], to: 'SUSPENDED', may: 'contract:write', emits: 'ContractUpdated', by: 'suspendContract' },
    resume: { from: ['SUSPENDED'], to: 'CONFIRMED', may: 'contract:write', emits: 'ContractUpdated', by: 'resumeContract' },
    complete: { from: ['CONFIRMED', 'SUSPENDED'], to: 'COMPLETED', may: 'contract:write', emits: 'ContractUpdated', by: 'completeContract' },
    reopen: {
      from: ['COMPLETED'],
      to: 'CONFIRMED',
      may: 'contract:reopen',
      emits: ['ContractUpdated', 'ContractReopened'],
      by: 'reopenContract',
    },
    close: { from: ['COMPLETED'], to: 'CLOSED', may: 'contract:write', emits: 'ContractClosed', by: 'closeContract' },
    lose: { from: ['DRAFT'], to: 'LOST', may: 'contract:write', emits: 'ContractClosed', by: 'loseContract' },
    withdraw: {
      from: ['IN_REVIEW', 'CONFIRMED'],
      to: 'LOST',
      may: 'contract:confirm',
      guards: [nothingBegun],
      emits: 'ContractClosed',
      by: 'withdrawContract',
    },
  },
} as const satisfies Machine<ContractStatus, ContractSubject, FactName>;
