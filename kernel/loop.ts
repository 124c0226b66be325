import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from './telemetry.ts';

export type Loop = { stop(): Promise<void>; healthy(): boolean };

type LoopParts = {
  name: string;
  log: Logger;
  /** One round; true when there was work, so that the next round follows at once. */
  round: () => Promise<boolean>;
  /** Waits until there may be work again. */
  idle: (signal: AbortSignal) => Promise<void>;
};

/** Runs rounds until it is stopped. A failed round is logged, waited out (0.1 s to 5 s, with jitter) and tried again. */
export function startLoop(parts: LoopParts): Loop {
  const control = new AbortController();
  let failures = 0;
  const running = (async () => {
    while (!control.signal.aborted) {
      try {
        const busy = await parts.round();
        failures = 0;
        if (!busy) await parts.idle(control.signal);
      } catch (error) {
        failures += 1;
        if (control.signal.aborted) return;
        parts.log.error({ err: error, loop: parts.name, failures }, 'a round failed; trying again');
        const wait = Math.min(5_000, 100 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
        await pause(wait, undefined, { signal: control.signal }).catch(() => {});
      }
    }
  })();
  return {
    healthy: () => failures < 3,
    stop: async () => {
      control.abort();
      await running;
    },
  };
}
