import type { Scope } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';

/** The entities of other subgraphs that this one refers to, and what it relies on of each. */
type Siblings = {
  LegalEntity: Record<string, unknown>;
  TaxProfile: Record<string, unknown>;
  RateCard: { kind: 'SALES' | 'COST'; customerId: string | null };
  Employee: Record<string, unknown>;
  LaborCategory: Record<string, unknown>;
};
type SiblingType = keyof Siblings;

/** `filter` narrows here: ids that are none, and null, find nothing. */
type Ids = readonly (string | null | undefined)[];
type Found = { [Type in SiblingType]?: Map<string, Siblings[Type]> };

/** What the owners published of the ids asked for. `demand` answers NOT_FOUND with the field's name; no id is no claim. */
export type KnownSiblings = { demand<Type extends SiblingType>(type: Type, id: string | null | undefined, field: string): Siblings[Type] | undefined };

/** Reads all ids of a command at once, a statement per entity type that is asked for. */
export async function knownSiblings(scope: Scope, wanted: { [Type in SiblingType]?: Ids }): Promise<KnownSiblings> {
  const read = <Type extends SiblingType>(type: Type) => references<Siblings[Type]>(scope.tx, type, idsOf(wanted[type]));
  const found: Found = {};
  if (wanted.LegalEntity) found.LegalEntity = await read('LegalEntity');
  if (wanted.TaxProfile) found.TaxProfile = await read('TaxProfile');
  if (wanted.RateCard) found.RateCard = await read('RateCard');
  if (wanted.Employee) found.Employee = await read('Employee');
  if (wanted.LaborCategory) found.LaborCategory = await read('LaborCategory');
  return {
    demand(type, id, field) {
      if (id === null || id === undefined) return undefined;
      const known = found[type]?.get(id.toLowerCase());
      if (!known) throw notFound(type, id, field);
      return known;
    },
  };
}

function idsOf(ids: Ids | undefined): string[] {
  return (ids ?? []).filter(isId);
}
