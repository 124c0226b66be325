import { type Actor, customerScope } from './actor.ts';
import { sumOfHours } from './duration.ts';
import type { Dimension, Fact } from './facts.ts';

/**
 * How a fact over several customers or legal entities is told to who may see some of them: `parts` is the list of the payload whose members
 * have keys of their own; lists are concatenated from a field of the parts; `hours` are added up from the field of the same name, by the second.
 */
export type Shares = { parts: string; lists: Readonly<Record<string, string>>; hours: readonly string[] };

type Part = Readonly<Record<string, unknown>>;
type Keyed = Pick<Fact, 'keys' | 'payload'>;

/** The ids by which an actor is confined, by the name of the key. */
function scopesOf(actor: Actor): { name: string; ids: readonly string[]; needed: boolean }[] {
  const customers = customerScope(actor);
  return [
    ...(customers ? [{ name: 'customerId', ids: customers, needed: true }] : []),
    ...(actor.legalEntityIds ? [{ name: 'legalEntityId', ids: actor.legalEntityIds, needed: false }] : []),
  ];
}

/** The fact as far as the actor is not confined elsewhere; undefined when nothing of it is the actor's to see. */
export function shareOf<Own extends Keyed>(actor: Actor, fact: Own, shares: Shares | undefined): Own | undefined {
  const scopes = scopesOf(actor);
  let whole = true;
  for (const { name, ids, needed } of scopes) {
    const held = fact.keys[name as Dimension] ?? [];
    const own = held.filter((id) => ids.includes(id));
    if (own.length === 0 && (needed || held.length > 0)) return undefined;
    if (own.length < held.length) whole = false;
  }
  if (whole) return fact;
  if (!shares) return undefined;
  const parts = partsOf(fact, shares).filter((part) => scopes.every(({ name, ids, needed }) => inScope(part[name], ids, needed)));
  return parts.length > 0 ? { ...fact, keys: keysOf(fact, parts), payload: payloadOf(fact, shares, parts) } : undefined;
}

function inScope(id: unknown, ids: readonly string[], needed: boolean): boolean {
  return typeof id === 'string' ? ids.includes(id) : !needed;
}

function partsOf({ payload }: Keyed, { parts }: Shares): Part[] {
  const list = payload[parts];
  return Array.isArray(list) ? list : [];
}

/** Keys that parts have are those of the parts; the others are the fact's own. */
function keysOf({ keys }: Keyed, parts: readonly Part[]): Fact['keys'] {
  const narrowed = Object.entries<readonly string[]>(keys).map(([name, held]) => {
    const own = new Set(parts.map((part) => part[name]));
    return [name, parts.some((part) => name in part) ? held.filter((id) => own.has(id)) : held];
  });
  return Object.fromEntries(narrowed);
}

function payloadOf({ payload }: Keyed, { parts: name, lists, hours }: Shares, parts: readonly Part[]): Fact['payload'] {
  const listed = Object.entries(lists).map(([list, field]) => [list, parts.map((part) => part[field])]);
  const summed = hours.map((sum) => [sum, sumOfHours(parts.map((part) => String(part[sum])))]);
  return { ...payload, [name]: parts, ...Object.fromEntries(listed), ...Object.fromEntries(summed) };
}
