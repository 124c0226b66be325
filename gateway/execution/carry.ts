import { GraphQLError } from 'graphql';
import { Refused } from '#kernel/errors.ts';
import { wanting } from '../access/holder.ts';
import type { Exchange } from '../exchange.ts';
import type { PlanNode } from '../planner/plan.ts';
import type { Planning } from '../planning.ts';
import { type Before, type Completed, complete, type Part, placeName } from './complete.ts';
import type { PlannedOperation } from './planned.ts';
import type { Row } from './row.ts';
import { type Running, run, type Services } from './run.ts';

export type Carrying = {
  planning: Planning;
  planned: PlannedOperation;
  services: Services;
  exchange: Exchange;
  given: Readonly<Record<string, unknown>>;
  variables: Readonly<Record<string, unknown>>;
};

/** `faults` are places where the subgraphs gave null, or nonsense, and the schema has something: whoever answers says what they mean. */
export type Carried = { data: Row | null; errors: GraphQLError[]; faults: GraphQLError[] };

/** Carries out a planned operation. What a subgraph refuses, or fails at, is an error at its place; the rest is there. */
export async function carryOut(carrying: Carrying): Promise<Carried> {
  const { planned } = carrying;
  if (planned.refused) return { data: null, errors: [planned.refused], faults: [] };
  const running = runningFor(carrying);
  if (planned.node) await run(running, planned.node);
  const { data, errors, faults } = answered(
    carrying,
    { running, before: { things: 0, fallen: undefined }, errors: running.errors },
    wholeOf(carrying, running),
  );
  return { data, errors, faults };
}

/** One part of an answer that may have several. */
export type AnsweredPart = Carried & { part: Pick<Part, 'label' | 'path'> };
/** Parts that are told together: the first by itself, then those of one label; each with the parts that come later because of it. */
export type Delivery = { answers: readonly AnsweredPart[]; announced: readonly Pick<Part, 'label' | 'path'>[]; hasNext: boolean };

/**
 * The same for one of which parts come later. A part is asked for once the answer before it is there, beside the others that wait for the same, and
 * nothing of it is asked where nothing is there that it is a part of.
 */
export async function carryOutInParts(carrying: Carrying, tell: (delivery: Delivery) => void): Promise<void> {
  const { planned } = carrying;
  if (planned.refused)
    return tell({ answers: [{ part: { label: undefined, path: [] }, data: null, errors: [planned.refused], faults: [] }], announced: [], hasNext: false });
  const running = runningFor(carrying);
  const later = new Map<string, PlanNode | undefined>();
  const first = firstOf(planned.node, later);
  const state: Delivering = { carrying, before: { things: 0, fallen: new Set() }, later, tell, open: 0 };
  if (first) await run(running, first);
  await deliver(state, running, [wholeOf(carrying, running)]);
}

type Delivering = { carrying: Carrying; before: Before; later: ReadonlyMap<string, PlanNode | undefined>; tell: (delivery: Delivery) => void; open: number };

/** What is asked for at once; the rest is put where it is found by its label. */
function firstOf(node: PlanNode | undefined, later: Map<string, PlanNode | undefined>): PlanNode | undefined {
  if (node?.kind !== 'Defer') return node;
  for (const each of node.later) later.set(each.label, firstOf(each.node, later));
  return node.first;
}

/** Tells parts for which all was fetched, and goes on with what comes later of them. */
async function deliver(state: Delivering, running: Running, parts: readonly Part[]): Promise<void> {
  const { carrying, before } = state;
  const errors = errorsByPart(running.errors, parts);
  const completed = parts.map((part) => ({ part, ...answered(carrying, { running, before, errors: errors.get(part) ?? [] }, part) }));
  const next = Map.groupBy(
    completed.flatMap(({ later }) => later),
    ({ label }) => label ?? '',
  );
  state.open += next.size;
  state.tell({ answers: completed, announced: [...next.values()].flat(), hasNext: state.open > 0 });
  await Promise.all(
    [...next].map(async ([label, waiting]) => {
      const inner: Running = { ...running, errors: [], shares: true };
      const node = state.later.get(label);
      if (node) await run(inner, node);
      state.open -= 1;
      await deliver(state, inner, waiting);
    }),
  );
}

/** What stands at no part's place, such as that a subgraph did not answer, is told with the first. */
function errorsByPart(errors: readonly GraphQLError[], parts: readonly Part[]): Map<Part | undefined, GraphQLError[]> {
  const isIn = ({ path = [] }: GraphQLError, part: Part) => part.path.every((step, index) => path[index] === step);
  return Map.groupBy(errors, (error) => parts.find((part) => isIn(error, part)) ?? parts[0]);
}

function runningFor({ planning, services, exchange, given, variables }: Carrying): Running {
  return { schema: planning.supergraphSchema, services, exchange, given, variables, root: Object.create(null), errors: [], gaps: false };
}

function wholeOf({ planning, planned, variables }: Carrying, { root: row }: Running): Part {
  const type = planning.apiSchema.getRootType(planned.operation.operation);
  if (!type) throw new Error('the schema has no such operation');
  return { label: undefined, path: [], row, type, shape: planned.shape(variables) };
}

type Fetched = { running: Running; before: Before; errors: readonly GraphQLError[] };

function answered({ planning, planned, exchange, variables }: Carrying, { running, before, errors }: Fetched, part: Part): Carried & Pick<Completed, 'later'> {
  const { operation, fragments, denied } = planned;
  // Subgraphs of the firm's own may leave out what they do not have.
  const isWhole = !running.gaps && planning.foreign.size === 0;
  const completing = { schema: planning.apiSchema, fragments, variables, operation, denied, isWhole, before };
  if (hasFallen(before, part)) return { data: null, errors: [], faults: [], later: [] };
  const completed = completedOr(() => complete(completing, part));
  if (completed instanceof GraphQLError) return { data: null, errors: [completed], faults: [], later: [] };
  const { data, faults, denials, forgotten, later } = completed;
  const told = denials.map(({ rule, path }) => new GraphQLError(wanting(exchange.actor, rule), { path, extensions: { code: 'FORBIDDEN' } }));
  return { data, faults, errors: [...errors, ...forgotten, ...told], later };
}

/** What stood where a part belongs is null meanwhile, by another part that came before it. */
function hasFallen({ fallen }: Before, { path }: Part): boolean {
  return fallen !== undefined && fallen.size > 0 && path.some((_, index) => fallen.has(placeName(path.slice(0, index + 1))));
}

/** An answer that is too large is none at all. */
function completedOr(work: () => Completed): Completed | GraphQLError {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return new GraphQLError(error.message, { originalError: error });
    throw error;
  }
}
