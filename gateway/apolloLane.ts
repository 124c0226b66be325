import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { inSpan } from '#kernel/span.ts';
import { answerType } from './accept.ts';
import { aliasPlugin } from './aliases.ts';
import { doorError, errorPlugin } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { apolloGateway } from './execute.ts';
import type { Graph } from './graph.ts';
import { incrementalRules } from './incremental/rules.ts';
import { introspectionPlugin } from './introspection.ts';
import type { DocumentStore } from './memory.ts';
import type { Metrics } from './metrics.ts';
import type { HttpOperation, Lane, OperationParts } from './operations.ts';
import { knowsSchema } from './schemaAccess.ts';

/** Apollo Server over the federated graph: whatever is asked, also what is wrong, has its answer here. */
export async function apolloLane(parts: OperationParts): Promise<Lane> {
  const server = apolloServer(parts);
  await server.start();
  return {
    run: async ({ method, search, accept, body, exchange }: HttpOperation) => {
      // The token itself stays at the door; its presence is what shows that no foreign page sent this.
      const headers = new HeaderMap([
        ['content-type', 'application/json'],
        ['authorization', 'present'],
      ]);
      if (accept !== undefined) headers.set('accept', accept);
      await using operation = new AsyncDisposableStack();
      const answer = await inSpan({ name: 'request', trace: exchange.trace }, (trace) => {
        const context = async () => ({ ...exchange, trace, operation });
        return server.executeHTTPGraphQLRequest({ httpGraphQLRequest: { method, headers, search, body }, context });
      });
      const answered = answer.body.kind === 'complete' ? answer.body.string : '';
      const status = answer.status ?? 200;
      return {
        status,
        type: answer.headers.get('content-type') ?? 'application/json',
        text: status < 400 ? answered : cleaned(answered, exchange, knowsSchema(parts, exchange.actor)),
        headers: allow(answer.headers),
      };
    },
    close: () => server.stop(),
  };
}

function apolloServer(parts: OperationParts): ApolloServer<Exchange> {
  const { graph, contracts, metrics, log, limits } = parts;
  return new ApolloServer<Exchange>({
    gateway: apolloGateway(parts),
    introspection: true,
    nodeEnv: 'production',
    csrfPrevention: { requestHeaders: ['authorization'] },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    // The error plugin does it, for those who may not know the schema.
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [...incrementalRules],
    validationOptions: { maxErrors: 5 },
    documentStore: documentsOf(graph),
    logger: { debug: () => undefined, info: () => undefined, warn: (message) => log.warn(String(message)), error: (message) => log.error(String(message)) },
    plugins: [
      errorPlugin({ log, hints: (actor) => knowsSchema(parts, actor) }),
      onlyQueriesAndMutations,
      introspectionPlugin(contracts),
      aliasPlugin(graph),
      statusPlugin,
      timingPlugin(metrics),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Those of the present state: others are validated anew. */
function documentsOf({ planning }: Graph): DocumentStore {
  return {
    get: (key) => planning().documents.get(key),
    set: (key, document) => planning().documents.set(key, document),
    delete: (key) => planning().documents.delete(key),
  };
}

const answeredWith200 = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE']);

/** Apollo's gateway takes these for faults of its own. */
const onlyQueriesAndMutations: ApolloServerPlugin<Exchange> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (!operation) throw misdirected('The document has no such operation. With several, operationName says which one.');
      if (operation.operation === 'subscription')
        throw misdirected(
          'Subscriptions come over WebSocket (graphql-transport-ws), or with Accept: text/event-stream or multipart/mixed;subscriptionSpec=1.0.',
        );
    },
  }),
};

function misdirected(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
}

/** GraphQL over HTTP: under application/json a well-formed request is answered with 200, also when its operation is refused. */
const statusPlugin: ApolloServerPlugin<Exchange> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response, errors }) => {
      const plain = answerType(request.http?.headers.get('accept')) !== 'application/graphql-response+json';
      if (plain && response.http.status === 400 && errors?.every((error) => answeredWith200.has(error.extensions.code))) response.http.status = 200;
    },
  }),
};

function timingPlugin(metrics: Metrics): ApolloServerPlugin<Exchange> {
  return {
    requestDidStart: async () => {
      const done = metrics.startRequest();
      return {
        willSendResponse: async ({ operation, response, contextValue }) =>
          void done({ operation: operation?.operation ?? 'none', status: response.http.status ?? 200 }, contextValue.trace),
      };
    },
  };
}

/** Requests that never became an operation are refused by Apollo without our plugins. */
function cleaned(text: string, { trace }: Exchange, hints: boolean): string {
  const result: { errors?: GraphQLFormattedError[] } = JSON.parse(text);
  return JSON.stringify({ ...result, errors: result.errors?.map((error) => doorError(error, { trace, hints })) });
}

function allow(headers: HeaderMap): Record<string, string> {
  const methods = headers.get('allow');
  return methods ? { allow: methods } : {};
}
