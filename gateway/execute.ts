import type { ApolloServerOptions } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql';
import { Refused } from '#kernel/errors.ts';
import type { Budget } from './cost/budget.ts';
import { charge } from './cost/limit.ts';
import type { Exchange } from './exchange.ts';
import { carryOut } from './execution/carry.ts';
import { plannedFor } from './execution/planned.ts';
import type { Graph } from './graph.ts';
import type { Limits } from './limits.ts';
import type { Planning } from './planning.ts';

type Gateway = NonNullable<ApolloServerOptions<Exchange>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type Listener = Parameters<Gateway['onSchemaLoadOrUpdate']>[0];

type Parts = { graph: Graph; limits: Pick<Limits, 'cost'>; budget: Budget };

/** The graph in the form in which Apollo Server executes queries and mutations on it. */
export function apolloGateway({ graph, limits, budget }: Parts): Gateway {
  // An operation is planned on the state that it was validated on, also when the next one has come meanwhile.
  const states = new WeakMap<GraphQLSchema, Planning>();
  const listeners = new Set<Listener>();
  const tell = () => {
    const planning = graph.planning();
    states.set(planning.apiSchema, planning);
    for (const listener of listeners) listener({ apiSchema: planning.apiSchema, coreSupergraphSdl: planning.supergraphSdl });
  };
  const stack = new DisposableStack();
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: async () => {
      stack.defer(graph.onReload(tell));
      tell();
      return { executor: executorOf({ graph, limits, budget }, (schema) => states.get(schema) ?? graph.planning()) };
    },
    stop: async () => stack.dispose(),
  };
}

function executorOf({ graph, limits, budget }: Parts, stateOf: (schema: GraphQLSchema) => Planning): Executor {
  return async ({ request, document, operation, queryHash, schema, context }) => {
    const planning = stateOf(schema);
    const { operationName, variables: given = {} } = request;
    const { coerced: variables, errors: refused } = getVariableValues(planning.apiSchema, operation.variableDefinitions ?? [], given);
    if (refused) return { errors: refused };
    const asking = context as Exchange;
    const charged = await refusalOf(() => charge({ limits, budget }, planning, { document, operation, variables, exchange: asking }));
    if (charged instanceof GraphQLError) return { errors: [charged] };
    const exchange: Exchange = { ...asking, workload: charged.workload };
    const denied = planning.access.denied(document, exchange.actor);
    const planned = await plannedFor(planning, { queryHash, text: request.query ?? '', document, operationName, variables, denied });
    const { services } = graph.waysOf(planning);
    const { data, errors, faults } = await carryOut({ planning, planned, services, exchange, given, variables });
    return { data, ...(errors.length > 0 ? { errors } : {}), ...(faults.length > 0 ? { extensions: { valueCompletion: faults } } : {}) };
  };
}

/** Apollo Server masks what is thrown here; a refusal is an answer. */
async function refusalOf<Value>(demand: () => Promise<Value>): Promise<Value | GraphQLError> {
  try {
    return await demand();
  } catch (error) {
    if (error instanceof Refused) return new GraphQLError(error.message, { extensions: { code: error.code, retryAfterMs: error.retryAfterMs } });
    throw error;
  }
}
