import {
  type BatchFetchNode,
  type FetchNode,
  type FetchRewrite,
  type FlattenNodePathSegment,
  QueryPlanner,
  type RequiresSelection,
  type PlanNode as TheirNode,
} from '@graphql-hive/router-query-planner';
import { print } from 'graphql';
import { checked } from '#gateway/planner/guard.ts';
import type { Planned } from '#gateway/planner/local.ts';
import type { Entities, Fetch, Place, PlanNode, Planner, Required, Rewrite, Step } from '#gateway/planner/plan.ts';

/** Progressive overrides are decided by nobody here: what has a label stays where it was. */
const noLabels: Set<string> = new Set();

/** Hive's planner behind the same port: plans that others made, for our executor to carry out (docs/adr/0046 says why it is not in the product). */
export function hivePlanner({ supergraphSdl, joins }: Planned): Planner {
  const theirs = new QueryPlanner(supergraphSdl);
  return {
    plan: async ({ document, operationName }) => {
      const { node } = theirs.plan(print(document), operationName, noLabels, 0);
      const first = node?.kind === 'Sequence' ? node.nodes[0] : node;
      if (node === undefined || first?.kind !== 'Subscription') return checked({ node: node && nodeOf(node, []), primary: undefined }, joins);
      const primary = fetchOf(first.primary, []);
      const rest = node.kind === 'Sequence' ? node.nodes.slice(1).map((each) => nodeOf(each, [])) : [];
      return checked({ node: rest.length > 0 ? { kind: 'Sequence', nodes: [primary, ...rest] } : primary, primary }, joins);
    },
  };
}

function nodeOf(node: TheirNode, place: Place): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map((each) => nodeOf(each, place)) };
    case 'Flatten':
      return nodeOf(node.node, [...place, ...node.path.map(stepOf)]);
    case 'Fetch':
      return fetchOf(node, place);
    case 'BatchFetch':
      return batchOf(node);
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && nodeOf(node.ifClause, place),
        ifFalse: node.elseClause && nodeOf(node.elseClause, place),
      };
    case 'Subscription':
    case 'Defer':
      throw new Error(`a plan has a node ${node.kind} where none may be`);
  }
}

const requestOf = (node: FetchNode | BatchFetchNode) => ({
  kind: 'Fetch' as const,
  subgraph: node.serviceName,
  text: node.operation,
  operationName: node.operationName,
  variables: node.variableUsages ?? [],
});

function fetchOf(fetch: FetchNode, place: Place): Fetch {
  const outputRewrites = (fetch.outputRewrites ?? []).map(rewriteOf);
  const about = (requires: readonly RequiresSelection[]): Entities => ({
    field: '_entities',
    variable: 'representations',
    places: [place],
    requires: requires.map(requiredOf),
    inputRewrites: (fetch.inputRewrites ?? []).map(rewriteOf),
    outputRewrites,
  });
  return { ...requestOf(fetch), place, outputRewrites, entities: fetch.requires ? [about(fetch.requires)] : [] };
}

/** Several questions about entities in one request. */
function batchOf(batch: BatchFetchNode): Fetch {
  const entities = batch.entityBatch.aliases.map(
    (each): Entities => ({
      field: each.alias,
      variable: each.representationsVariableName,
      places: each.paths.map((path) => path.map(stepOf)),
      requires: each.requires.map(requiredOf),
      inputRewrites: (each.inputRewrites ?? []).map(rewriteOf),
      outputRewrites: (each.outputRewrites ?? []).map(rewriteOf),
    }),
  );
  return { ...requestOf(batch), place: [], outputRewrites: [], entities };
}

function stepOf(step: FlattenNodePathSegment): Step {
  if (step === '@') return step;
  return 'Field' in step ? step.Field : { types: step.TypeCondition };
}

function requiredOf(selection: RequiresSelection): Required {
  switch (selection.kind) {
    case 'Field':
      return { kind: 'Field', from: selection.name, name: selection.alias ?? selection.name, below: selection.selections?.map(requiredOf) };
    case 'InlineFragment':
      return {
        kind: 'Type',
        type: selection.typeCondition,
        selections: selection.selections.map(requiredOf),
        when: selection.includeIf,
        unless: selection.skipIf,
      };
    case 'FragmentSpread':
      throw new Error('a plan requires a fragment that it does not have');
  }
}

function rewriteOf(rewrite: FetchRewrite): Rewrite {
  if ('KeyRenamer' in rewrite) return { kind: 'Rename', path: pathOf(rewrite.KeyRenamer.path), name: rewrite.KeyRenamer.renameKeyTo };
  const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
  return { kind: 'Set', path: pathOf(path), value: setValueTo };
}

type TheirPath = Extract<FetchRewrite, { KeyRenamer: unknown }>['KeyRenamer']['path'];

const pathOf = (path: TheirPath): Place => path.map((step): Step => ('Key' in step ? step.Key : { types: step.TypenameEquals }));
