import {
  baseType,
  copyDirectiveDefinitionToSchema,
  isExecutableDirectiveLocation,
  operationFromDocument,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type FetchDataRewrite, type FetchNode, QueryPlanner, type QueryPlanSelectionNode, type PlanNode as TheirNode } from '@apollo/query-planner';
import { type ConstArgumentNode, type DirectiveNode, type DocumentNode, type FieldNode, Kind, parse, print, visit } from 'graphql';
import { withoutRules } from '../access/rules.ts';
import { checked } from './guard.ts';
import type { Joins } from './joins.ts';
import { type Mended, mended } from './mended.ts';
import { type Asked, type Entities, type Fetch, ownNameOf, type Place, type Plan, type PlanNode, type Required, type Rewrite, type Step } from './plan.ts';

/** Plans by Apollo's planner. */
export type ApolloPlanner = (asked: Asked) => Plan;

/**
 * Apollo's planner over a supergraph: a second of work, which throws when the supergraph does not load; `validate` for one that composition has not
 * checked.
 */
export function apolloPlanner(whole: DocumentNode, { joins, validate }: { joins: Joins; validate: boolean }): ApolloPlanner {
  const plain = withoutRules(whole);
  const mending = mended(plain);
  // What is mended is no supergraph that composition would make.
  if (validate) Supergraph.build(plain, { validateSupergraph: true }).subgraphs();
  const supergraph = Supergraph.build(mending.document, { validateSupergraph: false });
  // One for queries and subscriptions alike: it holds a query graph of some 40 MB.
  const planner = new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } });
  const schema = withDirectives(supergraph);
  const defaults = directiveDefaults(plain);
  return ({ document, operationName }) => {
    const operation = operationFromDocument(schema, withDefaults(document, defaults), { ...(operationName ? { operationName } : {}), validate: false });
    const { node } = planner.buildQueryPlan(operation);
    if (node?.kind !== 'Subscription') return checked({ node: node && nodeOf(mending, node, []), primary: undefined }, joins);
    const primary = fetchOf(mending, node.primary, []);
    return checked({ node: node.rest ? { kind: 'Sequence', nodes: [primary, nodeOf(mending, node.rest, [])] } : primary, primary }, joins);
  };
}

/** What operations are read with: Apollo's library takes the directives of a feature away, also those that stand in operations. */
function withDirectives(supergraph: Supergraph): Schema {
  const schema = supergraph.apiSchema().clone();
  for (const definition of supergraph.schema.directives()) {
    const isSeen = definition.arguments().every(({ type }) => type && schema.type(baseType(type).name));
    if (schema.directive(definition.name) || !definition.hasExecutableLocations() || !isSeen) continue;
    copyDirectiveDefinitionToSchema({ definition, schema, copyDirectiveApplicationsInArguments: false, locationFilter: isExecutableDirectiveLocation });
  }
  return schema;
}

type Defaults = ReadonlyMap<string, readonly ConstArgumentNode[]>;

/** What the arguments of directives are where they are left out. */
function directiveDefaults({ definitions }: DocumentNode): Defaults {
  return new Map(
    definitions.flatMap((each) => {
      if (each.kind !== Kind.DIRECTIVE_DEFINITION) return [];
      const given = (each.arguments ?? []).flatMap(({ name, defaultValue: value }) => (value ? [{ kind: Kind.ARGUMENT as const, name, value }] : []));
      return given.length > 0 ? [[each.name.value, given] as const] : [];
    }),
  );
}

/** A subgraph may know of no default that another says: it is told. */
function withDefaults(document: DocumentNode, defaults: Defaults): DocumentNode {
  if (defaults.size === 0) return document;
  const Directive = (directive: DirectiveNode): DirectiveNode | undefined => {
    const given = directive.arguments ?? [];
    const left = (defaults.get(directive.name.value) ?? []).filter(({ name }) => given.every((each) => each.name.value !== name.value));
    return left.length > 0 ? { ...directive, arguments: [...given, ...left] } : undefined;
  };
  return visit(document, { Directive });
}

function nodeOf(mending: Mended, node: TheirNode, place: Place): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((each) => nodeOf(mending, each, place)) };
    case 'Flatten':
      return nodeOf(mending, node.node, [...place, ...node.path.map(String)]);
    case 'Fetch':
      return fetchOf(mending, node, place);
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && nodeOf(mending, node.ifClause, place),
        ifFalse: node.elseClause && nodeOf(mending, node.elseClause, place),
      };
    case 'Defer':
      return {
        kind: 'Defer',
        first: node.primary.node && nodeOf(mending, node.primary.node, place),
        later: node.deferred.map((each) => ({ label: each.label ?? '', node: each.node && nodeOf(mending, each.node, place) })),
      };
  }
}

function fetchOf({ fields, subgraphs }: Mended, fetch: FetchNode, place: Place): Fetch {
  const outputRewrites = (fetch.outputRewrites ?? []).map(rewriteOf);
  const about = (requires: readonly QueryPlanSelectionNode[]): Entities => ({
    field: '_entities',
    variable: 'representations',
    places: [place],
    requires: requires.flatMap(requiredOf),
    inputRewrites: (fetch.inputRewrites ?? []).map(rewriteOf).map(byOwnNames),
    outputRewrites,
  });
  return {
    kind: 'Fetch',
    subgraph: subgraphs.get(fetch.serviceName) ?? fetch.serviceName,
    text: underArguments(fields, fetch.operation),
    operationName: fetch.operationName,
    variables: fetch.variableUsages ?? [],
    place,
    outputRewrites,
    entities: fetch.requires ? [about(fetch.requires)] : [],
  };
}

/** What a subgraph is asked, with the arguments of the fields that stand for others. */
function underArguments(fields: Mended['fields'], text: string): string {
  if (fields.size === 0) return text;
  const Field = ({ alias, name, ...field }: FieldNode): FieldNode | undefined => {
    const meant = fields.get(name.value);
    return meant && { ...field, alias: alias ?? name, name: { kind: Kind.NAME, value: meant.name }, arguments: meant.arguments };
  };
  return print(visit(parse(text, { noLocation: true }), { Field }));
}

function requiredOf(selection: QueryPlanSelectionNode): Required[] {
  if (selection.kind === 'InlineFragment') {
    if (!selection.typeCondition) return [];
    return [{ kind: 'Type', type: selection.typeCondition, selections: selection.selections.flatMap(requiredOf), when: undefined, unless: undefined }];
  }
  const from = selection.alias ?? selection.name;
  return [{ kind: 'Field', from, name: ownNameOf(from), below: selection.selections?.flatMap(requiredOf) }];
}

const onType = '... on ';

function rewriteOf(rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.map((step): Step => (step.startsWith(onType) ? { types: [step.slice(onType.length)] } : step));
  return rewrite.kind === 'ValueSetter' ? { kind: 'Set', path, value: rewrite.setValueTo } : { kind: 'Rename', path, name: rewrite.renameKeyTo };
}

/** A representation has the names that its subgraph has. */
const byOwnNames = (rewrite: Rewrite): Rewrite => ({ ...rewrite, path: rewrite.path.map((step) => (typeof step === 'string' ? ownNameOf(step) : step)) });
