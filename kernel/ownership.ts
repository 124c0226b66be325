import { isDeepStrictEqual } from 'node:util';
import { type Actor, mayByName } from './actor.ts';
import type { Decision, Effect } from './draft.ts';
import type { AnyRow, Entity } from './entity.ts';
import { Refused } from './errors.ts';
import { NotOwner, type ProposedChange } from './proposal.ts';

declare module './actor.ts' {
  interface KnownPermissions {
    'ownership:override': true;
  }
}

/** Who owns an entity: it makes and removes it, and changes what no other line names. */
export type Owned = {
  owners: readonly string[];
  /** Columns that others own, or these beside others. */
  fields?: Readonly<Record<string, readonly string[]>>;
  /** Entities that belong to it, such as the lines of a contract. */
  parts?: readonly string[];
};

/** Which kinds of systems own what, and which systems are of a kind, by the name that stands in their tokens. */
export type Ownership = { kinds: Readonly<Record<string, readonly string[]>>; entities: Readonly<Record<string, Owned>> };

/** Columns that the writer sets by itself. */
const kept: ReadonlySet<string> = new Set(['id', 'version', 'createdAt', 'updatedAt']);

/** True for an integration that speaks for a system; people of the firm, its own processes and tokens without a system answer by their permissions alone. */
export function isBoundToOwnership(actor: Actor): boolean {
  return actor.system !== undefined && actor.kind === 'INTEGRATION' && !mayByName(actor, 'ownership:override');
}

export type OwnershipCheck = { ownership?: Ownership | undefined; actor: Actor; consequences?: readonly Entity[] | undefined };

/** Refuses what an item changes of another system's, and references of another system. What follows from it in `consequences` has no owner of its own. */
export function demandOwner({ ownership, actor, consequences = [] }: OwnershipCheck, { id, effects }: Decision): void {
  if (!ownership || !isBoundToOwnership(actor)) return;
  const asker = { ownership, system: actor.system ?? '' };
  for (const effect of effects) if (effect.does === 'link') for (const ref of effect.given) demandOwnReference(actor, ref.system);
  const strange = effects.flatMap((effect) => ('entity' in effect && !consequences.includes(effect.entity) ? strangeIn(asker, effect) : []));
  const [first] = strange;
  if (!first) return;
  const isNew = effects.some((effect) => effect.does === 'insert' && effect.row.id === id);
  const proposed = { entityType: first.whole, entityId: isNew ? undefined : id, changes: strange.flatMap(({ changes }) => changes) };
  throw new NotOwner(sentenceOf(asker, first), { field: first.field }, proposed);
}

/** Refuses an integration that does not keep these fields of an entity, or, where none is named, the entity; people of the firm answer by their permissions alone. */
export function demandKeeper({ ownership, actor }: OwnershipCheck, entity: string, fields: readonly string[]): void {
  const owned = ownership?.entities[entity];
  if (!ownership || !owned || !isBoundToOwnership(actor)) return;
  const asker = { ownership, system: actor.system ?? '' };
  if (fields.length === 0) demandKind(asker, { owners: owned.owners, what: entity, field: undefined });
  for (const field of fields) demandKind(asker, { owners: owned.fields?.[field] ?? owned.owners, what: `${entity}.${field}`, field });
}

/** Refuses to write an external reference of another system. */
export function demandOwnReference(actor: Actor, system: string): void {
  if (!isBoundToOwnership(actor) || actor.system === system) return;
  throw new Refused('OWNERSHIP_VIOLATION', `The references of ${system} are its own; this token speaks for ${actor.system}.`, { field: 'externalRefs' });
}

/** Refuses to make or remove an entity that another system owns; for what is written past the commands. */
export function demandOwnerOf({ ownership, actor }: OwnershipCheck, entity: string): void {
  const owned = ownership?.entities[entity];
  if (ownership && owned && isBoundToOwnership(actor))
    demandKind({ ownership, system: actor.system ?? '' }, { owners: owned.owners, what: entity, field: undefined });
}

type Asker = { ownership: Ownership; system: string };

/** True where the asker's system is of one of these kinds. */
function keeps({ ownership, system }: Asker, owners: readonly string[]): boolean {
  return owners.some((kind) => ownership.kinds[kind]?.includes(system));
}

type Strange = Asked & { whole: string; changes: ProposedChange[] };

/** What an effect changes that is not the asker's. */
function strangeIn({ ownership, system }: Asker, effect: Extract<Effect, { entity: Entity }>): Strange[] {
  const name = effect.entity.name;
  const found = ownedOf(ownership, name);
  if (!found) return [];
  const [whole, { owners, fields = {} }] = found;
  const isOwner = (kinds: readonly string[]) => keeps({ ownership, system }, kinds);
  if (effect.does === 'delete') return isOwner(owners) ? [] : [{ whole, owners, what: `${whole} as a whole`, field: undefined, changes: [] }];
  const before: AnyRow | undefined = effect.does === 'update' ? effect.before : undefined;
  const changeOf = (field: string): ProposedChange => ({ field, before: plain(before?.[field]), after: plain(effect.row[field]) });
  const changed = changedIn(effect);
  if (!before && !isOwner(owners)) return [{ whole, owners, what: `${whole} as a whole`, field: undefined, changes: changed.map(changeOf) }];
  return changed.flatMap((field): Strange[] => {
    const own = name === whole ? fields[field] : undefined;
    // What a new row leaves open is nobody's yet.
    if ((!before && !own) || isOwner(own ?? owners)) return [];
    return [{ whole, owners: own ?? owners, what: `${name}.${field}`, field, changes: [changeOf(field)] }];
  });
}

/** As JSON holds it. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value ?? null;
}

function sentenceOf({ system }: Asker, { owners, what }: Asked): string {
  return `${what} belongs to ${owners.join(' and ')}; ${system} may not write it.`;
}

function changedIn(effect: Extract<Effect, { does: 'insert' | 'update' }>): string[] {
  const before: AnyRow | undefined = effect.does === 'update' ? effect.before : undefined;
  return Object.keys(effect.row).filter((field) => !kept.has(field) && !isDeepStrictEqual(before?.[field] ?? null, effect.row[field] ?? null));
}

function ownedOf({ entities }: Ownership, name: string): [string, Owned] | undefined {
  const own = entities[name];
  return own ? [name, own] : Object.entries(entities).find(([, { parts = [] }]) => parts.includes(name));
}

type Asked = { owners: readonly string[]; what: string; field: string | undefined };

function demandKind(asker: Asker, asked: Asked): void {
  if (keeps(asker, asked.owners)) return;
  throw new Refused('OWNERSHIP_VIOLATION', sentenceOf(asker, asked), { field: asked.field });
}
