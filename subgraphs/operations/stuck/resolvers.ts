import type { Resolvers } from '#generated/operations.ts';
import { readDelivery } from '../delivery/queries.ts';
import { curesOf, deliveryCures, proposalCures, runCures, waitingCures } from '../exception/cures.ts';
import { readException } from '../exception/queries.ts';
import { readProposal } from '../proposal/queries.ts';
import { readRun } from '../run/queries.ts';
import { stuckPage } from './queries.ts';

const curesByKind = { DELIVERY: deliveryCures, PROCESS_RUN: runCures, PROPOSAL: proposalCures };

export const stuckResolvers = {
  Operations: { stuck: (_, args, context) => stuckPage(context, args) },
  StuckItem: {
    cures: (item) => {
      if (item.kind === 'EXCEPTION') return [...curesOf(item)];
      if (item.kind === 'PROCESS_RUN' && item.code === 'UPSTREAM_UNAVAILABLE') return [...waitingCures];
      return [...curesByKind[item.kind]];
    },
    exception: async ({ kind, id }, _, context) => (kind === 'EXCEPTION' ? ((await readException(context, id)) ?? null) : null),
    delivery: async ({ kind, id }, _, context) => (kind === 'DELIVERY' ? ((await readDelivery(context, id)) ?? null) : null),
    proposal: async ({ kind, id }, _, context) => (kind === 'PROPOSAL' ? ((await readProposal(context, id)) ?? null) : null),
    run: async ({ kind, id }, _, context) => (kind === 'PROCESS_RUN' ? ((await readRun(context, id)) ?? null) : null),
  },
} satisfies Resolvers;
