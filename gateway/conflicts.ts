import { hash } from 'node:crypto';
import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, print, type SelectionNode, type SelectionSetNode } from 'graphql';

/**
 * Fields of one name in the answer that ask for different things, each of another type, with names of their own to travel under: plans do not tell their
 * things apart where they stand at one place of the answer, and what one of them asked would be answered to the others.
 */
export function conflictsIn(document: DocumentNode): ReadonlyMap<FieldNode, string> {
  const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const names = new Map<FieldNode, string>();
  // A field of a fragment stands at several places; what it is called at one, its equals are called at the others.
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const each of document.definitions) if (each.kind === Kind.OPERATION_DEFINITION) look({ fragments, names }, [each.selectionSet]);
  }
  return names;
}

type Looking = { fragments: ReadonlyMap<string, FragmentDefinitionNode>; names: Map<FieldNode, string> };

/** Looks at all that is selected at one place of the answer, whatever the type. */
function look(looking: Looking, sets: readonly SelectionSetNode[]): void {
  const groups = new Map<string, FieldNode[]>();
  for (const set of sets) gather(looking, set.selections, { groups, spread: new Set() });
  for (const [name, fields] of groups) {
    const meanings = new Map<string, FieldNode[]>();
    for (const field of fields) meanings.set(meaningOf(field), [...(meanings.get(meaningOf(field)) ?? []), field]);
    const isOwn = meanings.size > 1 || fields.some((field) => looking.names.has(field));
    for (const [meaning, same] of meanings) {
      if (isOwn) for (const field of same) looking.names.set(field, `${hash('sha256', meaning, 'hex').slice(0, 12)}_${name}`);
      const below = same.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
      if (below.length > 0) look(looking, below);
    }
  }
}

function gather(looking: Looking, selections: readonly SelectionNode[], found: { groups: Map<string, FieldNode[]>; spread: Set<string> }): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      found.groups.set(name, [...(found.groups.get(name) ?? []), selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) gather(looking, selection.selectionSet.selections, found);
    else {
      const name = selection.name.value;
      if (found.spread.has(name)) continue;
      found.spread.add(name);
      gather(looking, looking.fragments.get(name)?.selectionSet.selections ?? [], found);
    }
  }
}

/** What a field asks for, whatever is selected of it. */
function meaningOf({ name, arguments: given = [] }: FieldNode): string {
  return given.length === 0 ? name.value : `${name.value}(${given.map(print).sort().join(', ')})`;
}
