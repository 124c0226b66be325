// @graphql-hive/gateway, with its own planner, or with the one written in Rust.
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { customersOf, listen, settings } from './serving.js';

const planner = settings.planner === 'rust' ? { unifiedGraphHandler: (await import('@graphql-hive/router-runtime')).unifiedGraphHandler } : {};
const runtime = createGatewayRuntime({
  supergraph: settings.supergraph,
  logging: false,
  skipValidation: false,
  propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }) },
  ...planner,
});

listen(
  createServer(async (request, response) => {
    if (await customersOf(request.headers.authorization)) return runtime(request, response);
    response.writeHead(401).end();
  }),
);
