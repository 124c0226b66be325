import { setTimeout as pause } from 'node:timers/promises';
import { startLoop } from '#kernel/loop.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Touch, Touches } from '#kernel/touch.ts';

/** All that was committed since the look that gave `after`. */
export type Look = (after: string | undefined) => Promise<Touches>;

export type Following = {
  /** Looks at the database, later than now: true when all that was committed until now has been told. Who comes while a look runs shares the next. */
  look(): Promise<boolean>;
  /** True when what was committed since the last look can be told by the next. */
  knows(): boolean;
  /** Milliseconds since all was known. */
  lag(): number;
  stop(): Promise<void>;
};

type Parts = { look: Look; log: Logger; onTouch: (touches: readonly Touch[]) => void; onLost: () => void };

/** Milliseconds between two looks when nobody asks. */
const idleWait = 1_000;

/** Follows what transactions write. Once a look fails, nothing is known any more: it begins anew. */
export function followWrites({ look, log, onTouch, onLost }: Parts): Following {
  const state: { after: string | undefined; known: number; running: Promise<boolean>; next: Promise<boolean> | undefined } = {
    after: undefined,
    known: performance.now(),
    running: Promise.resolve(false),
    next: undefined,
  };
  const one = async (): Promise<boolean> => {
    const begun = performance.now();
    try {
      const { snapshot, touches } = await look(state.after);
      if (touches === 'lost') onLost();
      else if (touches.length > 0) onTouch(touches);
      Object.assign(state, { after: snapshot, known: begun });
      return true;
    } catch (error) {
      state.after = undefined;
      onLost();
      log.warn({ err: error }, 'it is not known what was written: no answer is kept until it is');
      return false;
    }
  };
  const later = async (): Promise<boolean> => {
    await state.running;
    state.next = undefined;
    state.running = one();
    return state.running;
  };
  const shared = (): Promise<boolean> => {
    state.next ??= later();
    return state.next;
  };
  const loop = startLoop({
    name: 'cache',
    log,
    round: async () => {
      await shared();
      return false;
    },
    idle: (signal) => pause(idleWait, undefined, { signal }).catch(() => {}),
  });
  return { look: shared, knows: () => state.after !== undefined, lag: () => performance.now() - state.known, stop: () => loop.stop() };
}
