/** Somebody who waits for a turn. */
export type Waiter = { principal: string; since: number; let(): void; refuse(message: string): void };

/** Who waits, by principal, and whose turn is next. */
export type Turns = {
  add(waiter: Waiter, isNew: boolean): void;
  remove(waiter: Waiter): void;
  /** Takes out whose turn it is. */
  next(): Waiter | undefined;
  of(principal: string): number;
  /** How many turns come before one more of the principal. */
  ahead(principal: string, isNew: boolean): number;
  longest(): ReadonlySet<Waiter>;
  oldest(): Waiter | undefined;
  size(): number;
};

/** Turns of those who asked for nothing else, before one goes to somebody who did. */
const newInRow = 4;

type Queues = Map<string, Set<Waiter>>;

/**
 * Turns go round among principals. Who comes with nothing under way goes before all who wait for more already, as sparse flows do in fair queuing
 * (RFC 8290): one who asks calmly feels little of those who do not, and they are still served in between.
 */
export function createTurns(): Turns {
  // A map keeps the order in which its keys were put: whose turn has come goes behind the others.
  const queues: { new: Queues; old: Queues } = { new: new Map(), old: new Map() };
  const all = new Set<Waiter>();
  let inRow = 0;
  const of = (principal: string) => queues.new.get(principal) ?? queues.old.get(principal);
  const remove = (waiter: Waiter) => {
    const queue = of(waiter.principal);
    all.delete(waiter);
    queue?.delete(waiter);
    if (queue?.size === 0) for (const each of [queues.new, queues.old]) each.delete(waiter.principal);
  };
  return {
    of: (principal) => of(principal)?.size ?? 0,
    size: () => all.size,
    add: (waiter, isNew) => {
      const queue = of(waiter.principal) ?? new Set();
      if (queue.size === 0) (isNew ? queues.new : queues.old).set(waiter.principal, queue);
      queue.add(waiter);
      all.add(waiter);
    },
    remove,
    next: () => {
      const isNew = queues.new.size > 0 && (inRow < newInRow || queues.old.size === 0);
      inRow = isNew ? inRow + 1 : 0;
      const [first] = isNew ? queues.new : queues.old;
      const [waiter] = first?.[1] ?? [];
      if (!first || !waiter) return undefined;
      remove(waiter);
      queues.new.delete(first[0]);
      queues.old.delete(first[0]);
      if (first[1].size > 0) queues.old.set(...first);
      return waiter;
    },
    ahead: (principal, isNew) => {
      const own = of(principal)?.size ?? 0;
      return isNew && own === 0 ? queues.new.size : Math.min(all.size, (own + 1) * (queues.new.size + queues.old.size));
    },
    longest: () => [...queues.new.values(), ...queues.old.values()].reduce((a, b) => (b.size > a.size ? b : a), new Set<Waiter>()),
    oldest: () => all.values().next().value,
  };
}
