import { type Actor, may, seesCustomer } from './actor.ts';
import { Refused } from './errors.ts';
import type { Fact, FactKeys } from './facts.ts';

/** Who may see the events of one type: holders of `read`; `portal`: clients and partners too, of their own customers, unless it `hides`. */
export type EventRule = { read: string; portal: boolean; hides?: (payload: Readonly<Record<string, unknown>>) => boolean };
export type EventRules = Readonly<Record<string, EventRule>>;

/** A place in the log, opaque to clients. */
export function writeLogCursor(position: bigint): string {
  return Buffer.from(`log:${position}`).toString('base64url');
}

/** The position behind a cursor of the log; refuses everything else. */
export function readLogCursor(cursor: string): bigint {
  const match = /^log:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw new Refused('VALIDATION_FAILED', 'That is no cursor of the log. Take one from an event.', { field: 'after' });
  return BigInt(match[1] ?? 0);
}

/** Refuses a cursor whose successors are no longer kept, or that lies beyond the end of the log. */
export function demandKept(position: bigint, bounds: { head: bigint; tail: bigint }): void {
  if (position + 1n < bounds.tail) {
    throw new Refused(
      'CURSOR_EXPIRED',
      `The log no longer keeps what followed this cursor; it begins at ${bounds.tail}. Read the present state, then subscribe anew.`,
      {
        field: 'after',
      },
    );
  }
  if (position > bounds.head) {
    throw new Refused(
      'VALIDATION_FAILED',
      `The cursor lies beyond the end of the log (${bounds.head}). It was made by another installation, or the database was restored.`,
      {
        field: 'after',
      },
    );
  }
}

/** True when the actor may receive the fact as an event: its type, its customer, its legal entity. */
export function seesEvent(actor: Actor, rules: EventRules, fact: Pick<Fact, 'type' | 'customerId' | 'legalEntityId' | 'payload'>): boolean {
  if (!seesType(actor, rules, fact.type) || !seesCustomer(actor, fact.customerId)) return false;
  if (isOutside(actor) && rules[fact.type]?.hides?.(fact.payload)) return false;
  return !actor.legalEntityIds || fact.legalEntityId === null || actor.legalEntityIds.includes(fact.legalEntityId);
}

/** True when events of this type may reach the actor at all. People outside the firm are always confined to customers. */
export function seesType(actor: Actor, rules: EventRules, type: string): boolean {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (!rule || !may(actor, rule.read)) return false;
  return !isOutside(actor) || (rule.portal && actor.customerIds !== undefined);
}

/** People who do not belong to the firm. */
function isOutside(actor: Actor): boolean {
  return actor.kind === 'CLIENT_PORTAL' || actor.kind === 'PARTNER';
}

/** The event as this actor may read it: who of the firm did it, and why, is nobody's business outside. */
export function eventFor(actor: Actor, fact: Fact): Record<string, unknown> {
  const event = eventOf(fact);
  return isOutside(actor) ? { ...event, actorId: fact.actorKind, causationId: null } : event;
}

/** What a reader asks of the log; absent conditions are met by every fact. */
export type EventFilter = FactKeys & { types?: readonly string[] | null | undefined };

const filterKeys = ['customerId', 'engagementId', 'projectId', 'employeeId', 'legalEntityId'] as const satisfies readonly (keyof FactKeys)[];

export function matchesFilter(filter: EventFilter, fact: Fact): boolean {
  if (filter.types && !filter.types.includes(fact.type)) return false;
  return filterKeys.every((key) => filter[key] === null || filter[key] === undefined || filter[key] === fact[key]);
}

/** A fact as the contract shows it: the payload's fields, and `<entity>` for each `<entity>Id`. */
export function eventOf(fact: Fact): Record<string, unknown> {
  const { id, type, correlationId, actorId, actorKind, causationId } = fact;
  const event: Record<string, unknown> = {};
  for (const key of filterKeys) event[key.slice(0, -2)] = fact[key] === null ? null : { id: fact[key] };
  for (const [key, value] of Object.entries(fact.payload)) Object.assign(event, fieldsOf(key, value));
  return Object.assign(event, {
    __typename: type,
    id,
    type,
    position: String(fact.position),
    cursor: writeLogCursor(fact.position),
    occurredAt: fact.occurredAt.toISOString(),
    subject: { __typename: 'EventSubject', type: fact.subjectType, id: fact.subjectId, version: fact.subjectVersion },
    actorId,
    actorKind,
    correlationId,
    causationId,
  });
}

function fieldsOf(key: string, value: unknown): Record<string, unknown> {
  if (key.endsWith('Ids') && Array.isArray(value)) return { [key]: value, [plural(key.slice(0, -3))]: value.map((id) => ({ id })) };
  if (key.endsWith('Id')) return typeof value === 'string' ? { [key]: value, [key.slice(0, -2)]: { id: value } } : { [key]: null };
  return { [key]: value };
}

function plural(name: string): string {
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
