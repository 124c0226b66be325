import { type Actor, customerScope, may } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { isOutside } from '#kernel/visibility.ts';

/** Employees belong to no customer: who is confined to some must not change them. */
export function demandWholeFirm(actor: Actor): void {
  if (customerScope(actor)) throw new Refused('FORBIDDEN', 'Employees belong to no customer. An actor who is confined to customers cannot change them.');
}

/** What the firm pays is its own: nobody outside sees it, whatever a token says. */
export function seesCost(actor: Actor): boolean {
  return !isOutside(actor) && may(actor, 'cost:read');
}
