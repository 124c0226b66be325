import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey } from '#kernel/external.ts';

/** What was decided for one item of a bulk mutation: to do something, or why not. */
export type Decided<Decision> = Decision | Refused;

/** Decides items one after the other, in memory: a refusal stays with its item. */
export function decide<Item, Decision>(items: readonly Item[], one: (item: Item, index: number) => Decision): Decided<Decision>[] {
  return items.map((item, index) => {
    try {
      return one(item, index);
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  });
}

/** The decisions that are no refusals. */
export function accepted<Decision>(decisions: readonly Decided<Decision>[]): Decision[] {
  return decisions.filter((decision): decision is Decision => !(decision instanceof Refused));
}

/** Refuses the second item of a call with the same external reference: which of the two would hold? */
export function onceEach(): (ref: ExternalRefInput) => void {
  const seen = new Set<string>();
  return (ref) => {
    const key = externalKey(ref);
    if (seen.has(key))
      throw new Refused('VALIDATION_FAILED', `${ref.system} ${ref.externalId} stands in more than one item of this call.`, { field: 'externalRef' });
    seen.add(key);
  };
}

/** True when any given field differs from the row's. */
export function differs(row: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(fields).some(([name, value]) => row[name] !== value);
}
