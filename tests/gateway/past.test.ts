import { describe, expect, test } from 'vitest';
import { type Batch, createPast } from '#gateway/subscriptions/past.ts';
import { Refused } from '#kernel/errors.ts';
import { factAt, positionsOf } from '../support/eventFacts.ts';

/** A log with a fact at each position, of which at most so many are read at once; it counts its reads. */
function logOf(length: number, { most = 500, oldest = 1 } = {}) {
  const reads: bigint[] = [];
  const log = { length };
  const read = async (after: bigint): Promise<Batch> => {
    reads.push(after);
    if (Number(after) + 1 < oldest) throw new Refused('CURSOR_EXPIRED', 'Gone.');
    const to = Math.min(Number(after) + most, log.length);
    return { facts: Array.from({ length: to - Number(after) }, (_, n) => factAt(Number(after) + 1 + n)), to: BigInt(to) };
  };
  return { read, reads, log };
}
const spanOf = ({ facts, to }: Batch) => [positionsOf(facts)[0], positionsOf(facts).at(-1), Number(to)];

describe('reading the log back', () => {
  test('is done once for a thousand members who come back to places nearby, at once or later', async () => {
    const [past, group, { read, reads }] = [createPast(), {}, logOf(2_000)];
    const places = Array.from({ length: 1_000 }, (_, n) => BigInt(600 + (n % 100)));
    const batches = await Promise.all(places.map((place) => past.after(group, place, read)));
    expect(reads).toEqual([512n]);
    expect(batches.map(spanOf)).toEqual(places.map((place) => [Number(place) + 1, 1_012, 1_012]));
    await past.after(group, 650n, read);
    expect(reads).toEqual([512n]);
  });

  test('is not shared between groups', async () => {
    const [past, { read, reads }] = [createPast(), logOf(2_000)];
    await Promise.all([past.after({}, 600n, read), past.after({}, 600n, read)]);
    expect(reads).toEqual([512n, 512n]);
  });

  test('reads on where what was read before ends', async () => {
    const [past, group, { read, reads, log }] = [createPast(), {}, logOf(520)];
    expect(spanOf(await past.after(group, 515n, read))).toEqual([516, 520, 520]);
    log.length = 700;
    expect(spanOf(await past.after(group, 520n, read))).toEqual([521, 700, 700]);
    expect(reads).toEqual([512n, 520n]);
  });

  test('does not keep that there was nothing', async () => {
    const [past, group, { read, log }] = [createPast(), {}, logOf(512)];
    expect(await past.after(group, 512n, read)).toEqual({ facts: [], to: 512n });
    log.length = 513;
    expect(spanOf(await past.after(group, 512n, read))).toEqual([513, 513, 513]);
  });

  test('begins at the place itself where what precedes it is forgotten', async () => {
    const [past, group, { read }] = [createPast(), {}, logOf(2_000, { oldest: 601 })];
    expect(spanOf(await past.after(group, 600n, read))).toEqual([601, 1_100, 1_100]);
    await expect(past.after(group, 599n, read)).rejects.toThrow('Gone.');
  });

  test('is tried again after it has failed', async () => {
    const [past, group, { read }] = [createPast(), {}, logOf(2_000)];
    await expect(past.after(group, 600n, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(spanOf(await past.after(group, 600n, read))).toEqual([601, 1_012, 1_012]);
  });
});
