import { readFile } from 'node:fs/promises';
import { Kind, parse, type TypeNode } from 'graphql';
import { type CloudEventEnvelope, envelopeOf } from '#kernel/cloudEvent.ts';
import { type EventRules, eventFor, newest } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import type { Seal } from '#kernel/logCursor.ts';
import { eventRules } from '../event/rules.ts';
import type { WebhookContract, WebhookEndpointRow } from '../tables.ts';
import { actorOf } from './scope.ts';

/** The fields of each type, with the types that they lead to: what somebody may be shown. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>;
export type Contracts = ReadonlyMap<WebhookContract | null, Shown>;

const files: readonly (readonly [WebhookContract | null, string])[] = [
  [null, 'operations.events.graphql'],
  ['PORTAL', 'contracts/portal.graphql'],
  ['PARTNER', 'contracts/partner.graphql'],
  ['PSA', 'contracts/psa.graphql'],
  ['ANALYTICS', 'contracts/analytics.graphql'],
];

/** What each contract shows, as it is published. */
export async function readContracts(folder: URL): Promise<Contracts> {
  const read = files.map(async ([name, file]) => [name, shownBy(await readFile(new URL(file, folder), 'utf8'))] as const);
  return new Map(await Promise.all(read));
}

function shownBy(sdl: string): Shown {
  const types = parse(sdl, { noLocation: true }).definitions.flatMap((each) => (each.kind === Kind.OBJECT_TYPE_DEFINITION ? [each] : []));
  return new Map(types.map(({ name, fields = [] }) => [name.value, new Map(fields.map((field) => [field.name.value, innermost(field.type)]))]));
}

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);
}

/** Of a value, what the type shows. Of types that the contract does not spell out, all of it. */
function pick(shown: Shown, type: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => pick(shown, type, each));
  const fields = shown.get(type);
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).filter(([name]) => name !== '__typename');
  if (!fields) return Object.fromEntries(own);
  return Object.fromEntries(own.flatMap(([name, each]) => (fields.has(name) ? [[name, pick(shown, fields.get(name) ?? '', each)]] : [])));
}

/** A message as CloudEvents 1.0 has it, in its JSON format. */
export type CloudEvent = CloudEventEnvelope & { data: unknown };

export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

type Telling = { contracts: Contracts; seal: Seal };

/** The fact as a subscriber with the endpoint's scope reads it, entities by their ids. */
export function eventMessage(endpoint: WebhookEndpointRow, fact: Fact, { contracts, seal }: Telling): CloudEvent {
  const shown = contracts.get(endpoint.contract);
  if (!shown?.has(fact.type)) throw new Error(`the contract of the endpoint does not show ${fact.type}`);
  const rules: EventRules = eventRules;
  const event = eventFor({ actor: actorOf(endpoint), rules, seal }, newest(rules, fact));
  return { ...envelopeOf(fact), data: pick(shown, fact.type, event) };
}

/** A message that tells of nothing. */
export function pingMessage({ id }: { id: string }, delivery: { id: string; at: Date }): CloudEvent {
  return {
    specversion: '1.0',
    datacontenttype: 'application/json',
    id: delivery.id,
    source: '/accord/operations',
    type: 'accord.operations.WebhookPing',
    subject: `WebhookEndpoint/${id}`,
    time: delivery.at.toISOString(),
    data: { endpointId: id },
  };
}
