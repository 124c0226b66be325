import { Kind, type SelectionSetNode } from 'graphql';
import type { Joins } from './joins.ts';
import type { Entities, Fetch, Plan, PlanNode, Required } from './plan.ts';

/** A plan that is looked at before anybody carries it out: what is wrong with it is an error, and no answer. */
export function checked(plan: Plan, joins: Joins): Plan {
  if (!plan.node) throw new Error('the plan asks no subgraph');
  for (const fetch of fetchesOf(plan.node)) for (const about of fetch.entities) demandKey(joins, fetch, about);
  return plan;
}

function fetchesOf(node: PlanNode | undefined): Fetch[] {
  if (!node) return [];
  if (node.kind === 'Fetch') return [node];
  if (node.kind === 'Defer') return [node.first, ...node.later.map((each) => each.node)].flatMap(fetchesOf);
  return node.kind === 'Condition' ? [...fetchesOf(node.ifTrue), ...fetchesOf(node.ifFalse)] : node.nodes.flatMap(fetchesOf);
}

/** A subgraph finds an entity by one of its keys there; a planner once chose one that the subgraph says it cannot resolve, and the entity was null. */
function demandKey(joins: Joins, { subgraph }: Fetch, { requires, inputRewrites }: Entities): void {
  const set = inputRewrites.flatMap((change) => (change.kind === 'Set' && change.path.at(-1) === '__typename' ? [String(change.value)] : []));
  // What a representation has may come of several types that its entity is.
  const selections = requires.flatMap((required) => (required.kind === 'Type' ? required.selections : []));
  for (const required of requires) {
    if (required.kind !== 'Type') continue;
    const known = [required.type, ...set].flatMap((type) => joins.keys(subgraph, type) ?? []);
    const isKnown = [required.type, ...set].some((type) => joins.keys(subgraph, type) !== undefined);
    if (isKnown && !known.some((key) => holds(selections, key))) throw new Error(`the plan asks ${subgraph} for ${required.type} without a key of it`);
  }
}

function holds(selections: readonly Required[], key: SelectionSetNode): boolean {
  return key.selections.every((wanted) => {
    if (wanted.kind !== Kind.FIELD) return true;
    const found = selections.flatMap((each) => (each.kind === 'Field' && each.name === wanted.name.value ? [each] : []));
    return (
      found.length > 0 &&
      (!wanted.selectionSet ||
        holds(
          found.flatMap(({ below }) => below ?? []),
          wanted.selectionSet,
        ))
    );
  });
}
