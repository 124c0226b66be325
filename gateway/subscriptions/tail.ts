import { type Actor, customerScope } from '#kernel/actor.ts';
import { type EventFilter, keysWanted } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';

/** Who reads on from the end of the log. It is told of the facts that stand at its places, and looks itself whether it wants them. */
export type Reader = {
  places: readonly string[];
  take(facts: readonly Fact[]): void;
  /** The tail forgets this fact, which stands at a place of the reader. */
  drop(fact: Fact): void;
  /** The log was cut off below: what was in memory does not reach up to what follows. */
  restart(): void;
};

/** The newest facts in memory, by the places at which readers look for them. */
export type Tail = {
  /** Every fact up to here has been seen. It only grows. */
  position(): bigint;
  add(facts: readonly Fact[]): void;
  /** From now on the reader is told; `facts` stand at its places already, and are all of them after `since`. */
  follow(reader: Reader): { facts: readonly Fact[]; since: bigint; stop: () => void };
};

type Inside = { position: bigint; facts: Fact[]; placed: Map<string, Fact[]>; readers: Map<string, Set<Reader>> };

/** The place of facts that are looked for by none of their keys. */
const anywhere = '';

/** Where all stands that may be wanted: at the ids of the dimension that asks for the fewest, else at the types, else anywhere. */
export function placesOf(actor: Actor, filter: EventFilter): readonly string[] {
  const scope = customerScope(actor);
  const lists = [...keysWanted(filter), ...(scope ? [{ name: 'customerId', ids: scope }] : [])];
  const [fewest] = lists.sort((a, b) => a.ids.length - b.ids.length);
  if (fewest) return fewest.ids.map((id) => `${fewest.name} ${id}`);
  return filter.types?.map((type) => `type ${type}`) ?? [anywhere];
}

function placesOfFact({ type, keys }: Fact): string[] {
  const own = Object.entries<readonly string[]>(keys).flatMap(([name, ids]) => ids.map((id) => `${name} ${id}`));
  return [anywhere, `type ${type}`, ...own];
}

/** A tail that keeps so many facts. */
export function createTail(position: bigint, kept: number): Tail {
  const inside: Inside = { position, facts: [], placed: new Map(), readers: new Map() };
  return {
    position: () => inside.position,
    add: (facts) => add(inside, facts, kept),
    follow: (reader) => {
      for (const place of reader.places) addTo(inside.readers, place, () => new Set<Reader>()).add(reader);
      const [first] = inside.facts;
      const since = first ? first.position - 1n : inside.position;
      return { facts: standing(inside, reader.places), since, stop: () => leave(inside, reader) };
    },
  };
}

function addTo<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const before = map.get(key);
  if (before !== undefined) return before;
  const made = make();
  map.set(key, made);
  return made;
}

function leave({ readers }: Inside, reader: Reader): void {
  for (const place of reader.places) {
    const there = readers.get(place);
    there?.delete(reader);
    if (there?.size === 0) readers.delete(place);
  }
}

/** A fact may stand at several places, and is one all the same. */
function standing({ placed }: Inside, places: readonly string[]): readonly Fact[] {
  const found = new Set(places.flatMap((place) => placed.get(place) ?? []));
  return [...found].sort((a, b) => (a.position < b.position ? -1 : 1));
}

function add(inside: Inside, facts: readonly Fact[], kept: number): void {
  const [first, last] = [facts[0], facts.at(-1)];
  if (!first || !last) return;
  // Positions are contiguous; a hole means that the log was cut off below us, and whoever needs it is told by its own read.
  const isCut = first.position !== inside.position + 1n;
  if (isCut) Object.assign(inside, { facts: [], placed: new Map() });
  inside.position = isCut ? first.position - 1n : inside.position;
  if (isCut) for (const reader of new Set([...inside.readers.values()].flatMap((some) => [...some]))) reader.restart();
  const told = new Map<Reader, Fact[]>();
  for (const fact of facts) place(inside, fact, told);
  inside.position = last.position;
  // Taken first: a reader is told to drop only what it was given.
  for (const [reader, some] of told) reader.take(some);
  for (const fact of inside.facts.splice(0, Math.max(0, inside.facts.length - kept))) forget(inside, fact);
}

function place({ facts, placed, readers }: Inside, fact: Fact, told: Map<Reader, Fact[]>): void {
  facts.push(fact);
  for (const at of placesOfFact(fact)) {
    addTo(placed, at, () => []).push(fact);
    for (const reader of readers.get(at) ?? []) {
      const some = told.get(reader);
      if (!some) told.set(reader, [fact]);
      else if (some.at(-1) !== fact) some.push(fact);
    }
  }
}

/** The oldest of all is the oldest at each of its places. */
function forget({ placed, readers }: Inside, fact: Fact): void {
  for (const at of placesOfFact(fact)) {
    const there = placed.get(at);
    there?.shift();
    if (there?.length === 0) placed.delete(at);
    for (const reader of readers.get(at) ?? []) reader.drop(fact);
  }
}

/** The first of these facts, which are in order, that lies after a position. */
export function firstAfter(facts: readonly Fact[], after: bigint): number {
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle]?.position ?? 0n) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
