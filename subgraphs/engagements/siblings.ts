import { references as finance } from '#finance/published.ts';
import type { Scope } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import type { DataOf } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';

/** The entities of other subgraphs that this one refers to. */
const siblings = {
  LegalEntity: finance.LegalEntity,
  TaxProfile: finance.TaxProfile,
  RateCard: finance.RateCard,
  Employee: resources.Employee,
  LaborCategory: resources.LaborCategory,
} as const;
type SiblingType = keyof typeof siblings;
type Sibling<Type extends SiblingType> = DataOf<(typeof siblings)[Type]>;

/** `filter` narrows here: ids that are none, and null, find nothing. */
type Ids = readonly (string | null | undefined)[];

/** What the owners published of the ids asked for. `demand` answers NOT_FOUND with the field's name; no id is no claim. */
export type LoadedSiblings = { demand<Type extends SiblingType>(type: Type, id: string | null | undefined, field: string): Sibling<Type> | undefined };

/** Reads all ids of a command at once, a statement per entity type that is asked for. */
export async function loadSiblings(scope: Scope, wanted: { [Type in SiblingType]?: Ids }): Promise<LoadedSiblings> {
  const found: { [Type in SiblingType]?: Map<string, Sibling<Type>> } = {};
  if (wanted.LegalEntity) found.LegalEntity = await references(scope.tx, siblings.LegalEntity, idsOf(wanted.LegalEntity));
  if (wanted.TaxProfile) found.TaxProfile = await references(scope.tx, siblings.TaxProfile, idsOf(wanted.TaxProfile));
  if (wanted.RateCard) found.RateCard = await references(scope.tx, siblings.RateCard, idsOf(wanted.RateCard));
  if (wanted.Employee) found.Employee = await references(scope.tx, siblings.Employee, idsOf(wanted.Employee));
  if (wanted.LaborCategory) found.LaborCategory = await references(scope.tx, siblings.LaborCategory, idsOf(wanted.LaborCategory));
  return {
    demand(type, id, field) {
      if (id === null || id === undefined) return undefined;
      const existing = found[type]?.get(id.toLowerCase());
      if (!existing) throw notFound(type, id, field);
      return existing;
    },
  };
}

function idsOf(ids: Ids): string[] {
  return ids.filter(isId);
}
