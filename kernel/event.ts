import { type Actor, may, type Permission } from './actor.ts';
import { secondsOfHours } from './decimal.ts';
import { durationKey, durationOfSeconds, isHoursKey } from './duration.ts';
import { Refused } from './errors.ts';
import type { Dimension, Fact } from './facts.ts';
import { entitiesKey, entityKey } from './fields.ts';
import { isId } from './ids.ts';
import { checkLists } from './input.ts';
import { type Seal, sealFor, writeLogCursor } from './logCursor.ts';
import { type AnyFactType, type Outsider, upcast } from './published.ts';
import { type Shares, shareOf } from './shares.ts';
import { audienceOf, isOutside, personsOf, seesOwnOnly } from './visibility.ts';

/** Who may see the events of one type: holders of `read`; of people outside the firm those of `outside`, of their own customers, unless it `hides`. */
export type EventRule = {
  read: Permission;
  outside: readonly Outsider[];
  /** A colleague without it hears of what concerns them alone. */
  colleagues?: Permission;
  /** The newest shape of its payloads, and the way there from older ones. */
  version?: number;
  upcasts?: AnyFactType['upcasts'];
  // A method: each fact knows its own payload only.
  hides?(payload: unknown): boolean;
  /** How it is told to who may see some of it. Without it, they see nothing. */
  shares?: Shares | undefined;
};
export type EventRules = Readonly<Record<string, EventRule>>;

/** Refuses a cursor whose successors are no longer kept, or that lies beyond the end of the log. */
export function demandKept(position: bigint, bounds: { head: bigint; tail: bigint }): void {
  if (position + 1n < bounds.tail) {
    throw new Refused(
      'CURSOR_EXPIRED',
      `The log no longer keeps what followed this cursor. Take the end of the log as your cursor, read the present state, then go on after that cursor.`,
      {
        field: 'after',
      },
    );
  }
  if (position > bounds.head) {
    throw new Refused('VALIDATION_FAILED', `The cursor lies beyond the end of the log. It was made by another installation, or the database was restored.`, {
      field: 'after',
    });
  }
}

/** The fact as far as the actor may see it: its type, its customers, its legal entities. Undefined: nothing of it. */
export function shownTo<Own extends Pick<Fact, 'type' | 'keys' | 'payload'>>(actor: Actor, rules: EventRules, fact: Own): Own | undefined {
  if (!seesType(actor, rules, fact.type)) return undefined;
  const rule = rules[fact.type];
  if (isOutside(actor) && rule?.hides?.(fact.payload)) return undefined;
  // What a fact says of other people's work is not for those whom a partner sends, nor for a colleague who oversees nobody.
  const ownOnly = audienceOf(actor) === 'PARTNER' || (rule?.colleagues !== undefined && seesOwnOnly(actor, rule.colleagues));
  if (ownOnly && !idsOf(fact, 'employeeId').some((id) => personsOf(actor).includes(id))) return undefined;
  return shareOf(actor, fact, rule?.shares);
}

/** True when the actor may receive some of the fact as an event. */
export function seesEvent(actor: Actor, rules: EventRules, fact: Pick<Fact, 'type' | 'keys' | 'payload'>): boolean {
  return shownTo(actor, rules, fact) !== undefined;
}

/** The same, of what somebody asks for: what is not shown to the actor meets no filter. */
export function wantsEvent(asked: { actor: Actor; rules: EventRules; filter: EventFilter }, fact: Fact): boolean {
  const shown = shownTo(asked.actor, asked.rules, fact);
  return shown !== undefined && matchesFilter(asked.filter, shown);
}

/** The ids of one name. */
function idsOf({ keys }: Pick<Fact, 'keys'>, name: string): readonly string[] {
  return keys[name as Dimension] ?? [];
}

/** True when events of this type may reach the actor at all. People outside the firm are always confined to customers. */
export function seesType(actor: Actor, rules: EventRules, type: string): boolean {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (!rule || !may(actor, rule.read)) return false;
  const audience = audienceOf(actor);
  return audience === 'FIRM' || (rule.outside.includes(audience) && actor.customerIds !== undefined);
}

/** A fact as its catalogue tells of it now, whatever version it was stated at. */
export function newest(rules: EventRules, fact: Fact): Fact {
  const { version, upcasts } = rules[fact.type] ?? {};
  if (version === undefined || upcasts === undefined || fact.version >= version) return fact;
  return { ...fact, version, payload: upcast({ type: fact.type, version, upcasts }, fact) };
}

/** To whom events are told, and what closes the cursors of people outside. */
export type Telling = { actor: Actor; rules: EventRules; seal: Seal };

/** The event as this actor may read it: its own part; and who of the firm did it, and why, is nobody's business outside. */
export function eventFor({ actor, rules, seal }: Telling, fact: Fact): Record<string, unknown> {
  const event = eventOf(shownTo(actor, rules, fact) ?? { ...fact, keys: {}, payload: {} }, sealFor(actor, seal));
  const parts = rules[fact.type]?.shares?.parts;
  if (parts) delete event[parts];
  return isOutside(actor) ? { ...event, actorId: fact.actorKind, causationId: null } : event;
}

/** What a reader asks of the log, by ids of any dimension, any of them; absent conditions are met by every fact. */
export type EventFilter = { readonly [Name in Dimension as `${Name}s`]?: readonly string[] | null | undefined } & {
  readonly types?: readonly string[] | null | undefined;
};

/** A filter as a caller gave it, in the log's spelling; refuses what is no id. */
export function readFilter({ types, ...ids }: EventFilter): EventFilter {
  checkLists('', { types, ...ids });
  const given = listsOf(ids);
  for (const [field, list] of given) {
    if (list.length === 0) throw new Refused('VALIDATION_FAILED', `${field} must name one; leave it out for all of them.`, { field });
    if (!list.every(isId)) throw new Refused('VALIDATION_FAILED', `${field} holds what is no id.`, { field });
  }
  if (types?.length === 0) throw new Refused('VALIDATION_FAILED', 'types must name a type; leave it out for all of them.', { field: 'types' });
  return { ...Object.fromEntries(given.map(([field, list]) => [field, [...new Set(list.map((id) => id.toLowerCase()))].sort()])), types };
}

/** The ids that a filter asks for, by the name that the log has for them. */
export function keysWanted({ types: _, ...ids }: EventFilter): { name: string; ids: readonly string[] }[] {
  return listsOf(ids).map(([field, list]) => ({ name: field.slice(0, -1), ids: list }));
}

function listsOf(ids: Omit<EventFilter, 'types'>): [string, readonly string[]][] {
  return Object.entries<readonly string[] | null | undefined>(ids).flatMap(([field, list]) => (list ? [[field, list] as [string, readonly string[]]] : []));
}

export function matchesFilter(filter: EventFilter, fact: Pick<Fact, 'type' | 'keys'>): boolean {
  if (filter.types && !filter.types.includes(fact.type)) return false;
  return keysWanted(filter).every(({ name, ids }) => idsOf(fact, name).some((id) => ids.includes(id)));
}

/** A fact as the contract shows it: the payload's fields, `<entity>` for each `<entity>Id`, and `duration` for `hours`. */
export function eventOf(fact: Fact, seal?: Seal): Record<string, unknown> {
  const { id, type, correlationId, actorId, actorKind, causationId } = fact;
  const event: Record<string, unknown> = {};
  for (const [name, ids] of Object.entries<readonly string[]>(fact.keys)) event[entityKey(name)] = ids.length === 1 ? { id: ids[0] } : null;
  for (const [key, value] of Object.entries(fact.payload)) Object.assign(event, fieldsOf(key, value));
  return Object.assign(event, {
    __typename: type,
    id,
    type,
    position: String(fact.position),
    cursor: writeLogCursor(fact.position, seal),
    occurredAt: fact.occurredAt.toISOString(),
    subject: { __typename: 'EventSubject', type: fact.subjectType, entityId: fact.subjectId, version: fact.subjectVersion },
    actorId,
    actorKind,
    correlationId,
    causationId,
  });
}

function fieldsOf(key: string, value: unknown): Record<string, unknown> {
  if (key.endsWith('Ids') && Array.isArray(value)) return { [key]: value, [entitiesKey(key)]: value.map((id) => ({ id })) };
  if (key.endsWith('Id')) return typeof value === 'string' ? { [key]: value, [entityKey(key)]: { id: value } } : { [key]: null };
  return isHoursKey(key) ? { [key]: value, [durationKey(key)]: durationOf(value) } : { [key]: value };
}

function durationOf(hours: unknown): string | null {
  const seconds = typeof hours === 'string' ? secondsOfHours(hours) : undefined;
  return seconds === undefined ? null : durationOfSeconds(seconds);
}
