import { Refused } from './errors.ts';

export type ActorKind = 'STAFF' | 'CLIENT_PORTAL' | 'INTEGRATION' | 'PARTNER' | 'SERVICE';

/** What actions and fields may ask for. Each subgraph adds its own: `declare module '#kernel/actor.ts'`. */
// biome-ignore lint/suspicious/noEmptyInterface: others declare its members
export interface KnownPermissions {}
export type Permission = keyof KnownPermissions & string;
type Area = Permission extends `${infer Name}:${string}` ? Name : never;
/** What a role may hold: a permission, every one of an area, or all. */
export type Grant = Permission | `${Area}:*` | '*';

/** Who is acting and what they may do. It travels signed from the gateway to the subgraphs and stands in every fact. */
export type Actor = {
  id: string;
  kind: ActorKind;
  permissions: readonly string[];
  /** The employee whom a staff token speaks for; "approver is not the owner" is judged by it. */
  employeeId?: string | undefined;
  /** The persons whom a partner sends: it sees what they work on. */
  employeeIds?: readonly string[] | undefined;
  /** Present: the actor sees these customers only. Absent: all of them. */
  customerIds?: readonly string[] | undefined;
  legalEntityIds?: readonly string[] | undefined;
  /** The connected system whose external references an integration writes. */
  system?: string | undefined;
  /** The names of the roles that its permissions come from; they are shown, and decide nothing. */
  roles?: readonly string[] | undefined;
  /** The experience contract at whose address it came in: it sees no more than that shows. */
  contract?: string | undefined;
  /** The tool of an agent by which a change came in; it stands in the audit, and decides nothing. */
  tool?: string | undefined;
  /** When its token expires, ISO 8601, where one request is made with it. */
  expiresAt?: string | undefined;
};

/** `*` grants all, `invoice:*` every action on invoices. */
export function may(actor: Actor, permission: Permission): boolean {
  const area = permission.slice(0, permission.indexOf(':'));
  return actor.permissions.some((held) => held === permission || held === '*' || held === `${area}:*`);
}

/** The same for what is exceptional: no `area:*` grants it; it is given by its name. */
export function mayByName(actor: Actor, permission: Permission): boolean {
  return actor.permissions.some((held) => held === permission || held === '*');
}

export function demand(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new Refused('FORBIDDEN', `This needs the permission ${permission}, which ${actor.id} does not hold.`);
}

/** The customers an actor is confined to; undefined when it may see all. */
export function customerScope(actor: Actor): readonly string[] | undefined {
  return actor.customerIds;
}

/** The actor of Accord's own processes: what they do is caused by a fact, not asked for by a person. */
export function serviceActor(name: string): Actor {
  return { id: `service:${name}`, kind: 'SERVICE', permissions: ['*'] };
}
