import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  TypeMetaFieldDef,
} from 'graphql';
import type { Rule } from '../access/rules.ts';
import type { Denied } from '../access/verdict.ts';
import { deferredAs } from '../incremental/deferring.ts';
import { isIncluded } from './conditions.ts';
import { meets } from './typeCondition.ts';

/** One field of an answer: what the client calls it, and what may stand there. */
export type ShapeField = {
  name: string;
  field: string;
  /** Undefined for __typename and for introspection. */
  type: GraphQLOutputType | undefined;
  nodes: readonly FieldNode[];
  below: Shape | undefined;
  /** The rule that whoever asks does not meet. */
  denied: Rule | undefined;
};

/** What the client selected of a thing, by the type that it turns out to have. */
export type Shape = {
  fieldsOf(type: GraphQLCompositeType): readonly ShapeField[];
  /** What is answered later. */
  laterOf(type: GraphQLCompositeType): readonly ShapeLater[];
};

/** A part of an answer that comes later. */
export type ShapeLater = { label: string; shape: Shape };

export type Selected = {
  schema: GraphQLSchema;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Of them only those that directives ask for count. */
  variables: Readonly<Record<string, unknown>>;
  denied?: Denied | undefined;
  /** The document says by labels of ours what is answered later; else all of it is answered at once. */
  defers?: boolean | undefined;
};

/** Made for one state of the conditions; the types that are met are remembered. */
export function shapeOf(selected: Selected, selections: readonly (readonly SelectionNode[])[]): Shape {
  const known = new Map<GraphQLCompositeType, OnType>();
  const on = (type: GraphQLCompositeType): OnType => {
    const made = known.get(type) ?? shapeOn(selected, type, selections);
    known.set(type, made);
    return made;
  };
  return { fieldsOf: (type) => on(type).fields, laterOf: (type) => on(type).later };
}

type OnType = { fields: readonly ShapeField[]; later: readonly ShapeLater[] };

function shapeOn(selected: Selected, type: GraphQLCompositeType, selections: readonly (readonly SelectionNode[])[]): OnType {
  const nodes = new Map<string, FieldNode[]>();
  const later: ShapeLater[] = [];
  for (const each of selections) gather({ selected, type, nodes, later, spread: new Set() }, each);
  const fields = [...nodes].flatMap(([name, own]) => {
    const field = own[0]?.name.value ?? '';
    const output = typeOf(type, field);
    if (output === undefined && !isMeta(field)) return [];
    const composite = output && isCompositeType(getNamedType(output));
    const inner = own.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet.selections] : []));
    const denied = selected.denied?.fields.get(`${type.name}.${field}`);
    return [{ name, field, type: output, nodes: own, below: composite ? shapeOf(selected, inner) : undefined, denied }];
  });
  return { fields, later };
}

const isMeta = (field: string) => field === '__typename' || field === SchemaMetaFieldDef.name || field === TypeMetaFieldDef.name;

function typeOf(type: GraphQLCompositeType, field: string): GraphQLOutputType | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
}

type Gathering = { selected: Selected; type: GraphQLCompositeType; nodes: Map<string, FieldNode[]>; later: ShapeLater[]; spread: Set<string> };

/** As a GraphQL server collects fields, on a type that is known. */
function gather(gathering: Gathering, selections: readonly SelectionNode[]): void {
  const { selected, nodes, later, spread } = gathering;
  for (const selection of selections) {
    if (!isIncluded(selection, selected.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const same = nodes.get(name);
      if (same) same.push(selection);
      else nodes.set(name, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (!fits(gathering, selection.typeCondition?.name.value)) continue;
      const label = selected.defers ? deferredAs(selection) : undefined;
      if (label === undefined) gather(gathering, selection.selectionSet.selections);
      else later.push({ label, shape: shapeOf(selected, [selection.selectionSet.selections]) });
    } else {
      const name = selection.name.value;
      const fragment = selected.fragments[name];
      if (!fragment || spread.has(name)) continue;
      spread.add(name);
      if (fits(gathering, fragment.typeCondition.name.value)) gather(gathering, fragment.selectionSet.selections);
    }
  }
}

function fits({ selected: { schema }, type }: Gathering, condition: string | undefined): boolean {
  return condition === undefined || meets(schema, type.name, condition);
}
