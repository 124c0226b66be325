import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Workload } from '#kernel/workload.ts';
import { contractNames, contractOf } from '../contracts.ts';
import type { Exchange } from '../exchange.ts';
import type { Planning } from '../planning.ts';
import type { Budget } from './budget.ts';

/** Who asks: on which contract, or on the whole graph. */
export const callers = [...contractNames, 'whole'] as const;
export type Caller = (typeof callers)[number];

/** What one operation may cost, by who asks. */
export type CostLimits = Readonly<Record<Caller, number>>;

/** Strangers' programs are told sooner; what it really comes to is counted for all (execution/amount.ts). */
export const defaultCostLimits: CostLimits = { portal: 1_000_000, partner: 1_000_000, psa: 2_500_000, analytics: 2_500_000, whole: 2_500_000 };

/** What an operation was reckoned to cost, what it might have, and what is left of the budget where there is one. */
export type Charged = { requested: number; limit: number; remaining?: number };

type Asked = { document: DocumentNode; operation: OperationDefinitionNode; variables: Readonly<Record<string, unknown>>; actor: Actor };

/** Refuses what would cost more than the caller may ask for, before anything of it runs. */
export function demandCost({ costs }: Pick<Planning, 'costs'>, { document, operation, variables, actor }: Asked, limits: CostLimits): Charged {
  const requested = costs.of(document, operation)(variables);
  const limit = limits[contractOf(actor) ?? 'whole'];
  if (requested <= limit) return { requested, limit };
  throw new Refused(
    'COST_LIMIT',
    `The operation would cost ${requested}, and may cost ${limit}. Ask for smaller pages (first, last), or for fewer lists in lists.`,
  );
}

type Charging = { limits: { cost: CostLimits }; budget: Budget };
type Charge = Omit<Asked, 'actor'> & { exchange: Pick<Exchange, 'actor' | 'place' | 'onSpent'> };

/** The same; waits for its turn among its kind of work, and takes its cost from the budget of whoever asks. */
export async function charge(
  { limits, budget }: Charging,
  planning: Pick<Planning, 'costs' | 'workloads'>,
  { exchange, ...asked }: Charge,
): Promise<{ cost: Charged; workload: Workload }> {
  const { actor, place } = exchange;
  const { document, operation, variables } = asked;
  const cost = demandCost(planning, { ...asked, actor }, limits.cost);
  const workload = planning.workloads(document, operation)({ actor, variables, cost: cost.requested });
  await place?.become(workload);
  const standing = await budget.spend(actor, cost.requested);
  if (!standing) return { cost, workload };
  exchange.onSpent?.(standing);
  return { cost: { ...cost, remaining: standing.remaining }, workload };
}

/** True for a client that asks what its operations cost. */
export function wantsCost({ headers = {} }: Pick<Exchange, 'headers'>): boolean {
  return headers['x-accord-cost'] !== undefined;
}

/** An answer that says in its extensions what it was reckoned to cost. */
export function withCost(text: string, cost: Charged): string {
  const answer: { extensions?: Record<string, unknown> } = JSON.parse(text);
  return `${JSON.stringify({ ...answer, extensions: { ...answer.extensions, cost } })}\n`;
}
