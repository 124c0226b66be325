// Stock @apollo/gateway in @apollo/server, as its manual has it.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError } from 'graphql';
import { customersOf, say, settings } from './serving.js';

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(settings.supergraph, 'utf8'),
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource({
      url,
      willSendRequest: ({ request, context }) => request.http.headers.set('authorization', context.authorization ?? ''),
    }),
});

const { url } = await startStandaloneServer(new ApolloServer({ gateway, introspection: false }), {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => {
    const { authorization } = req.headers;
    if (!(await customersOf(authorization))) throw new GraphQLError('No good token.', { extensions: { http: { status: 401 } } });
    return { authorization };
  },
});
say(new URL(url).port);
