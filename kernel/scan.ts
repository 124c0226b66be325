import { type Actor, customerScope } from './actor.ts';
import type { Db } from './db.ts';
import { demandKept, type EventFilter, type EventRules, keysWanted, newest, seesType, wantsEvent } from './event.ts';
import { type Fact, logBounds, readFacts } from './facts.ts';

/** Positions that one statement looks at, so that a rare event in a long log never makes a long statement. */
const windowSize = 20_000n;

export type Scan = { actor: Actor; rules: EventRules; filter: EventFilter; after: bigint; limit: number };

/** The next events that the actor may see, and the position up to which the log has been read with them. */
export async function scanEvents(db: Db, scan: Scan): Promise<{ facts: Fact[]; to: bigint; head: bigint }> {
  const { actor, rules, filter, after, limit } = scan;
  const bounds = await logBounds(db);
  demandKept(after, bounds);
  const upTo = after + windowSize < bounds.head ? after + windowSize : bounds.head;
  const types = (filter.types ?? Object.keys(rules)).filter((type) => seesType(actor, rules, type));
  if (types.length === 0 || upTo === after) return { facts: [], to: upTo, head: bounds.head };
  const every = types.length === Object.keys(rules).length;
  const scope = customerScope(actor);
  const keys = [...keysWanted(filter), ...(scope ? [{ name: 'customerId', ids: scope }] : [])];
  const slice = { after, upTo, limit, types: every ? undefined : types, keys };
  const found = (await readFacts(db, slice)).map((fact) => newest(rules, fact));
  const to = found.length < limit ? upTo : (found.at(-1)?.position ?? upTo);
  return { facts: found.filter((fact) => wantsEvent(scan, fact)), to, head: bounds.head };
}
