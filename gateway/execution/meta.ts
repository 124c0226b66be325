import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';

const metaNames = new Set([SchemaMetaFieldDef.name, TypeMetaFieldDef.name, TypeNameMetaFieldDef.name]);

/**
 * An operation without what no subgraph is asked for: the type of its root, and what it asks of the schema. Undefined when nothing else is there, so
 * that an empty plan of anything is a fault.
 */
export function withoutMeta(document: DocumentNode, operationName: string | undefined): DocumentNode | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no such operation');
  const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const { selections } = operation.selectionSet;
  if (!asksMeta(selections, fragments)) return document;
  const left = fetchedOf(selections, fragments);
  if (left.length === 0) return undefined;
  const stripped = { ...operation, selectionSet: { ...operation.selectionSet, selections: left } };
  return { ...document, definitions: document.definitions.map((each) => (each === operation ? stripped : each)) };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function asksMeta(selections: readonly SelectionNode[], fragments: Fragments): boolean {
  return selections.some((each) => (each.kind === Kind.FIELD ? metaNames.has(each.name.value) : asksMeta(selectionsOf(each, fragments), fragments)));
}

/** Fragments at the root are put in their places, deferred where they are: elsewhere they may be spread on as they are. */
function fetchedOf(selections: readonly SelectionNode[], fragments: Fragments): SelectionNode[] {
  return selections.flatMap((each): SelectionNode[] => {
    if (each.kind === Kind.FIELD) return metaNames.has(each.name.value) ? [] : [each];
    const inner = fetchedOf(selectionsOf(each, fragments), fragments);
    const directives = each.directives ?? [];
    return inner.length > 0 ? [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } }] : [];
  });
}

function selectionsOf(each: Exclude<SelectionNode, { kind: Kind.FIELD }>, fragments: Fragments): readonly SelectionNode[] {
  const set = each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet : fragments.get(each.name.value)?.selectionSet;
  return set?.selections ?? [];
}
