import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Authenticate, Identity } from '../auth.ts';
import type { Revocations } from '../revocations.ts';
import { clientOf } from '../usage/usage.ts';

/** A connection's token: who it speaks for, until when, and how it is renewed on the open connection. */
export type Session = {
  actor(): Actor;
  /** All that the present token says. */
  identity(): Identity;
  expiresAt(): Date;
  expired(): boolean;
  renew(token: string | undefined): Promise<void>;
  end(): void;
};

/** The longest wait that a timer takes. */
const longest = 2 ** 31 - 1;

/** Why a token is over. */
export type Ending = 'expired' | 'revoked';

/** What a client is told whose token is over, and what to do then. */
export const tokenOver = (why: Ending, then: string): Refused =>
  new Refused('UNAUTHENTICATED', `The token ${why === 'expired' ? 'has expired' : 'was revoked'}. ${then}`);

type Parts = {
  identity: Identity;
  authenticate: Authenticate;
  revocations: Pick<Revocations, 'isRevoked' | 'onChange'>;
  now: () => Date;
  onEnd: (why: Ending) => void;
};

/** Watches over a token; `onEnd` is called when it has run out without being renewed, and when it is revoked. */
export function openSession({ identity, authenticate, revocations, now, onEnd }: Parts): Session {
  let present = identity;
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(timer);
    const left = present.expiresAt.getTime() - now().getTime();
    timer = setTimeout(() => (present.expiresAt > now() ? watch() : onEnd('expired')), Math.min(Math.max(left, 0), longest));
    timer.unref();
  };
  watch();
  const isRevoked = () => revocations.isRevoked(present);
  const forget = revocations.onChange(() => isRevoked() && onEnd('revoked'));
  return {
    actor: () => present.actor,
    identity: () => present,
    expiresAt: () => present.expiresAt,
    expired: () => present.expiresAt <= now() || isRevoked(),
    renew: async (token) => {
      const next = await authenticate(token);
      if (next.actor.id !== present.actor.id) throw new Refused('FORBIDDEN', 'A connection is renewed by a token of the same subject.');
      // The same rights keep the same actor, so that running subscriptions stay where they are.
      const same = JSON.stringify(next.actor) === JSON.stringify(present.actor);
      present = same ? { ...next, actor: present.actor } : next;
      watch();
    },
    end: () => {
      forget();
      clearTimeout(timer);
    },
  };
}

/** Who subscribes on a connection. */
export function subscriberOf({ actor, identity }: Session, headers: IncomingHttpHeaders) {
  return { actor, client: clientOf(identity(), headers), headers };
}
