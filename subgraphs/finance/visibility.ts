import { type Actor, may } from '#kernel/actor.ts';
import { isOutside } from '#kernel/visibility.ts';

/** Costs and cost rates are the firm's own: nobody outside sees them, whatever a token says. */
export function seesCost(actor: Actor): boolean {
  return !isOutside(actor) && may(actor, 'cost:read');
}
