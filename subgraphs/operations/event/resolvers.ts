import type { Context } from '#kernel/context.ts';
import { readException } from '../exception/queries.ts';
import type { BusinessEventRow, ProcessExceptionRow } from '../tables.ts';
import { eventsById } from './queries.ts';
import { eventRules } from './rules.ts';

/** The gateway hands a whole event in; another subgraph knows its id only. */
const event = {
  __resolveReference: async (reference: BusinessEventRow, context: Context): Promise<BusinessEventRow | null> => {
    if ('occurredAt' in reference) return reference;
    return (await context.load(eventsById, String(reference.id))) ?? null;
  },
};

/** Exceptions are our own: no other subgraph would fill them in. */
const exceptionEvent = {
  ...event,
  exception: async ({ exceptionId }: BusinessEventRow, _: unknown, context: Context): Promise<ProcessExceptionRow | null> =>
    (await readException(context, String(exceptionId))) ?? null,
};

/** Subscriptions run in the gateway, which reads the log; a subgraph only passes the event through. */
const passed = { resolve: (handed: unknown): unknown => handed };

export const eventResolvers: Record<string, Record<string, unknown>> = {
  BusinessEvent: { __resolveType: (value: BusinessEventRow) => String(value.__typename) },
  ...Object.fromEntries(Object.keys(eventRules).map((type) => [type, type.startsWith('Exception') ? exceptionEvent : event])),
  Subscription: Object.fromEntries(['businessEvents', ...Object.keys(eventRules).map(fieldOf)].map((field) => [field, passed])),
};

function fieldOf(type: string): string {
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}`;
}
