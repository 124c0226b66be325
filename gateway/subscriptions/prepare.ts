import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  separateOperations,
  validate,
} from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { type Aliases, aliasesFor } from '../aliases.ts';
import { type PlannedOperation, plannedOperation } from '../execution/planned.ts';
import { wholly } from '../incremental/directives.ts';
import { documentRules } from '../incremental/rules.ts';
import { graphsNamed, graphsOf } from '../joined.ts';
import type { Planning } from '../planning.ts';
import { coordinatesOf } from '../usage/coordinates.ts';
import { type EventSubgraph, type Primary, primaryOf, variablesIn } from './primary.ts';

/** A subscription that is checked and planned: what one event needs, whoever asks for it. */
export type Prepared = {
  /** As the client sent it. */
  asked: DocumentNode;
  /** The operation without its cursor: what subscribers with the same question share. */
  text: string;
  operationName: string | undefined;
  operation: OperationDefinitionNode;
  field: GraphQLField<unknown, unknown>;
  fieldNode: FieldNode;
  /** The event types that the field gives; undefined where its `types` argument says. */
  types: readonly string[] | undefined;
  /** Variables that only the cursor needed. */
  dropped: ReadonlySet<string>;
  /** Aliases travel under other names than the client's. */
  isRenamed: boolean;
  primary: Primary;
  /** True where a subgraph of the firm's own tells the events, and not the log. */
  isForeign: boolean;
  /** What an event costs beside its own part. */
  planned: PlannedOperation;
  planning: Planning;
  /** What it uses of the schema. */
  coordinates: readonly string[];
};

export type Asked = { document: DocumentNode; operation: OperationDefinitionNode };

/** Plans a subscription on one state of the graph, without what the actor may not have; refuses what does not fit its schema. */
export async function prepare(tools: Tools, asked: Asked, actor?: Actor): Promise<Prepared> {
  const { planning } = tools;
  const fieldNode = rootField(asked);
  const [invalid] = validate(planning.apiSchema, asked.document, documentRules);
  if (invalid) throw new Refused('VALIDATION_FAILED', invalid.message);
  const { operation } = asked;
  const field = planning.apiSchema.getSubscriptionType()?.getFields()[fieldNode.name.value];
  if (!field) throw new Refused('VALIDATION_FAILED', `There is no subscription ${fieldNode.name.value}.`);
  const isForeign = isToldByOthers(planning, fieldNode.name.value);
  // Its `after`, if there is one, means what its subgraph means by it.
  const stripped = withPlannedNames(tools, withoutArgument(asked, fieldNode, isForeign ? undefined : 'after'));
  const operationName = operation.name?.value;
  const denied = actor && planning.access.denied(stripped.document, actor);
  const { node, primary } = await planning.planner.plan({ document: wholly(denied?.document ?? stripped.document), operationName });
  if (!primary) throw new Error('a subscription was planned as something else');
  const type = getNamedType(field.type);
  return {
    asked: asked.document,
    text: print(stripped.document),
    operationName,
    operation: stripped.operation,
    field,
    fieldNode,
    types: isAbstractType(type) ? undefined : [type.name],
    dropped: stripped.dropped,
    isRenamed: stripped.isRenamed,
    primary: primaryOf(tools, primary),
    isForeign,
    planned: plannedOperation(planning, { document: stripped.document, operationName, denied }, node),
    planning,
    coordinates: coordinatesOf(planning.apiSchema, asked.document, operation),
  };
}

/** One state of the graph with what is slow to take out of it. */
export type Tools = { planning: Planning; aliases: Aliases; subgraphs: Map<string, EventSubgraph> };

/** What planning on one state of the graph needs; made once per state. */
export function toolsOf(planning: Planning): Tools {
  return { planning, aliases: aliasesFor(planning), subgraphs: new Map() };
}

/** The one field of a subscription, fragments expanded and equal fields merged. Before validation: that takes a directive with a variable for a fault. */
function rootField({ document, operation }: Asked): FieldNode {
  const [first, ...more] = rootFields(operation.selectionSet, document, new Set());
  const names = new Set([first, ...more].map((field) => field?.alias?.value ?? field?.name.value));
  if (!first || names.size > 1) throw new Refused('VALIDATION_FAILED', 'A subscription has exactly one field at its root.');
  const selections = [first, ...more].flatMap((field) => field.selectionSet?.selections ?? []);
  return first.selectionSet ? { ...first, selectionSet: { ...first.selectionSet, selections } } : first;
}

function rootFields(set: SelectionSetNode, document: DocumentNode, within: ReadonlySet<string>): FieldNode[] {
  return set.selections.flatMap((selection): FieldNode[] => {
    if (selection.directives?.length) throw new Refused('VALIDATION_FAILED', 'The root of a subscription has no directives.');
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document, within);
    const name = selection.name.value;
    const fragment = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
    // What spreads itself, or nothing, is for validation to refuse.
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || within.has(name)) return [];
    return rootFields(fragment.selectionSet, document, new Set([...within, name]));
  });
}

/** The fragments that are still spread, now that those at the root are not. */
function usedFragments(document: DocumentNode, operation: OperationDefinitionNode): FragmentDefinitionNode[] {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const [used] = Object.values(separateOperations({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }));
  return used?.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION) ?? [];
}

type Stripped = Asked & { dropped: ReadonlySet<string> };

function withPlannedNames({ aliases }: Tools, stripped: Stripped): Stripped & { isRenamed: boolean } {
  const document = aliases.renamed(stripped.document);
  const [operation] = document?.definitions ?? [];
  return document && operation?.kind === Kind.OPERATION_DEFINITION ? { ...stripped, document, operation, isRenamed: true } : { ...stripped, isRenamed: false };
}

/** True for a subscription of the firm's own subgraphs. */
function isToldByOthers({ supergraphSchema: schema, foreign }: Planning, name: string): boolean {
  const theirs = graphsNamed(schema, foreign);
  const root = schema.getSubscriptionType();
  const field = root?.getFields()[name];
  if (!root || !field || theirs.size === 0) return false;
  const graphs = graphsOf(field, 'join__field');
  return (graphs.length > 0 ? graphs : graphsOf(root, 'join__type')).every((graph) => theirs.has(graph));
}

/** Subscribers at different places of the log ask the same question once `after` is taken out of it. */
function withoutArgument({ document, operation }: Asked, fieldNode: FieldNode, left: string | undefined): Stripped {
  const field: FieldNode = { ...fieldNode, arguments: fieldNode.arguments?.filter((argument) => argument.name.value !== left) ?? [] };
  const selectionSet = { ...operation.selectionSet, selections: [field] };
  const fragments = usedFragments(document, { ...operation, selectionSet });
  const used = variablesIn([selectionSet, ...fragments]);
  const variableDefinitions = operation.variableDefinitions?.filter((each) => used.has(each.variable.name.value)) ?? [];
  const dropped = new Set(operation.variableDefinitions?.map((each) => each.variable.name.value).filter((name) => !used.has(name)));
  const stripped: OperationDefinitionNode = { ...operation, selectionSet, variableDefinitions };
  return { document: { kind: Kind.DOCUMENT, definitions: [stripped, ...fragments] }, operation: stripped, dropped };
}
