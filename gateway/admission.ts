import { Refused } from '#kernel/errors.ts';

export type AdmissionLimits = {
  /** Operations that are carried out at once; others wait for their turn. */
  operations: number;
  /** Operations that wait at most, and of one principal. */
  waiting: number;
  waitingPerPrincipal: number;
};

/** Twice the connections to the database: one operation thinks while another one asks. */
export const defaultAdmission: AdmissionLimits = { operations: 60, waiting: 500, waitingPerPrincipal: 100 };

/** Lets operations in, as many as the machine can carry. */
export type Admission = {
  /** Resolves when it is this operation's turn; what is given back is given up with it. Refuses with RATE_LIMITED when too many wait. */
  enter(principal: string, signal?: AbortSignal): Promise<Disposable>;
  /** What is carried out now, and what waits. */
  count(): { running: number; waiting: number };
};

type Waiter = { let(): void; refuse(message: string): void };

const tooMany = 'Too many operations wait for their turn. Send fewer at once, and this one again in a moment.';

/** Whoever asks much waits for themselves: turns go round among principals, and where no more may wait, the longest queue gives way to the others. */
export function createAdmission(limits: AdmissionLimits): Admission {
  const inside: Inside = { limits, queues: new Map(), running: 0, waiting: 0 };
  return {
    enter: async (principal, signal) => (inside.running < limits.operations ? place(inside) : wait(inside, principal, signal)),
    count: () => ({ running: inside.running, waiting: inside.waiting }),
  };
}

/** A principal whose turn has come goes behind the others: a map keeps the order in which its keys were put. */
type Inside = { limits: AdmissionLimits; queues: Map<string, Set<Waiter>>; running: number; waiting: number };

function place(inside: Inside): Disposable {
  inside.running += 1;
  let held = true;
  return {
    [Symbol.dispose]: () => {
      if (held) leave(inside);
      held = false;
    },
  };
}

function leave(inside: Inside): void {
  inside.running -= 1;
  const [first] = inside.queues;
  if (first === undefined) return;
  const [principal, queue] = first;
  const [waiter] = queue;
  inside.queues.delete(principal);
  if (queue.size > 1) inside.queues.set(principal, queue);
  waiter?.let();
}

function wait(inside: Inside, principal: string, signal: AbortSignal | undefined): Promise<Disposable> {
  const { limits, queues } = inside;
  const queue = queues.get(principal) ?? new Set<Waiter>();
  if (queue.size >= limits.waitingPerPrincipal || (inside.waiting >= limits.waiting && !makesRoom(inside, queue.size)))
    throw new Refused('RATE_LIMITED', tooMany);
  queues.set(principal, queue);
  return new Promise((resolve, reject) => {
    const out = () => {
      inside.waiting -= 1;
      queue.delete(waiter);
      signal?.removeEventListener('abort', gone);
      if (queue.size === 0 && queues.get(principal) === queue) queues.delete(principal);
    };
    const waiter: Waiter = {
      let: () => {
        out();
        resolve(place(inside));
      },
      refuse: (message) => {
        out();
        reject(new Refused('RATE_LIMITED', message));
      },
    };
    const gone = () => waiter.refuse('The client went away before its turn.');
    queue.add(waiter);
    inside.waiting += 1;
    signal?.addEventListener('abort', gone, { once: true });
    if (signal?.aborted) gone();
  });
}

/** The last of the longest queue goes for somebody who waits for less. */
function makesRoom({ queues }: Inside, own: number): boolean {
  const longest = [...queues.values()].reduce((a, b) => (b.size > a.size ? b : a), new Set<Waiter>());
  if (longest.size <= own + 1) return false;
  [...longest].at(-1)?.refuse(tooMany);
  return true;
}
