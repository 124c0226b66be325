import { faultError } from '#kernel/publicError.ts';
import { addReads } from '#kernel/reads.ts';
import { inSpan } from '#kernel/span.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import type { Metrics } from '../metrics.ts';
import type { Service } from './run.ts';

type Wiring = { subgraph: string; transport: Transport; metrics: Metrics; log: Logger };

/** A subgraph as plans ask it: counted, traced, and with an answer also when its transport fails. */
export function serviceOf({ subgraph, transport, metrics, log }: Wiring): Service {
  return async ({ operation: text, operationName, variables, exchange }) => {
    const { actor, trace, headers, operation, signal, workload, reads } = exchange;
    const done = metrics.fetchSeconds.startTimer({ subgraph });
    try {
      const work = { name: `fetch ${subgraph}`, kind: 'CLIENT' as const, trace, attributes: { 'accord.subgraph': subgraph } };
      const asked = { text, variables, operationName, actor, headers, operation, signal, workload, reads };
      const answer = await inSpan(work, (inner) => transport.execute({ ...asked, trace: inner }));
      if (reads) addReads(reads, answer.reads, subgraph);
      done({ outcome: answer.errors ? 'errors' : 'ok' });
      return answer;
    } catch (error) {
      done({ outcome: 'failed' });
      log.error({ err: error, subgraph, ...idsOf(trace) }, 'a transport failed');
      return { errors: [faultError(error, trace)] };
    }
  };
}
