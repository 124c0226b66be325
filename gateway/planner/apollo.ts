import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type FetchDataRewrite, type FetchNode, QueryPlanner, type QueryPlanSelectionNode, type PlanNode as TheirNode } from '@apollo/query-planner';
import { type DocumentNode, type FieldNode, visit } from 'graphql';
import { withoutRules } from '../access/rules.ts';
import { checked } from './guard.ts';
import type { Joins } from './joins.ts';
import type { Asked, Entities, Fetch, Place, Plan, PlanNode, Required, Rewrite, Step } from './plan.ts';

/** Plans by Apollo's planner. */
export type ApolloPlanner = (asked: Asked) => Plan;

/**
 * Apollo's planner over a supergraph: a second of work, which throws when the supergraph does not load; `validate` for one that composition has not
 * checked. Of two fields that need the same one under different arguments it fetches one: what might is refused.
 */
export function apolloPlanner(document: DocumentNode, { joins, validate }: { joins: Joins; validate: boolean }): ApolloPlanner {
  const supergraph = Supergraph.build(withoutRules(document), { validateSupergraph: validate });
  // One for queries and subscriptions alike: it holds a query graph of some 40 MB.
  const planner = new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } });
  const schema = supergraph.apiSchema();
  return ({ document: asked, operationName }) => {
    demandPlain(asked, joins.arguable);
    const operation = operationFromDocument(schema, asked, { ...(operationName ? { operationName } : {}), validate: false });
    const { node } = planner.buildQueryPlan(operation);
    if (node?.kind !== 'Subscription') return checked({ node: node && nodeOf(node, []), primary: undefined }, joins);
    const primary = fetchOf(node.primary, []);
    return checked({ node: node.rest ? { kind: 'Sequence', nodes: [primary, nodeOf(node.rest, [])] } : primary, primary }, joins);
  };
}

function demandPlain(document: DocumentNode, arguable: Joins['arguable']): void {
  const enter = ({ name: { value } }: FieldNode) => {
    if (arguable.has(value)) throw new Error(`${value} requires a field under arguments, which Apollo's planner takes for another`);
  };
  if (arguable.size > 0) visit(document, { Field: enter });
}

function nodeOf(node: TheirNode, place: Place): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((each) => nodeOf(each, place)) };
    case 'Flatten':
      return nodeOf(node.node, [...place, ...node.path.map(String)]);
    case 'Fetch':
      return fetchOf(node, place);
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && nodeOf(node.ifClause, place),
        ifFalse: node.elseClause && nodeOf(node.elseClause, place),
      };
    case 'Defer':
      return {
        kind: 'Defer',
        first: node.primary.node && nodeOf(node.primary.node, place),
        later: node.deferred.map((each) => ({ label: each.label ?? '', node: each.node && nodeOf(each.node, place) })),
      };
  }
}

function fetchOf(fetch: FetchNode, place: Place): Fetch {
  const outputRewrites = (fetch.outputRewrites ?? []).map(rewriteOf);
  const about = (requires: readonly QueryPlanSelectionNode[]): Entities => ({
    field: '_entities',
    variable: 'representations',
    places: [place],
    requires: requires.flatMap(requiredOf),
    inputRewrites: (fetch.inputRewrites ?? []).map(rewriteOf),
    outputRewrites,
  });
  return {
    kind: 'Fetch',
    subgraph: fetch.serviceName,
    text: fetch.operation,
    operationName: fetch.operationName,
    variables: fetch.variableUsages ?? [],
    place,
    outputRewrites,
    entities: fetch.requires ? [about(fetch.requires)] : [],
  };
}

function requiredOf(selection: QueryPlanSelectionNode): Required[] {
  if (selection.kind === 'InlineFragment') {
    if (!selection.typeCondition) return [];
    return [{ kind: 'Type', type: selection.typeCondition, selections: selection.selections.flatMap(requiredOf), when: undefined, unless: undefined }];
  }
  const name = selection.alias ?? selection.name;
  return [{ kind: 'Field', from: name, name, below: selection.selections?.flatMap(requiredOf) }];
}

const onType = '... on ';

function rewriteOf(rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.map((step): Step => (step.startsWith(onType) ? { types: [step.slice(onType.length)] } : step));
  return rewrite.kind === 'ValueSetter' ? { kind: 'Set', path, value: rewrite.setValueTo } : { kind: 'Rename', path, name: rewrite.renameKeyTo };
}
