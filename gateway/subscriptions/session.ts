import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Authenticate, Identity } from '../auth.ts';
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

type Parts = { identity: Identity; authenticate: Authenticate; now: () => Date; onExpiry: () => void };

/** Watches over a token; `onExpiry` is called once when it has run out without being renewed. */
export function openSession({ identity, authenticate, now, onExpiry }: Parts): Session {
  let present = identity;
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(timer);
    const left = present.expiresAt.getTime() - now().getTime();
    timer = setTimeout(() => (present.expiresAt > now() ? watch() : onExpiry()), Math.min(Math.max(left, 0), longest));
    timer.unref();
  };
  watch();
  return {
    actor: () => present.actor,
    identity: () => present,
    expiresAt: () => present.expiresAt,
    expired: () => present.expiresAt <= now(),
    renew: async (token) => {
      const next = await authenticate(token);
      if (next.actor.id !== present.actor.id) throw new Refused('FORBIDDEN', 'A connection is renewed by a token of the same subject.');
      // The same rights keep the same actor, so that running subscriptions stay where they are.
      const same = JSON.stringify(next.actor) === JSON.stringify(present.actor);
      present = same ? { ...next, actor: present.actor } : next;
      watch();
    },
    end: () => clearTimeout(timer),
  };
}

/** Who subscribes on a connection. */
export function subscriberOf({ actor, identity }: Session, headers: IncomingHttpHeaders) {
  return { actor, client: clientOf(identity(), headers), headers };
}
