import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { type ContractName, contractOf } from '../contracts.ts';
import type { Exchange } from '../exchange.ts';
import type { Planning } from '../planning.ts';

/** Who asks: on which contract, or on the whole graph. */
type Caller = ContractName | 'whole';

/** What one operation may cost, by who asks. */
export type CostLimits = Readonly<Record<Caller, number>>;

/** Strangers' programs are told sooner; what it really comes to is counted for all (execution/amount.ts). */
export const defaultCostLimits: CostLimits = { portal: 250_000, partner: 250_000, psa: 2_500_000, analytics: 2_500_000, whole: 2_500_000 };

/** What an operation was reckoned to cost, and what it might have. */
export type Charged = { requested: number; limit: number };

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

/** True for a client that asks what its operations cost. */
export function wantsCost({ headers = {} }: Pick<Exchange, 'headers'>): boolean {
  return headers['x-accord-cost'] !== undefined;
}

/** An answer that says in its extensions what it was reckoned to cost. */
export function withCost(text: string, cost: Charged): string {
  const answer: { extensions?: Record<string, unknown> } = JSON.parse(text);
  return `${JSON.stringify({ ...answer, extensions: { ...answer.extensions, cost } })}\n`;
}
