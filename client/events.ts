import type { Variables } from './document.ts';
import type { LiveEvent } from './follow.ts';
import { type EventFilter, type EventOf, type EventType, eventFields } from './generated/events.ts';

export type Wanted<Type extends EventType> = {
  types: readonly Type[];
  /** Only events of these; any of each list. */
  filter?: EventFilter | undefined;
  /** Those of a portal or a partner do not tell what is the firm's own affair (default `firm`). */
  audience?: 'firm' | 'outside' | undefined;
};

const common = `__typename id type cursor occurredAt correlationId actorId actorKind causationId subject { type entityId version }
  customer { id } engagement { id } project { id } employee { id } legalEntity { id }`;

const filters = ['customerIds', 'engagementIds', 'projectIds', 'employeeIds', 'legalEntityIds'] as const;

/** A subscription that asks for everything that events of these types say. Fields of one name have several types, so that each carries its event's name. */
export function eventsDocument<Type extends EventType>({ types, filter = {}, audience = 'firm' }: Wanted<Type>): string {
  const given = filters.filter((name) => filter[name] !== undefined);
  const declared = ['$after: Cursor', ...given.map((name) => `$${name}: [ID!]`)].join(', ');
  const passed = ['after: $after', `types: [${types.join(', ')}]`, ...given.map((name) => `${name}: $${name}`)].join(', ');
  const own = types.map((type) => {
    const { shown, firm } = eventFields[type];
    const fields = [...shown, ...(audience === 'firm' ? firm : [])].map((field) => `${type}_${field.split(' ')[0]}: ${field}`);
    return fields.length > 0 ? `... on ${type} { ${fields.join(' ')} }` : '';
  });
  return `subscription AccordEvents(${declared}) { businessEvents(${passed}) { ${common} ${own.join(' ')} } }`;
}

/** The events themselves, with the names that their fields have in the graph. */
export async function* withoutPrefixes<Type extends EventType>(
  answers: AsyncGenerator<LiveEvent<{ businessEvents: Variables }>, void, undefined>,
): AsyncGenerator<LiveEvent<EventOf<Type>>, void, undefined> {
  for await (const { data, errors, cursor } of answers) {
    const event = data?.businessEvents;
    const named = event && Object.fromEntries(Object.entries(event).map(([key, value]) => [key.replace(`${event.__typename}_`, ''), value]));
    // The shape is what the document above asks for.
    yield { data: (named ?? null) as EventOf<Type> | null, errors, cursor };
  }
}
