import { type Actor, type ActorKind, may, type Permission } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { type EventRule, type EventRules, seesType } from '#kernel/event.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { eventRules } from '../event/rules.ts';
import type { WebhookContract, WebhookEndpointRow } from '../tables.ts';

/** What an endpoint may see, as its row has it. */
export type EndpointScope = Pick<WebhookEndpointRow, 'contract' | 'permissions' | 'customerIds' | 'legalEntityIds' | 'employeeIds'>;

const kinds: Readonly<Partial<Record<WebhookContract, ActorKind>>> = { PORTAL: 'CLIENT_PORTAL', PARTNER: 'PARTNER' };

/** Whoever would see by a subscription what the endpoint is told. */
export function actorOf({ id, contract, permissions, customerIds, legalEntityIds, employeeIds }: EndpointScope & { id: string }): Actor {
  return {
    id: `webhook:${id}`,
    kind: (contract && kinds[contract]) ?? 'INTEGRATION',
    permissions,
    ...(customerIds ? { customerIds } : {}),
    ...(legalEntityIds ? { legalEntityIds } : {}),
    ...(employeeIds ? { employeeIds } : {}),
  };
}

type Wanted = Omit<EndpointScope, 'permissions'> & { types: readonly string[] | null | undefined };

/** The permissions of an endpoint: those that its events ask for and its maker holds. Refuses a type of which it would never hear. */
export function permissionsFor(maker: Actor, wanted: Wanted): string[] {
  const rules: EventRules = eventRules;
  const held = Object.entries(rules).filter(([, rule]) => mayPassOn(maker, rule));
  const permissions = [...new Set(held.map(([, { read }]) => read))].sort();
  const actor = actorOf({ ...wanted, id: '', permissions });
  const unseen = wanted.types?.find((type) => !held.some(([name]) => name === type) || !seesType(actor, rules, type));
  if (unseen !== undefined)
    throw new Refused('FORBIDDEN', `${unseen} is nothing that you, or this endpoint by its contract, may see.`, { field: 'filter.types' });
  return permissions;
}

/** A colleague who hears only of what concerns them alone cannot have somebody else hear of it all. */
function mayPassOn(maker: Actor, { read, colleagues }: EventRule): boolean {
  const asked: readonly Permission[] = colleagues !== undefined && maker.kind === 'STAFF' ? [read, colleagues] : [read];
  return asked.every((permission) => may(maker, permission));
}

/** Types of events that an endpoint may be told of: its own if it names some. */
export function typesFor(row: WebhookEndpointRow, maker: Actor): string[] {
  return (row.filter.types ?? Object.keys(eventRules)).filter((type) => seesType(maker, eventRules, type));
}

/** The ids that confine an endpoint, in the database's spelling; null where it is not confined. */
export function readIds(field: string, ids: readonly string[] | null | undefined): string[] | null {
  if (ids === null || ids === undefined) return null;
  checkLists(field, ids);
  if (ids.length === 0) throw new Refused('VALIDATION_FAILED', `${field} must name one; leave it out for all of them.`, { field });
  if (!ids.every(isId)) throw new Refused('VALIDATION_FAILED', `${field} holds what is no id.`, { field });
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}

/** People outside the firm are told of their own customers, and partners of what their people work on. */
export function demandConfined({ contract, customerIds, employeeIds }: Omit<EndpointScope, 'permissions'>): void {
  if ((contract === 'PORTAL' || contract === 'PARTNER') && !customerIds)
    throw new Refused('VALIDATION_FAILED', 'An endpoint of people outside the firm names their customers.', { field: 'customerIds' });
  if (contract === 'PARTNER' && !employeeIds)
    throw new Refused('VALIDATION_FAILED', 'An endpoint of a partner names the people whom it sends.', { field: 'employeeIds' });
  if (contract !== 'PARTNER' && employeeIds)
    throw new Refused('VALIDATION_FAILED', 'employeeIds is for the contract PARTNER; to hear of some people only, filter by them.', { field: 'employeeIds' });
}
