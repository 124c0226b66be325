import type { AcceptProposalInput, RejectProposalInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { demandKeeper } from '#kernel/ownership.ts';
import { lockProposal, moveProposal, type Proposal } from '#kernel/proposal.ts';
import { notFound } from '#kernel/rows.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';

/** OPEN to ACCEPTING: whoever owns it wants it so. A process carries it out, by the mutation that was refused. */
export async function acceptProposal(scope: Scope, { id }: AcceptProposalInput): Promise<{ id: string }> {
  const proposal = await demandOpen(scope, id);
  await moveProposal(scope, proposal, { status: 'ACCEPTING', fact: 'ProposalAccepted' });
  return { id };
}

/** OPEN to REJECTED, for the reason given. */
export async function rejectProposal(scope: Scope, input: RejectProposalInput): Promise<{ id: string }> {
  const reason = checkLines('reason', input.reason, 1000);
  const proposal = await demandOpen(scope, input.id);
  await moveProposal(scope, proposal, { status: 'REJECTED', reason, fact: 'ProposalRejected' });
  return { id: input.id };
}

async function demandOpen(scope: Scope, id: string): Promise<Proposal> {
  const { actor, ownership } = scope;
  demand(actor, 'proposal:decide');
  demandWholeFirm(actor, 'A proposal');
  const proposal = isId(id) ? await lockProposal(scope.tx, id) : undefined;
  if (!proposal) throw notFound('OwnershipProposal', id);
  // Something new is somebody's as a whole.
  const fields = proposal.entityId === null ? [] : proposal.changes.map(({ field }) => field);
  demandKeeper({ ownership, actor }, proposal.entityType, fields);
  if (proposal.status !== 'OPEN')
    throw new Refused('INVALID_TRANSITION', `The proposal is ${proposal.status}; only one that is OPEN waits for a decision.`, { field: 'id' });
  return proposal;
}

/** What somebody accepted and nobody has carried out yet, locked. */
export async function acceptedProposal(scope: Scope, id: string): Promise<Proposal | undefined> {
  const proposal = await lockProposal(scope.tx, id);
  return proposal?.status === 'ACCEPTING' ? proposal : undefined;
}

/** It was carried out, or could not be: then it waits again, with the reason. */
export async function settleProposal(scope: Scope, proposal: Proposal, refused: Refused | undefined): Promise<void> {
  if (!refused) return moveProposal(scope, proposal, { status: 'ACCEPTED' });
  return moveProposal(scope, proposal, { status: 'OPEN', reason: refused.message, fact: 'ProposalReturned' });
}
