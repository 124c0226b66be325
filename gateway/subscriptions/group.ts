import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#kernel/actor.ts';
import { type EventFilter, type EventRules, wantsEvent } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import type { Answer } from './answer.ts';
import type { Follower } from './follower.ts';
import type { Batch } from './past.ts';
import { firstAfter, placesOf } from './tail.ts';

/** Answers that a group remembers, so that its members share them. */
const remembered = 256;

export type Member = {
  /** Called with the number of new events. */
  owe(events: number): void;
  /** There may be something to do: new events, or other rights. */
  wake(): void;
};

/** Subscribers with the same question and the same rights: an event is looked at and executed once for all of them. */
export type Group = {
  /** For whom it executes: the rights of its members, the name of none of them. */
  actor: Actor;
  filter: EventFilter;
  answer(fact: Fact): Promise<Answer>;
  /** Its events after a position, where all that follows that is in memory and there is something. For members alone. */
  recent(after: bigint, limit: number): Batch | undefined;
  /** Where a member stands who has taken everything up to a position: at the end of the log while nothing has come for the group since. */
  reach(position: bigint): bigint;
  join(member: Member): () => void;
};

type Asked = { key: string; actor: Actor; filter: EventFilter; rules: EventRules; execute: (actor: Actor, fact: Fact) => Promise<Answer> };

export type Groups = {
  of(asked: Asked): Group;
  size(): number;
  /** Lets all members look again: what they may see can have changed. */
  wake(): void;
};

/** What an actor may see, as text: equal texts see the same. */
export function accessClass({ kind, permissions, employeeId, employeeIds, customerIds, legalEntityIds, system }: Actor): string {
  const sorted = (list: readonly string[] | undefined) => (list ? [...list].sort() : null);
  const rights = [kind, sorted(permissions), employeeId ?? null, sorted(employeeIds), sorted(customerIds), sorted(legalEntityIds), system ?? null];
  return createHash('sha256').update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
}

/** Rights are told apart once for each actor. */
function accessClasses(): (actor: Actor) => string {
  const known = new WeakMap<Actor, string>();
  return (actor) => {
    const access = known.get(actor) ?? accessClass(actor);
    known.set(actor, access);
    return access;
  };
}

/** The groups of this process; one without members is forgotten. */
export function createGroups(follower: Pick<Follower, 'position' | 'follow'>): Groups {
  const groups = new Map<string, Group & { wake(): void }>();
  const classOf = accessClasses();
  return {
    size: () => groups.size,
    wake: () => {
      for (const group of [...groups.values()]) group.wake();
    },
    of: (asked) => {
      const access = classOf(asked.actor);
      const key = `${access} ${asked.key}`;
      const before = groups.get(key);
      if (before) return before;
      const group = createGroup(follower, { ...asked, actor: { ...asked.actor, id: `subscribers:${access}` } }, () => groups.delete(key));
      groups.set(key, group);
      return group;
    },
  };
}

/** The group's part of the tail: all of its events after `since`. */
type Own = { facts: Fact[]; since: bigint; members: Set<Member>; stop: () => void };

function createGroup(follower: Pick<Follower, 'position' | 'follow'>, asked: Asked, forget: () => void): Group & { wake(): void } {
  const { actor, filter } = asked;
  const own: Own = { facts: [], since: 0n, members: new Set(), stop: () => undefined };
  const wake = () => {
    for (const member of [...own.members]) member.wake();
  };
  return {
    actor,
    filter,
    wake,
    answer: answering(asked),
    recent: (after, limit) => recent(own, follower.position(), { after, limit }),
    reach: (position) => {
      const last = own.facts.at(-1)?.position ?? 0n;
      const end = follower.position();
      return position < own.since || position < last || position > end ? position : end;
    },
    join: (member) => {
      if (own.members.size === 0) begin(own, follower, asked);
      own.members.add(member);
      return () => {
        own.members.delete(member);
        if (own.members.size > 0) return;
        own.stop();
        forget();
      };
    },
  };
}

/** Takes its part of what is in memory, and of all that comes. */
function begin(own: Own, { position, follow }: Pick<Follower, 'position' | 'follow'>, asked: Asked): void {
  const wanted = (facts: readonly Fact[]) => facts.filter((fact) => wantsEvent(asked, fact));
  const { facts, since, stop } = follow({
    places: placesOf(asked.actor, asked.filter),
    take: (some) => {
      const more = wanted(some);
      if (more.length === 0) return;
      own.facts.push(...more);
      for (const member of [...own.members]) {
        member.owe(more.length);
        member.wake();
      }
    },
    drop: (fact) => {
      if (own.facts[0] !== fact) return;
      own.facts.shift();
      own.since = fact.position;
    },
    restart: () => {
      Object.assign(own, { facts: [], since: position() });
      for (const member of [...own.members]) member.wake();
    },
  });
  Object.assign(own, { facts: wanted(facts), since, stop });
}

function recent({ facts, since }: Own, end: bigint, { after, limit }: { after: bigint; limit: number }): Batch | undefined {
  if (after < since || after >= end) return undefined;
  const from = firstAfter(facts, after);
  const some = facts.slice(from, from + limit);
  return { facts: some, to: from + limit < facts.length ? (some.at(-1)?.position ?? end) : end };
}

function answering({ actor: asking, execute }: Pick<Asked, 'actor' | 'execute'>): Group['answer'] {
  const answers = new LRUCache<bigint, Promise<Answer>>({ max: remembered });
  return (fact) => {
    const before = answers.get(fact.position);
    if (before) return before;
    const answer = execute(asking, fact);
    answers.set(fact.position, answer);
    // A failure is not shared with those who come back to try again.
    answer.then(
      ({ errors }) => errors && answers.delete(fact.position),
      () => answers.delete(fact.position),
    );
    return answer;
  };
}
