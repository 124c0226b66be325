import { parse } from 'graphql';
import { type ApolloPlanner, apolloPlanner } from './apollo.ts';
import type { Joins } from './joins.ts';
import type { Planner } from './plan.ts';

/** What planners read of a supergraph. */
export type Planned = { supergraphSdl: string; joins: Joins };

/** Plans on the thread that asks, for a supergraph that composition has checked. What the planner reads of it is made with the first plan. */
export function localPlanner({ supergraphSdl, joins }: Planned): Planner {
  let made: ApolloPlanner | undefined;
  return {
    plan: async (asked) => {
      made ??= apolloPlanner(parse(supergraphSdl, { noLocation: true }), { joins, validate: false });
      return made(asked);
    },
  };
}
