import { type ByWorkload, defaultConnections, defaultStatementTimeouts, workloads } from '#kernel/workload.ts';
import type { Call } from './command.ts';
import { namedNumbers } from './namedNumbers.ts';

const written = (numbers: ByWorkload): string => workloads.map((each) => `${each}=${numbers[each]}`).join(',');

/** How long statements may take: for subgraphs, and for the gateway that waits for them. */
export const timeoutFlags = {
  'statement-timeouts': {
    type: 'string',
    value: 'MILLISECONDS',
    help: `what one SQL statement may take, by kind of work (ACCORD_STATEMENT_TIMEOUTS; default ${written(defaultStatementTimeouts)})`,
  },
} as const;

/** How many connections each kind of work has: for who opens them. */
export function connectionFlags(otherwise: ByWorkload) {
  return {
    connections: {
      type: 'string',
      value: 'NUMBERS',
      help: `database connections at most, by kind of work (ACCORD_CONNECTIONS; default ${written(otherwise)})`,
    },
  } as const;
}

type Read = Pick<Call, 'flags' | 'env'>;

export function statementTimeoutsOf({ flags, env }: Read): ByWorkload {
  return { ...defaultStatementTimeouts, ...numbersIn(flags['statement-timeouts'] ?? env.ACCORD_STATEMENT_TIMEOUTS, '--statement-timeouts') };
}

export function connectionsOf({ flags, env }: Read, otherwise: ByWorkload): ByWorkload {
  return { ...otherwise, ...numbersIn(flags.connections ?? env.ACCORD_CONNECTIONS, '--connections') };
}

/** The pools of all subgraphs of one process. */
export function poolsAt(databaseUrl: string, call: Read) {
  return { databaseUrl, connections: connectionsOf(call, defaultConnections), statementTimeouts: statementTimeoutsOf(call) };
}

function numbersIn(text: unknown, flag: '--statement-timeouts' | '--connections'): Partial<ByWorkload> {
  const refusal = (part: string) => `${part} does not fit ${flag}; write kinds of work (${workloads.join(', ')}) and whole numbers: ${workloads[1]}=10.`;
  return namedNumbers(text, { names: workloads, refusal });
}
