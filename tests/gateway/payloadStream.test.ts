import { describe, expect, test } from 'vitest';
import { isStream, streamOrReply } from '#gateway/incremental/payloadStream.ts';

const noReply = () => Promise.resolve(undefined);
const never = () => expect.unreachable();

describe('what an operation answers with', () => {
  test('is its reply where it tells nothing before', async () => {
    expect(await streamOrReply(async () => ({ text: 'whole' }), never)).toEqual({ text: 'whole' });
  });

  test('is a stream of all that it tells, however late somebody reads', async () => {
    const answer = await streamOrReply(async (tell) => {
      tell({ a: 1 });
      await noReply();
      tell({ a: 2 });
      return undefined;
    }, never);
    expect(isStream(answer) && (await Array.fromAsync(answer))).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('is why it failed, before its first payload or behind it', async () => {
    await expect(streamOrReply(() => Promise.reject(new Error('early')), never)).rejects.toThrow('early');
    const answer = await streamOrReply(async (tell) => {
      tell({ a: 1 });
      throw new Error('late');
    }, never);
    if (!isStream(answer)) return expect.unreachable();
    expect(await answer.next()).toEqual({ value: { a: 1 }, done: false });
    await expect(answer.next()).rejects.toThrow('late');
  });

  test('ends at once for who leaves, also while the next payload is waited for, and is given up', async () => {
    const gone = Promise.withResolvers<undefined>();
    let tellLater = (_: object) => {};
    const answer = await streamOrReply(
      (tell) => {
        tellLater = tell;
        tell({ a: 1 });
        return gone.promise;
      },
      () => gone.resolve(undefined),
    );
    if (!isStream(answer)) return expect.unreachable();
    await answer.next();
    const waiting = answer.next();
    await answer.return(undefined);
    tellLater({ a: 2 });
    expect([await waiting, await answer.next(), await gone.promise]).toEqual([{ value: undefined, done: true }, { value: undefined, done: true }, undefined]);
  });
});
