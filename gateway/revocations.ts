import type { Revocation } from '#kernel/revocation.ts';
import type { Identity } from './auth.ts';

/** Which tokens are no longer believed. */
export type Revocations = {
  isRevoked(identity: Identity): boolean;
  /** Puts others in the place of those that there are; whoever listens hears of it. */
  replace(revocations: readonly Revocation[]): void;
  /** Called whenever there are others; gives the way to stop it. */
  onChange(listener: () => void): () => void;
  /** Looks whether there are others now. */
  look(): Promise<void>;
  /** Says how to look; until then nobody knows of any. */
  from(look: () => Promise<void>): void;
};

/** The mutation after which this gateway looks at once, and does not wait to be told. */
export const revokingMutation = 'Mutation.revokeTokens';

/** A look-up for each of what a token may be revoked by: a request costs three. */
export function createRevocations(): Revocations {
  let present = new Map<string, Date>();
  let look = async () => {};
  const listeners = new Set<() => void>();
  const keyOf = (kind: string, value: string) => `${kind} ${value}`;
  const isAfter = (key: string, issuedAt: Date) => {
    const before = present.get(key);
    return before !== undefined && issuedAt < before;
  };
  return {
    isRevoked: ({ actor, client, tokenId, issuedAt }) =>
      present.size > 0 &&
      ((tokenId !== undefined && present.has(keyOf('TOKEN', tokenId))) ||
        isAfter(keyOf('SUBJECT', actor.id), issuedAt) ||
        (client !== undefined && isAfter(keyOf('CLIENT', client), issuedAt))),
    replace: (revocations) => {
      const next = new Map<string, Date>();
      for (const { kind, value, issuedBefore } of revocations) {
        const key = keyOf(kind, value);
        const other = next.get(key);
        if (!other || other < issuedBefore) next.set(key, issuedBefore);
      }
      present = next;
      for (const listener of [...listeners]) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look: () => look(),
    from: (way) => {
      look = way;
    },
  };
}
