import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql';
import { Refused } from '#kernel/errors.ts';
import { type CostLimits, defaultCostLimits } from './cost/limit.ts';

/** How large an operation may be. Fragments count as often as they are spread. */
export type Limits = { tokens: number; depth: number; aliases: number; directives: number; rootFields: number; fields: number; cost: CostLimits };

export const defaultLimits: Limits = { tokens: 4_000, depth: 20, aliases: 100, directives: 50, rootFields: 30, fields: 2_000, cost: defaultCostLimits };

/** What one text asks for. */
export type Size = Omit<Limits, 'tokens' | 'cost'> & { introspects: boolean };

/** The size of what does not parse. */
export const nothing: Size = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fields: 0, introspects: false };

/** Refuses a document that asks for too much, before anything walks it with less care. Gives its size. */
export function checkLimits(document: DocumentNode, limits: Omit<Limits, 'cost'>): Size {
  const size = sizeOf(document, limits.fields);
  for (const name of ['depth', 'aliases', 'directives', 'rootFields', 'fields'] as const) {
    if (size[name] > limits[name]) throw new Refused('COST_LIMIT', `The operation has more than ${limits[name]} ${words[name]}. Ask for less.`);
  }
  return size;
}

const words = { depth: 'levels of nesting', aliases: 'aliases', directives: 'directives', rootFields: 'root fields', fields: 'fields' };

/** A text within the tokens that it may have; undefined for what does not parse: whoever answers the client says why. */
export function parseWithin(text: string, maxTokens: number): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.endsWith(`${maxTokens} tokens. Parsing aborted.`)) {
      throw new Refused('COST_LIMIT', `The operation has more than ${maxTokens} tokens. Ask for less.`);
    }
    return undefined;
  }
}

type Walk = { fragments: Map<string, FragmentDefinitionNode>; sizes: Map<string, Size>; enough: number };

function sizeOf(document: DocumentNode, enough: number): Size {
  const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const walk: Walk = { fragments, sizes: new Map(), enough };
  let total = nothing;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const own = sizeOfSelections(definition.selectionSet, walk);
    const directives = own.directives + (definition.directives?.length ?? 0);
    const isRoot = definition.kind === Kind.OPERATION_DEFINITION;
    total = worst(total, { ...own, directives, rootFields: isRoot ? own.rootFields : 0, introspects: isRoot && own.introspects });
  }
  return total;
}

function worst(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
    rootFields: Math.max(a.rootFields, b.rootFields),
    fields: Math.max(a.fields, b.fields),
    introspects: a.introspects || b.introspects,
  };
}

/** `rootFields` and `introspects` are those of this level; the rest of everything below. */
function sizeOfSelections(set: SelectionSetNode, walk: Walk): Size {
  const size = { ...nothing };
  for (const selection of set.selections) {
    size.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      size.rootFields += 1;
      size.fields += 1;
      if (selection.alias) size.aliases += 1;
      if (selection.name.value === '__schema' || selection.name.value === '__type') size.introspects = true;
      const below = selection.selectionSet ? sizeOfSelections(selection.selectionSet, walk) : nothing;
      add(size, { ...below, depth: below.depth + 1, rootFields: 0, introspects: false });
    } else {
      add(size, selection.kind === Kind.INLINE_FRAGMENT ? sizeOfSelections(selection.selectionSet, walk) : sizeOfFragment(selection.name.value, walk));
    }
    if (size.fields > walk.enough) break;
  }
  return size;
}

function add(size: Size, below: Size): void {
  size.depth = Math.max(size.depth, below.depth);
  size.aliases += below.aliases;
  size.directives += below.directives;
  size.rootFields += below.rootFields;
  size.fields += below.fields;
  size.introspects ||= below.introspects;
}

/** Each fragment is walked once; one that spreads itself counts as empty here, and validation refuses it. */
function sizeOfFragment(name: string, walk: Walk): Size {
  const known = walk.sizes.get(name);
  if (known) return known;
  walk.sizes.set(name, nothing);
  const fragment = walk.fragments.get(name);
  const size = fragment ? sizeOfSelections(fragment.selectionSet, walk) : nothing;
  walk.sizes.set(name, size);
  return size;
}
