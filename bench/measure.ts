import type { Job, Outcome } from './load.ts';
import { obedient } from './obedient.ts';
import { cpuOf, cpuOfTree } from './proc.ts';
import type { Served } from './topology.ts';

/** One measurement of one topology. CPU is milliseconds per request. */
export type Measurement = { requestsPerSecond: number; p50: number; p99: number; longest: number; requests: number; cpu: Cpu };

/** In process, the gateway's process is also that of the subgraphs. */
export type Cpu = { gateway: number; subgraphs: number; postgres: number; total: number };

export type Load = (job: Job) => Promise<Outcome>;

/** The load generator in a process of its own, which ends with the stack. */
export function loadProcess(stack: AsyncDisposableStack): Load {
  return obedient<Job, Outcome>(stack, './load.ts', 'The load generator');
}

type Wanted = { topology: Served; postgres: number; load: Load; job: Omit<Job, 'url'> };

/** Puts the load on a topology and reads what its processes spent on it. */
export async function measure({ topology, postgres, load, job }: Wanted): Promise<Measurement> {
  const spent = () => ({
    gateway: cpuOf(topology.gateway),
    subgraphs: Object.values(topology.subgraphs).reduce((sum, pid) => sum + cpuOf(pid), 0),
    postgres: cpuOfTree(postgres),
  });
  const before = spent();
  const { requests, failures, seconds, ...latency } = await load({ ...job, url: topology.url });
  const after = spent();
  if (failures > 0) throw new Error(`${failures} of ${requests + failures} answers over ${topology.name} were wrong or missing.`);
  const each = (name: keyof typeof after) => (after[name] - before[name]) / requests;
  const cpu = { gateway: each('gateway'), subgraphs: each('subgraphs'), postgres: each('postgres') };
  return { requestsPerSecond: requests / seconds, requests, ...latency, cpu: { ...cpu, total: cpu.gateway + cpu.subgraphs + cpu.postgres } };
}
