import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { causedBy, withCauses } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { asRefused } from '#kernel/outcome.ts';
import type { Proposal } from '#kernel/proposal.ts';
import { carriersOf } from '#kernel/subgraph.ts';
import { acceptedProposal, settleProposal } from '#operations/proposal/commands.ts';
import { facts } from '#operations/published.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';

const carriers = new Map([engagementsSubgraph, resourcesSubgraph, timeSubgraph, financeSubgraph].flatMap((subgraph) => [...carriersOf(subgraph)]));

/** What the owner of an entity accepted of another system is carried out: by the mutation that was refused, with all its guards. */
export const acceptedProposals = consumer({
  name: 'accepted-proposals',
  facts: [facts.ProposalAccepted],
  batch: 50,
  handle: async (scope, accepted) => {
    for (const fact of accepted) await carryOut(scope, fact);
  },
});

async function carryOut(scope: Scope, fact: FactOf<typeof facts.ProposalAccepted>): Promise<void> {
  const proposal = await acceptedProposal(scope, fact.payload.proposalId);
  if (!proposal) return;
  await settleProposal(withCauses(scope, [[proposal.id, fact]]), proposal, await refusalOf(causedBy(scope, fact), proposal));
}

async function refusalOf(scope: Scope, { mutation, item }: Proposal): Promise<Refused | undefined> {
  const carry = carriers.get(mutation);
  if (!carry) return new Refused('VALIDATION_FAILED', `There is no mutation ${mutation} any more.`);
  try {
    await scope.tx.transaction((tx) => carry({ ...scope, tx }, item));
    return undefined;
  } catch (error) {
    return asRefused(error);
  }
}
