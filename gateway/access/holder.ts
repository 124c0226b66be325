import { type Actor, may, type Permission } from '#kernel/actor.ts';
import { isConfined } from '#kernel/visibility.ts';
import type { Rule } from './rules.ts';

/** What a rule may ask beside permissions, by its name in `@policy`: who meets it, and what the others are told. */
const policies: Readonly<Record<string, { meets(actor: Actor): boolean; told: string }>> = {
  'whole-firm': { meets: (actor) => !isConfined(actor), told: 'It is the whole firm’s; this token sees a part of it.' },
};

/** The names that `@policy` may hold. */
export const policyNames: readonly string[] = Object.keys(policies);

/** What holders of a list of permissions may do, by what was asked before: the lists of a token's actor stay the same object. */
const known = new WeakMap<readonly string[], Map<string, boolean>>();

function holds(actor: Actor, scope: string): boolean {
  const held = known.get(actor.permissions) ?? new Map<string, boolean>();
  if (held.size === 0) known.set(actor.permissions, held);
  const before = held.get(scope);
  if (before !== undefined) return before;
  const answer = may(actor, scope as Permission);
  held.set(scope, answer);
  return answer;
}

/** A policy that nobody knows is met by nobody. */
const keeps = (actor: Actor, policy: string): boolean => Object.hasOwn(policies, policy) && policies[policy]?.meets(actor) === true;

/** True when the actor may have what the rule guards. */
export function meets(actor: Actor, { scopes, policies: named }: Rule): boolean {
  return (
    (scopes.length === 0 || scopes.some((all) => all.every((scope) => holds(actor, scope)))) &&
    (named.length === 0 || named.some((all) => all.every((policy) => keeps(actor, policy))))
  );
}

/** What somebody lacks who does not meet a rule. */
export function wanting(actor: Actor, { scopes, policies: named }: Rule): string {
  const isHeld = scopes.length === 0 || scopes.some((all) => all.every((scope) => holds(actor, scope)));
  if (!isHeld) {
    const missing = scopes.map((all) => all.filter((scope) => !holds(actor, scope)).join(' and ')).join(', or ');
    return `This needs the permission ${missing}, which ${actor.id} does not hold.`;
  }
  const unmet = named.map((all) => all.filter((policy) => !keeps(actor, policy)));
  const told = (unmet[0] ?? []).map((policy) => (Object.hasOwn(policies, policy) ? policies[policy]?.told : `It needs ${policy}, which is not known here.`));
  return told.join(' ');
}
