import { describe, expect, test } from 'vitest';
import { createWireIds } from '#gateway/subscriptions/wireIds.ts';

const subscribe = (id: unknown) => JSON.stringify({ id, type: 'subscribe', payload: { query: '{ a }' } });
const complete = (id: string) => JSON.stringify({ id, type: 'complete' });
const next = (id: string) => `{"id":${JSON.stringify(id)},"type":"next","payload":{"data":{"id":"x"}}}`;

/** The id behind the wire of what was handed on. */
function idOf(heard: ReturnType<ReturnType<typeof createWireIds>['incoming']>): string {
  if (!heard || !('text' in heard)) throw new Error('it was not handed on');
  return JSON.parse(heard.text).id;
}

describe('the ids of one connection', () => {
  test.each(['1', 'a', '__proto__', 'é"\\\n', 'x'.repeat(5_000)])('come back as they were: %s', (wire) => {
    const ids = createWireIds();
    const own = idOf(ids.incoming(subscribe(wire)));
    expect(JSON.parse(ids.outgoing(next(own)) ?? '')).toEqual({ id: wire, type: 'next', payload: { data: { id: 'x' } } });
    expect(ids.wireOf(own)).toBe(wire);
    expect(JSON.parse(ids.outgoing(`{"id":"${own}","type":"complete"}`) ?? '')).toEqual({ id: wire, type: 'complete' });
    expect(ids.outgoing(next(own))).toBeUndefined();
  });

  test('may be used again after a completion, and nothing of the old operation comes under the new one', () => {
    const ids = createWireIds();
    const first = idOf(ids.incoming(subscribe('a')));
    expect(idOf(ids.incoming(complete('a')))).toBe(first);
    const second = idOf(ids.incoming(subscribe('a')));
    expect(second).not.toBe(first);
    expect([ids.outgoing(next(first)), ids.outgoing(`{"id":"${first}","type":"complete"}`)]).toEqual([undefined, undefined]);
    expect(ids.outgoing(next(second))).toContain('"id":"a"');
    expect(idOf(ids.incoming(complete('a')))).toBe(second);
  });

  test('are refused while in use, and a completion of none is nothing', () => {
    const ids = createWireIds();
    expect(ids.incoming(complete('a'))).toBeUndefined();
    ids.incoming(subscribe('a'));
    expect(ids.incoming(subscribe('a'))).toEqual({ close: { code: 4409, reason: 'Subscriber for a already exists' } });
  });

  test('leave everything else to the protocol', () => {
    const ids = createWireIds();
    for (const text of ['', '{', 'null', '[]', '7', '{"type":"ping"}', '{"type":"connection_init"}', subscribe(7), subscribe(undefined)])
      expect(ids.incoming(text)).toEqual({ text });
    expect(ids.outgoing('{"type":"pong"}')).toBe('{"type":"pong"}');
  });
});
