import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#kernel/actor.ts';
import { type EventFilter, type EventRules, wantsEvent } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import type { Answer } from './answer.ts';
import type { Follower } from './follower.ts';

/** Answers that a group remembers, so that its members share them. */
const remembered = 256;

/** Subscribers with the same question and the same rights: an event is executed once for all of them. */
export type Group = {
  /** For whom it executes: the rights of its members, the name of none of them. */
  actor: Actor;
  filter: EventFilter;
  wants(fact: Fact): boolean;
  answer(fact: Fact): Promise<Answer>;
  /** `owe` is called with the number of new events of each batch. */
  join(member: { owe(events: number): void }): () => void;
};

type Asked = { key: string; actor: Actor; filter: EventFilter; rules: EventRules; execute: (actor: Actor, fact: Fact) => Promise<Answer> };

export type Groups = { of(asked: Asked): Group; size(): number };

/** What an actor may see, as text: equal texts see the same. */
export function accessClass({ kind, permissions, employeeId, employeeIds, customerIds, legalEntityIds, system }: Actor): string {
  const sorted = (list: readonly string[] | undefined) => (list ? [...list].sort() : null);
  const rights = [kind, sorted(permissions), employeeId ?? null, sorted(employeeIds), sorted(customerIds), sorted(legalEntityIds), system ?? null];
  return createHash('sha256').update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
}

/** The groups of this process; one without members is forgotten. */
export function createGroups(follower: Follower): Groups {
  const groups = new Map<string, Group>();
  return {
    size: () => groups.size,
    of: (asked) => {
      const access = accessClass(asked.actor);
      const key = `${access} ${asked.key}`;
      const before = groups.get(key);
      if (before) return before;
      const group = createGroup(follower, { ...asked, actor: { ...asked.actor, id: `subscribers:${access}` } }, () => groups.delete(key));
      groups.set(key, group);
      return group;
    },
  };
}

function createGroup(follower: Follower, asked: Asked, forget: () => void): Group {
  const { actor, filter } = asked;
  const members = new Set<{ owe(events: number): void }>();
  const answers = new LRUCache<bigint, Promise<Answer>>({ max: remembered });
  const wants = (fact: Fact) => wantsEvent(asked, fact);
  let stop: (() => void) | undefined;
  const tell = (facts: readonly Fact[]) => {
    let events = 0;
    for (const fact of facts) if (wants(fact)) events += 1;
    if (events > 0) for (const member of [...members]) member.owe(events);
  };
  return {
    actor,
    filter,
    wants,
    answer: (fact) => {
      const before = answers.get(fact.position);
      if (before) return before;
      const answer = asked.execute(actor, fact);
      answers.set(fact.position, answer);
      // A failure is not shared with those who come back to try again.
      answer.then(
        ({ errors }) => errors && answers.delete(fact.position),
        () => answers.delete(fact.position),
      );
      return answer;
    },
    join: (member) => {
      if (members.size === 0) stop = follower.onBatch(tell);
      members.add(member);
      return () => {
        members.delete(member);
        if (members.size > 0) return;
        stop?.();
        forget();
      };
    },
  };
}
