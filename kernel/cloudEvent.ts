import { type Fact, soleKey } from './facts.ts';

/** The attributes that CloudEvents 1.0 has itself, of an event whose data is JSON. */
export type CloudEventEnvelope = {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
};

/** A fact in CloudEvents 1.0, JSON format: what leaves for systems that speak no GraphQL. Attributes of our own are extensions. */
export type CloudEvent = CloudEventEnvelope & {
  /** The payload as docs/facts.md has it; absent where it was too large to be sent. */
  data?: Record<string, unknown>;
  traceparent?: string;
  /** A decimal text: positions outgrow the 32 bits that CloudEvents gives a number. */
  position: string;
  dataversion: number;
  subjectversion: number;
  actorid: string;
  actorkind: string;
  correlationid: string;
  causationid?: string;
  customerid?: string;
};

export const cloudEventType = 'application/cloudevents+json; charset=UTF-8';

/** What is the same of a fact by whichever way it leaves. */
export function envelopeOf(fact: Fact): CloudEventEnvelope {
  return {
    specversion: '1.0',
    id: fact.id,
    source: `/accord/${fact.subgraph}`,
    type: `accord.${fact.subgraph}.${fact.type}`,
    subject: `${fact.subjectType}/${fact.subjectId}`,
    time: fact.occurredAt.toISOString(),
    datacontenttype: 'application/json',
  };
}

/** The fact as a cloud event, whole: it is the caller's to ask who may see it. */
export function cloudEventOf(fact: Fact): CloudEvent {
  const customer = soleKey(fact.keys, 'customerId');
  return {
    ...envelopeOf(fact),
    data: fact.payload,
    ...(fact.traceparent === null ? {} : { traceparent: fact.traceparent }),
    position: fact.position.toString(),
    dataversion: fact.version,
    subjectversion: fact.subjectVersion,
    actorid: fact.actorId,
    actorkind: fact.actorKind,
    correlationid: fact.correlationId,
    ...(fact.causationId === null ? {} : { causationid: fact.causationId }),
    ...(customer === null ? {} : { customerid: customer }),
  };
}
