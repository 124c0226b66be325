import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { facts as engagements } from '#engagements/published.ts';
import { facts as finance } from '#finance/published.ts';
import { cloudEventOf, cloudEventType } from '#kernel/cloudEvent.ts';
import { newest } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as resources } from '#resources/published.ts';
import { facts as time } from '#time/published.ts';

const catalogue = { ...engagements, ...resources, ...time, ...finance, ...operations };

/** All that the stream takes. */
export const subjects = 'accord.>';

export const positionHeader = 'Accord-Position';
export const factHeader = 'Nats-Msg-Id';

/** A fact as it is published, at a place of the stream: the server refuses it anywhere else. */
export type Message = { subject: string; headers: MsgHdrs; body: string };

/** Bytes that subject and headers may take of what the server lets a message have. */
const headRoom = 2_048;

type Placing = { stream: string; after: bigint; most: number };

export function messageOf(stated: Fact, { stream, after, most }: Placing): Message {
  const fact = newest(catalogue, stated);
  const { data, ...event } = cloudEventOf(fact);
  const whole = JSON.stringify({ ...event, data });
  // Rather without its data than not at all: everybody counts positions, and the log has the rest.
  const fits = Buffer.byteLength(whole) <= most - headRoom;
  const given = headers();
  const lines = {
    [factHeader]: fact.id,
    'Nats-Expected-Stream': stream,
    'Nats-Expected-Last-Sequence': after.toString(),
    'Content-Type': cloudEventType,
    [positionHeader]: fact.position.toString(),
    'Accord-Cursor': writeLogCursor(fact.position),
    'Accord-Type': fact.type,
    'Accord-Version': String(fact.version),
    'Accord-Correlation-Id': fact.correlationId,
    ...(fact.traceparent === null ? {} : { traceparent: fact.traceparent }),
    ...(fits ? {} : { 'Accord-Data': 'omitted' }),
  };
  for (const [name, value] of Object.entries(lines)) given.set(name, value);
  return { subject: subjectOf(fact), headers: given, body: fits ? whole : JSON.stringify(event) };
}

/** Its customer last: `firm` where it concerns none, `several` where more than one. Whoever may read one customer's subject reads nothing of another. */
export function subjectOf({ subgraph, type, keys }: Pick<Fact, 'subgraph' | 'type' | 'keys'>): string {
  const [customer = 'firm', ...others] = keys.customerId ?? [];
  return `accord.${subgraph}.${type}.${others.length > 0 ? 'several' : customer}`;
}
