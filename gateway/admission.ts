import { Refused } from '#kernel/errors.ts';
import type { Workload } from '#kernel/workload.ts';
import { createRoom } from './room.ts';
import { createTurns, type Turns, type Waiter } from './turns.ts';

export type AdmissionLimits = {
  /** Operations that are carried out at once; others wait for their turn. */
  operations: number;
  /** Of analytical and of bulk work: so many of each, beside those. */
  aside: number;
  /** Operations that wait at most, and of one principal. */
  waiting: number;
  waitingPerPrincipal: number;
  /** Milliseconds that one waits at most; and once somebody has waited for as long as that at any time. */
  patience: number;
  standing: number;
};

/** Twice the connections to the database: one operation thinks while another one asks. */
export const defaultAdmission: AdmissionLimits = { operations: 60, aside: 10, waiting: 500, waitingPerPrincipal: 100, patience: 15_000, standing: 3_000 };

/** Lets operations in, as many as the machine can carry. */
export type Admission = {
  /** Refuses with RATE_LIMITED who would be refused: before more is read of what they ask. */
  demand(principal: string): void;
  /** Resolves when it is this operation's turn; what is given back is given up with it. Refuses with RATE_LIMITED when too many wait, or for too long. */
  enter(principal: string, signal?: AbortSignal): Promise<Disposable>;
  /** What is carried out now, and what waits. */
  count(): { running: number; waiting: number };
};

/** An operation's place, which becomes one of its kind of work when that is known: waits for it in turn, and keeps no other one from its place meanwhile. */
export type Place = Disposable & { become(workload: Workload): Promise<void> };

export type Counts = Readonly<Record<Workload, ReturnType<Admission['count']>>>;

/** One admission for each kind of work: what is long is waited for by its like alone. */
export type Admissions = { demand: Admission['demand']; enter(principal: string, signal?: AbortSignal): Promise<Place>; count(): Counts };

export function createAdmissions(limits: AdmissionLimits): Admissions {
  const aside = { ...limits, operations: limits.aside };
  const kinds = { interactive: createAdmission(limits), analytical: createAdmission(aside), bulk: createAdmission(aside) };
  return {
    demand: kinds.interactive.demand,
    // All are looked at as if somebody waited for them: that is short.
    enter: async (principal, signal) => {
      let held = await kinds.interactive.enter(principal, signal);
      return {
        become: async (workload) => {
          if (workload === 'interactive') return;
          held[Symbol.dispose]();
          held = await kinds[workload].enter(principal, signal);
        },
        [Symbol.dispose]: () => held[Symbol.dispose](),
      };
    },
    count: () => ({ interactive: kinds.interactive.count(), analytical: kinds.analytical.count(), bulk: kinds.bulk.count() }),
  };
}

/** How an admission knows the time, and how many may run now. */
type Means = { now: () => number; room: () => number };

const tooMany = 'Too many operations wait for their turn. Send fewer at once, and this one again in a moment.';
const tooLong = 'More is asked for than can be carried out now. Send this one again in a moment.';

/** Whoever asks much waits for themselves; where no more may wait, the longest queue gives way to the others; and nobody waits for what cannot be begun soon. */
export function createAdmission(limits: AdmissionLimits, means: Partial<Means> = {}): Admission {
  const { now = () => performance.now(), room = createRoom(limits.operations) } = means;
  const inside: Inside = { limits, now, room, turns: createTurns(), running: new Map(), total: 0, pace: createPace(), since: 0, timer: undefined };
  return {
    demand: (principal) => {
      if (inside.total >= inside.room()) demandWait(inside, principal);
    },
    enter: async (principal, signal) => {
      if (inside.total < inside.room() && inside.turns.size() === 0) return place(inside, principal);
      demandWait(inside, principal);
      return wait(inside, principal, signal);
    },
    count: () => ({ running: inside.total, waiting: inside.turns.size() }),
  };
}

type Inside = Means & {
  limits: AdmissionLimits;
  turns: Turns;
  /** By principal. */
  running: Map<string, number>;
  total: number;
  pace: Pace;
  /** Since when somebody waits. */
  since: number;
  timer: NodeJS.Timeout | undefined;
};

function place(inside: Inside, principal: string): Disposable {
  inside.total += 1;
  inside.running.set(principal, (inside.running.get(principal) ?? 0) + 1);
  let held = true;
  return {
    [Symbol.dispose]: () => {
      if (held) leave(inside, principal);
      held = false;
    },
  };
}

function leave(inside: Inside, principal: string): void {
  inside.total -= 1;
  const left = (inside.running.get(principal) ?? 0) - 1;
  if (left > 0) inside.running.set(principal, left);
  else inside.running.delete(principal);
  inside.pace.tick(inside.now());
  letIn(inside);
}

/** Lets in whose turn it is, after those have gone who waited too long for it. */
function letIn(inside: Inside): void {
  const { turns, now } = inside;
  const latest = now() - patienceOf(inside);
  for (let oldest = turns.oldest(); oldest && oldest.since < latest; oldest = turns.oldest()) oldest.refuse(tooLong);
  while (turns.size() > 0 && inside.total < inside.room()) turns.next()?.let();
  if (turns.size() > 0) return;
  clearInterval(inside.timer);
  inside.timer = undefined;
  inside.pace.rest();
}

/** A queue that does not become empty is no burst: then waiting long helps nobody (CoDel, RFC 8289). */
function patienceOf({ limits, now, since, timer }: Inside): number {
  return timer && now() - since > limits.patience ? limits.standing : limits.patience;
}

/** Refuses who may not wait, or would wait too long. */
function demandWait(inside: Inside, principal: string): void {
  const { limits, turns } = inside;
  const own = turns.of(principal);
  const ahead = turns.ahead(principal, !inside.running.has(principal));
  const interval = inside.pace.interval();
  const isFull = turns.size() >= limits.waiting && turns.longest().size <= own + 1;
  if (own >= limits.waitingPerPrincipal || isFull) throw refused(tooMany, (ahead + 1) * interval);
  if (ahead * interval > patienceOf(inside)) throw refused(tooLong, (ahead + 1) * interval);
}

function refused(message: string, expected: number): Refused {
  return new Refused('RATE_LIMITED', message, { retryAfterMs: Math.ceil(Math.max(expected, 1_000)) });
}

/** Milliseconds between two looks whether somebody waits too long, while nobody leaves. */
const beat = 100;

function wait(inside: Inside, principal: string, signal: AbortSignal | undefined): Promise<Disposable> {
  const { turns, limits, running, now } = inside;
  // The last of the longest queue goes for somebody who waits for less.
  if (turns.size() >= limits.waiting) [...turns.longest()].at(-1)?.refuse(tooMany);
  if (!inside.timer) {
    inside.since = now();
    inside.pace.tick(inside.since);
    inside.timer = setInterval(() => letIn(inside), beat).unref();
  }
  return new Promise((resolve, reject) => {
    const out = () => {
      turns.remove(waiter);
      signal?.removeEventListener('abort', gone);
    };
    const waiter: Waiter = {
      principal,
      since: now(),
      let: () => {
        out();
        resolve(place(inside, principal));
      },
      refuse: (message) => {
        out();
        reject(refused(message, 0));
      },
    };
    const gone = () => waiter.refuse('The client went away before its turn.');
    turns.add(waiter, !running.has(principal));
    signal?.addEventListener('abort', gone, { once: true });
    if (signal?.aborted) gone();
  });
}

/** How fast places become free while somebody waits for them. */
type Pace = { tick(now: number): void; rest(): void; interval(): number };

function createPace(): Pace {
  let last: number | undefined;
  let interval = 0;
  return {
    tick: (now) => {
      if (last !== undefined) interval += (now - last - interval) / (interval === 0 ? 1 : 16);
      last = now;
    },
    rest: () => {
      last = undefined;
    },
    interval: () => interval,
  };
}
