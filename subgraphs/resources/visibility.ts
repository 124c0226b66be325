import { type Actor, customerScope } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';

/** Employees belong to no customer: who is confined to some must not change them. */
export function demandWholeFirm(actor: Actor): void {
  if (customerScope(actor)) throw new Refused('FORBIDDEN', 'Employees belong to no customer. An actor who is confined to customers cannot change them.');
}
