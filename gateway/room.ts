import { performance } from 'node:perf_hooks';

/** Milliseconds between two looks at how busy the process is. */
export const lookEvery = 50;
/** The share of time from which on a process has none to spare. */
const full = 0.95;
/** Operations that are carried out at once however busy the process is: enough that the database is asked while others think. */
export const least = 12;

type Looks = { now?: () => number; busy?: () => number };

/**
 * How many operations are carried out at once: as many as may be while the process has time to spare, fewer while it has none. What is begun then makes
 * nothing sooner, and all the others later.
 */
export function createRoom(most: number, { now = () => performance.now(), busy = loopBusy() }: Looks = {}): () => number {
  let [room, looked] = [most, now()];
  return () => {
    const at = now();
    if (at - looked >= lookEvery) {
      looked = at;
      room = busy() > full ? Math.max(Math.min(least, most), Math.floor(room / 2)) : Math.min(most, room + 4);
    }
    return room;
  };
}

/** The share of time in which the event loop had something to do, since it was last asked for. */
function loopBusy(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
