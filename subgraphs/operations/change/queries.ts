import type { ChangeFilter } from '#generated/operations.ts';
import { type Actor, may } from '#kernel/actor.ts';
import { type Change, changeBounds, readChanges } from '#kernel/change.ts';
import { pageSize } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { demandKept } from '#kernel/event.ts';
import { checkLists } from '#kernel/input.ts';
import { readLogCursor, sealFor, writeLogCursor } from '#kernel/logCursor.ts';
import { isConfined, seesOwnOnly } from '#kernel/visibility.ts';
import { sealOf } from '../event/seal.ts';
import { type NodeType, nodeTypes } from '../node/nodeTypes.ts';
import { entitiesById, isNode, mayKnowType } from '../node/queries.ts';
import type { EntityChangeRow } from '../tables.ts';

/** Looks that one page takes at most; then it ends early, with a cursor to go on from. */
const patience = 20;
/** Notes that one look takes at most: one entity may have many of a page. */
const notesAtOnce = 1_000;
/** Positions of one look, where the database judges each note by its row. */
const confinedWindow = 2_000n;

type Args = { first?: number | null | undefined; after?: string | null | undefined; filter?: ChangeFilter | null | undefined };

/** A page of what was written: each entity once, by its last note before the page's end. What comes after an edge's cursor is all that the page up to it has not. */
export async function changePage(context: Context, args: Args) {
  const { limit } = pageSize(args);
  const { actor, db } = context;
  const types = typesOf(actor, args.filter ?? {});
  const seal = sealFor(actor, await sealOf(context));
  const cursorOf = (position: bigint) => writeLogCursor(position, seal, 'change');
  const { head, tail } = await changeBounds(db);
  const start = args.after ? readLogCursor(args.after, seal, 'change') : tail - 1n;
  demandKept(start, { head, tail });
  const found = types.length > 0 ? await collect(context, { start, head, limit, types }) : { changes: [], to: limit > 0 ? head : start };
  context.listed(found.changes.length);
  const edges = found.changes.map((node) => ({ node, cursor: cursorOf(node.position) }));
  const pageInfo = {
    hasNextPage: found.to < head,
    hasPreviousPage: start >= tail,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: cursorOf(found.to),
  };
  return { edges, nodes: found.changes, pageInfo, newestCursor: cursorOf(head) };
}

/** The types that are asked for and that the actor may know some of. */
function typesOf(actor: Actor, filter: ChangeFilter): NodeType[] {
  checkLists('filter', filter);
  const { types } = filter;
  if (types?.length === 0) throw new Refused('VALIDATION_FAILED', 'types must name a type; leave it out for all of them.', { field: 'types' });
  return [...new Set(types ?? Object.keys(nodeTypes))].filter(isNode).filter((type) => mayKnowType(actor, type));
}

type Collecting = { start: bigint; head: bigint; limit: number; types: readonly NodeType[] };

/** Reads on until one entity more would be too many. */
async function collect(context: Context, { start, head, limit, types }: Collecting): Promise<{ changes: EntityChangeRow[]; to: bigint }> {
  const page = new Map<string, EntityChangeRow>();
  let to = start;
  for (let look = 0; look < patience && to < head && limit > 0; look += 1) {
    const slice = { after: to, entities: types, limit: notesAtOnce, ...(isConfined(context.actor) ? { window: confinedWindow } : {}) };
    const read = await readChanges(context.db, slice);
    const told = await toldOf(context, read.changes);
    for (const row of told) {
      if (!page.has(row.id) && page.size === limit) return { changes: inOrder(page), to };
      page.set(row.id, row);
      to = row.position;
    }
    to = read.to;
  }
  return { changes: inOrder(page), to };
}

function inOrder(page: ReadonlyMap<string, EntityChangeRow>): EntityChangeRow[] {
  return [...page.values()].sort((a, b) => Number(a.position - b.position));
}

/** Types of which some tell what something costs. */
const someCost: readonly NodeType[] = ['Actual', 'RateCard', 'RateCardVersion', 'SupplierInvoice'];

/** Whether nothing of a type is kept from an actor who may know some of it. */
function knowsAll(actor: Actor, type: NodeType): boolean {
  if (isConfined(actor) || seesOwnOnly(actor, 'colleague:read')) return false;
  return !someCost.includes(type) || may(actor, 'cost:read');
}

/** The notes of what the actor may know of; of what is there no more, as far as nobody in the firm is kept from any of its type. */
async function toldOf(context: Context, notes: readonly Change[]): Promise<EntityChangeRow[]> {
  const ids = [...new Set(notes.map(({ id }) => id))];
  const loaded = await Promise.all(ids.map((id) => context.load(entitiesById, id)));
  const entities = new Map(ids.map((id, index) => [id, loaded[index]]));
  return notes.flatMap((note) => {
    const entity = entities.get(note.id);
    if (!isNode(note.entity)) return [];
    const told = entity ? entity.known : knowsAll(context.actor, note.entity);
    return told ? [{ ...note, type: note.entity, deleted: entity === undefined }] : [];
  });
}
