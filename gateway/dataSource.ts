import type { GraphQLDataSource } from '@apollo/gateway';
import { faultError } from '#kernel/publicError.ts';
import { inSpan } from '#kernel/span.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import type { Exchange } from './exchange.ts';
import type { Metrics } from './metrics.ts';
import { distinct, spread } from './representations.ts';

type Request = Parameters<GraphQLDataSource['process']>[0];
type Response = Awaited<ReturnType<GraphQLDataSource['process']>>;

type Wiring = { subgraph: string; transport: Transport; metrics: Metrics; log: Logger };

/** A subgraph as the gateway's executor sees it: plans in, transport out. Each entity of a fetch is asked for once. */
export class TransportDataSource implements GraphQLDataSource {
  readonly #wiring: Wiring;

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
  }

  async process(options: Request): Promise<Response> {
    // The gateway calls with another context only for health checks that we do not ask for.
    const exchange = options.context as Exchange;
    const { query, variables, operationName } = options.request;
    const { actor, trace, operation, signal } = exchange;
    const request: TransportRequest = { text: query ?? '', variables, operationName, actor, trace, operation, signal };
    const unique = distinct(variables?.representations);
    if (unique) request.variables = { ...variables, representations: unique.representations };
    const answer = await this.#ask(request);
    return (unique ? spread(answer, unique) : answer) as Response;
  }

  async #ask(request: TransportRequest): Promise<TransportAnswer> {
    const { subgraph, transport, metrics, log } = this.#wiring;
    const done = metrics.fetchSeconds.startTimer({ subgraph });
    try {
      const work = { name: 'fetch', trace: request.trace, attributes: { 'accord.subgraph': subgraph } };
      const answer = await inSpan(work, (trace) => transport.execute({ ...request, trace }));
      done({ outcome: answer.errors ? 'errors' : 'ok' });
      return answer;
    } catch (error) {
      done({ outcome: 'failed' });
      log.error({ err: error, subgraph, correlationId: request.trace.correlationId }, 'a transport failed');
      return { errors: [faultError(error, request.trace)] };
    }
  }
}
