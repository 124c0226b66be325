import { afterEach, describe, expect, test } from 'vitest';
import { type Following, followWrites } from '#gateway/cache/follow.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { Touches } from '#kernel/touch.ts';

type Asked = { after: string | undefined; answer(touches: Touches): void; fail(): void };

let following: Following | undefined;
afterEach(() => following?.stop());

/** A database that answers when it is told to. */
function follow() {
  const asked: Asked[] = [];
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  following = followWrites({
    look: (after) =>
      new Promise((resolve, reject) => {
        asked.push({ after, answer: resolve, fail: () => reject(new Error('gone')) });
        for (const wake of waiting) wake();
      }),
    log: createLogger({ level: 'silent' }),
    onTouch: (touches) => void heard.push(...touches.map(({ relation }) => relation)),
    onLost: () => void heard.push('lost'),
  });
  /** The look of that number, once it was begun. */
  const at = async (index: number): Promise<Asked> => {
    for (;;) {
      const found = asked[index];
      if (found) return found;
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  };
  return { following, asked, heard, at };
}

describe('following what is written', () => {
  test('begins with nothing known, and goes on from each look', async () => {
    const { following, heard, at } = follow();
    expect(following.knows()).toBe(false);
    (await at(0)).answer({ snapshot: '1', touches: 'lost' });
    const next = following.look();
    expect((await at(1)).after).toBe('1');
    (await at(1)).answer({ snapshot: '2', touches: [{ relation: 'time.entry', customers: undefined }] });
    expect([await next, following.knows(), heard]).toEqual([true, true, ['lost', 'time.entry']]);
  });

  test('shares the next look among all who come while one runs: none is given one that began before', async () => {
    const { following, asked, at } = follow();
    const first = await at(0);
    const three = [following.look(), following.look(), following.look()];
    first.answer({ snapshot: '1', touches: 'lost' });
    (await at(1)).answer({ snapshot: '2', touches: [] });
    expect(await Promise.all(three)).toEqual([true, true, true]);
    expect(asked).toHaveLength(2);
  });

  test('knows nothing once a look fails', async () => {
    const { following, heard, at } = follow();
    (await at(0)).answer({ snapshot: '1', touches: 'lost' });
    const next = following.look();
    (await at(1)).fail();
    expect([await next, following.knows(), heard]).toEqual([false, false, ['lost', 'lost']]);
    const again = following.look();
    expect((await at(2)).after).toBeUndefined();
    (await at(2)).answer({ snapshot: '5', touches: 'lost' });
    expect(await again).toBe(true);
  });
});
