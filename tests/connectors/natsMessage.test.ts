import { expect, test } from 'vitest';
import { messageOf, subjectOf } from '#connectors/nats/message.ts';
import { cloudEventOf } from '#kernel/cloudEvent.ts';
import type { Fact } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';

const [customer, other, invoice] = [newId(), newId(), newId()];
const posted: Fact = {
  position: 48_211n,
  id: newId(),
  type: 'CustomerUpdated',
  version: 1,
  subgraph: 'engagements',
  subjectType: 'Customer',
  subjectId: invoice,
  subjectVersion: 4,
  slot: 3,
  keys: { customerId: [customer] },
  payload: { customerId: customer, name: 'Müller & Söhne', status: 'ACTIVE' },
  occurredAt: new Date('2026-03-02T09:00:00.123Z'),
  actorId: 'crm',
  actorKind: 'INTEGRATION',
  correlationId: 'sync-1',
  causationId: null,
  traceparent: null,
};
const placing = { stream: 'ACCORD', after: 48_000n, most: 1024 * 1024 };

test('a cloud event has what the specification demands, and attributes by its rules', () => {
  const caused = { ...posted, causationId: newId(), traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
  const event = cloudEventOf(caused);
  expect(event).toEqual({
    specversion: '1.0',
    id: posted.id,
    source: '/accord/engagements',
    type: 'accord.engagements.CustomerUpdated',
    subject: `Customer/${invoice}`,
    time: '2026-03-02T09:00:00.123Z',
    datacontenttype: 'application/json',
    data: posted.payload,
    traceparent: caused.traceparent,
    position: '48211',
    dataversion: 1,
    subjectversion: 4,
    actorid: 'crm',
    actorkind: 'INTEGRATION',
    correlationid: 'sync-1',
    causationid: caused.causationId,
    customerid: customer,
  });
  for (const [name, value] of Object.entries(event)) {
    expect(name).toMatch(/^[a-z0-9]{1,20}$/);
    if (name !== 'data') expect(['string', 'number']).toContain(typeof value);
  }
});

test('an attribute that has no value is left out', () => {
  const names = Object.keys(cloudEventOf({ ...posted, keys: {} }));
  expect(names.filter((name) => ['causationid', 'traceparent', 'customerid'].includes(name))).toEqual([]);
  expect(cloudEventOf({ ...posted, keys: { customerId: [customer, other] } })).not.toHaveProperty('customerid');
});

test('the subject ends in the customer, and never in one of several', () => {
  const of = (keys: Fact['keys']) =>
    subjectOf({ ...posted, keys })
      .split('.')
      .at(-1);
  expect([of({ customerId: [customer] }), of({}), of({ customerId: [] }), of({ customerId: [customer, other] })]).toEqual([
    customer,
    'firm',
    'firm',
    'several',
  ]);
  expect(subjectOf(posted)).toBe(`accord.engagements.CustomerUpdated.${customer}`);
});

test('a message carries id, place, cursor, type and trace in its headers, and the event as its body', () => {
  const { subject, headers, body } = messageOf(posted, placing);
  expect(subject).toBe(subjectOf(posted));
  expect(Object.fromEntries([...headers].map(([name, [value]]) => [name, value]))).toEqual({
    'Nats-Msg-Id': posted.id,
    'Nats-Expected-Stream': 'ACCORD',
    'Nats-Expected-Last-Sequence': '48000',
    'Content-Type': 'application/cloudevents+json; charset=UTF-8',
    'Accord-Position': '48211',
    'Accord-Cursor': Buffer.from('log:48211').toString('base64url'),
    'Accord-Type': 'CustomerUpdated',
    'Accord-Version': '1',
    'Accord-Correlation-Id': 'sync-1',
  });
  expect(JSON.parse(body)).toEqual(cloudEventOf(posted));
});

test('an event that is larger than the server takes goes without its data, and says so: positions count on', () => {
  const large = { ...posted, payload: { ...posted.payload, name: 'ü'.repeat(600_000) } };
  const { headers, body } = messageOf(large, placing);
  expect(headers.get('Accord-Data')).toBe('omitted');
  expect(JSON.parse(body)).toEqual({ ...cloudEventOf(large), data: undefined });
  expect(messageOf(large, { ...placing, most: 4 * 1024 * 1024 }).headers.get('Accord-Data')).toBe('');
});
