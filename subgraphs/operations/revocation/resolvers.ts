import type { Resolvers } from '#generated/operations.ts';
import { page } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { revokeTokens } from './commands.ts';
import { readRevocation, revocationList } from './queries.ts';

const on = mutationsOf('revocation', readRevocation);

export const revocationResolvers = {
  Operations: {
    tokenRevocations: (_, args, context) => {
      demandWholeFirm(context.actor, 'The list of revocations');
      return page(context, revocationList, args);
    },
  },
  Mutation: { revokeTokens: on.one('revokeTokens', revokeTokens) },
  TokenRevocation: {
    issuedBeforeAt: ({ issuedBefore }) => issuedBefore,
    endsAt: ({ expiresAt }) => expiresAt,
    revokedAt: ({ createdAt }) => createdAt,
  },
} satisfies Resolvers;
