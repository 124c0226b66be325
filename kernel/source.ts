import type { Scope } from './context.ts';
import type { Decision, Effect } from './draft.ts';
import type { Entity } from './entity.ts';
import { type ExternalRefInput, type ExternalRefTable, externalKey, takenVersions } from './external.ts';
import { demandNotOlder, demandSameContent } from './sourceVersion.ts';

/** Which items of a command are deliveries of another system: the entity that they bring, and by which reference. */
export type Source<Item> = { refs: ExternalRefTable; entity: Entity; of(item: Item): ExternalRefInput | null | undefined };

/** What deliveries are judged by: the source's version of what was taken last, by external reference. */
export type Deliveries<Item> = {
  /** Refuses a delivery that is older than what was taken. */
  demandNewer(item: Item): void;
  /** Refuses other content under the version that was taken; gives the effects of taking it. */
  taken(item: Item, decision: Decision): readonly Effect[];
};

const nothing: Deliveries<unknown> = { demandNewer: () => undefined, taken: () => [] };

/** Reads what was taken, once the rows are locked: a version that somebody else takes meanwhile is seen. */
export async function deliveriesOf<Item>(scope: Scope, source: Source<Item> | undefined, items: readonly Item[]): Promise<Deliveries<Item>> {
  if (!source) return nothing;
  const { refs, entity } = source;
  const versions = await takenVersions(scope, refs, { entityType: entity.name, given: items.flatMap((item) => source.of(item) ?? []) });
  const demandNewer = (item: Item): void => {
    const ref = source.of(item);
    if (ref) demandNotOlder(ref, versions.get(externalKey(ref)));
  };
  return {
    demandNewer,
    taken: (item, decision) => {
      const ref = source.of(item);
      if (!ref) return [];
      demandNewer(item);
      if (changes(decision)) demandSameContent(ref, versions.get(externalKey(ref)));
      versions.set(externalKey(ref), ref.version ?? null);
      return [{ does: 'link', refs, entityType: entity.name, entityId: decision.id, given: [ref], delivered: true }];
    },
  };
}

function changes({ effects }: Decision): boolean {
  return effects.some(({ does }) => does === 'insert' || does === 'update' || does === 'delete');
}
