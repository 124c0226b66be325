import { type Actor, may } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Contracts } from './contracts.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'schema:read': true;
  }
}

type Rules = { contracts: Pick<Contracts, 'isBound'> };

/** True for who may know every name of the graph: a message may help them to find the right one. */
export function knowsSchema({ contracts }: Rules, actor: Actor): boolean {
  return !contracts.isBound(actor) && may(actor, 'schema:read');
}

/** Whoever works on a contract may know it; the whole schema is for holders of the permission. */
export function demandSchema(rules: Rules, actor: Actor): void {
  if (!rules.contracts.isBound(actor) && !knowsSchema(rules, actor)) throw new Refused('FORBIDDEN', 'Asking for the schema needs the permission schema:read.');
}

/** A message of GraphQL without the names that it suggests. */
export function withoutHints(message: string): string {
  return message.replace(/ Did you mean [^?]*\?/g, '');
}
