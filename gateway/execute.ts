import { operationFromDocument } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { ApolloServerOptions } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, getVariableValues } from 'graphql';
import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import type { Planning } from './planning.ts';

type Gateway = NonNullable<ApolloServerOptions<Exchange>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** The graph in the form in which Apollo Server executes queries and mutations on it. */
export function apolloGateway(graph: Graph): Gateway {
  // An operation is planned on the state that it was validated on, also when the next one has come meanwhile.
  const states = new WeakMap<GraphQLSchema, Planning>();
  const heard = (listener: Parameters<Gateway['onSchemaLoadOrUpdate']>[0]) => {
    const planning = graph.planning();
    states.set(planning.apiSchema, planning);
    listener({ apiSchema: planning.apiSchema, coreSupergraphSdl: planning.supergraphSdl });
  };
  const listeners = new Set<Parameters<Gateway['onSchemaLoadOrUpdate']>[0]>();
  let stop: (() => void) | undefined;
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: async () => {
      const tell = () => listeners.forEach(heard);
      stop = graph.onReload(tell);
      tell();
      return { executor: executorOf(graph, (schema) => states.get(schema) ?? graph.planning()) };
    },
    stop: async () => stop?.(),
  };
}

function executorOf({ services }: Graph, stateOf: (schema: GraphQLSchema) => Planning): Executor {
  return async (visit) => {
    const { request, document, queryHash, schema } = visit;
    const planning = stateOf(schema);
    const { operationName, variables = {} } = request;
    const context = buildOperationContext({ schema: planning.apiSchema, operationDocument: document, ...(operationName ? { operationName } : {}) });
    const { errors } = getVariableValues(planning.apiSchema, context.operation.variableDefinitions ?? [], variables);
    if (errors) return { errors };
    const plan = planFor(planning, { key: `${queryHash} ${operationName ?? ''}`, document, operationName });
    return executeQueryPlan(plan, services, visit, context, planning.supergraphSchema, planning.clientSchema);
  };
}

type Wanted = { key: string; document: DocumentNode; operationName: string | undefined };

function planFor({ plans, planner, clientSchema }: Planning, { key, document, operationName }: Wanted): QueryPlan {
  const known = plans.get(key);
  if (known) return known;
  const plan = planner.buildQueryPlan(operationFromDocument(clientSchema, document, { ...(operationName ? { operationName } : {}), validate: false }));
  plans.set(key, plan, JSON.stringify(plan).length);
  return plan;
}
