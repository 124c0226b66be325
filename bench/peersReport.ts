import { machine, medians, ratio, table } from './figures.ts';
import type { Measurement } from './measure.ts';
import type { PeersFound, PeersWish, Remembered, Step, Taken } from './peers.ts';

/** All tables of one run. */
export function peersReport({ steps, memory, absent, customers }: PeersFound, { scale, rounds, seconds }: PeersWish): string {
  const { cores, node, loadAverage } = machine();
  return [
    '',
    `Scale ${scale}, ${customers} customers in turn. Medians of ${rounds} alternating rounds of ${seconds} s. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    ...steps.flatMap((step) => ['', heading(step), table(rowsOf(step)), ...targets(step)]),
    '',
    table([['memory (RSS), MiB', 'at rest', 'after', 'peak', 'subgraphs after'], ...memory.map(memoryLine)]),
    ...(absent.length > 0 ? ['', 'Not measured:', ...absent.map(({ name, reason }) => `- ${name}: ${reason}`)] : []),
    '',
    'CPU: milliseconds per request of the server itself, of the processes behind it, of PostgreSQL. The relay that signs for the gateways of others is in none of them.',
    '',
  ].join('\n');
}

function heading({ question, connections, alone }: Step): string {
  return `${question}, ${connections} ${connections === 1 ? 'connection' : 'connections'}${alone ? ': the gateway alone, with kept answers behind it' : ''}`;
}

function rowsOf({ taken, alone }: Step): string[][] {
  const head = alone
    ? ['', 'req/s', 'p50 ms', 'p99 ms', 'CPU']
    : ['', 'req/s', 'p50 ms', 'p99 ms', 'server', 'others', 'PostgreSQL', 'together', 'statements', 'fetches'];
  return [head, ...taken.map((each) => rowOf(each, alone))];
}

function rowOf({ peer, rounds, statements, fetches }: Taken, alone: boolean): string[] {
  const { requestsPerSecond, p50, p99, cpu } = medians(rounds);
  const figures = [requestsPerSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), cpu.gateway.toFixed(2)];
  if (alone) return [peer, ...figures];
  const behind = [cpu.subgraphs > 0 ? cpu.subgraphs.toFixed(2) : '', cpu.postgres.toFixed(2), cpu.total.toFixed(2)];
  return [peer, ...figures, ...behind, statements.toFixed(1), fetches > 0 ? fetches.toFixed(1) : ''];
}

/** What this project wants to be, as ratios of neighbouring rounds. */
function targets({ question, alone, taken }: Step): string[] {
  if (question !== 'portal' || alone) return [];
  const of = (name: string) => taken.find(({ peer }) => peer.startsWith(name))?.rounds;
  const own = of('Accord in process');
  const speed = ({ requestsPerSecond }: Measurement) => requestsPerSecond;
  const cpu = ({ cpu: { total } }: Measurement) => total;
  const told = ['PostGraphile', 'by hand', 'one statement'].flatMap((name) => {
    const other = of(name);
    return own && other ? [`${name}: req/s ${ratio(own, other, speed).toFixed(2)}, CPU together ${ratio(own, other, cpu).toFixed(2)}`] : [];
  });
  return told.length > 0 ? [`Accord in process over ${told.join('; ')}`] : [];
}

function memoryLine({ name, atRest, after, peak, subgraphs }: Remembered): string[] {
  return [name, String(atRest), String(after), String(peak), subgraphs > 0 ? String(subgraphs) : ''];
}
