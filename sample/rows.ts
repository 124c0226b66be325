import type { Random } from './random.ts';

/** A moment, or the number of milliseconds of it. */
type Moment = { created: Date; updated?: Date; version?: number };

/** The columns of every entity, for one that came into being then. */
export function entity(random: Random, { created, updated = created, version = 1 }: Moment): { id: string; version: number; createdAt: Date; updatedAt: Date } {
  return { id: random.id(created.getTime()), version, createdAt: created, updatedAt: updated };
}

type Ref = { system: string; entityType: string; externalId: string; entityId: string; externalVersion: null; syncedAt: Date };

/** How the system that owns an entity calls it. */
export function externalRef(system: string, entityType: string, named: { externalId: string; entityId: string; at: Date }): Ref {
  return { system, entityType, externalId: named.externalId, entityId: named.entityId, externalVersion: null, syncedAt: named.at };
}

/** An element that must be there. */
export function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nothing to take from');
  return item;
}
