import { expect, test } from 'vitest';
import { arrived, notArrived, undelivered } from '#finance/document/delivery.ts';

const now = new Date('2026-03-02T09:00:00Z');

test('what arrived keeps its day and its reference, and no failure of before', () => {
  const { kept, said } = arrived({ channel: 'NETWORK', reference: ' AS4 1 ' }, now);
  expect(kept).toEqual({ channel: 'NETWORK', reference: 'AS4 1', failure: null, deliveredAt: now });
  expect(said).toEqual({ channel: 'NETWORK', reference: 'AS4 1' });
  expect(arrived({ channel: 'POST' }, now).said).toEqual({ channel: 'POST', reference: null });
});

test('what did not keeps why, and no day of before; why is needed', () => {
  const { kept, said } = notArrived({ channel: 'EMAIL', reason: 'No such box' });
  expect(kept).toEqual({ channel: 'EMAIL', reference: null, failure: 'No such box', deliveredAt: null });
  expect(said).toEqual({ channel: 'EMAIL', reason: 'No such box' });
  expect(() => notArrived({ channel: 'EMAIL', reason: ' ' })).toThrow(/reason/);
});

test('each says all that the rows of deliveries hold', () => {
  for (const { kept } of [arrived({ channel: 'POST' }, now), notArrived({ channel: 'POST', reason: 'Lost' })])
    expect(Object.keys(kept).sort()).toEqual(Object.keys(undelivered).sort());
});
