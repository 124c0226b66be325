import type { Resolvers } from '#generated/operations.ts';
import { isOutside } from '#kernel/visibility.ts';
import { outsideContracts } from '../node/nodeTypes.ts';

export const viewerResolvers = {
  Query: {
    viewer: (_, __, { actor }) => actor,
  },
  Viewer: {
    actorId: ({ id }) => id,
    roles: ({ roles }) => [...(roles ?? [])],
    permissions: ({ permissions }) => permissions.toSorted(),
    employee: ({ employeeId }) => (employeeId ? { id: employeeId } : null),
    customers: ({ customerIds }) => customerIds?.map((id) => ({ id })) ?? null,
    legalEntities: (actor) => (isOutside(actor) ? null : (actor.legalEntityIds?.map((id) => ({ id })) ?? null)),
    contract: ({ kind }) => outsideContracts[kind] ?? null,
    tokenExpiresAt: ({ expiresAt }) => (expiresAt ? new Date(expiresAt) : null),
  },
} satisfies Resolvers;
