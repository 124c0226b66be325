import { Agent, request } from 'node:http';

/** Who asks, and how many bytes the answer must have. */
export type Client = { token: string; length: number };

/** What the load generator is told to do. It ends by time or by number, whichever comes first. `{{n}}` in the body is another number each time. */
export type Job = { url: string; body: string; clients: readonly Client[]; connections: number; seconds: number; most: number };

/** Latencies in milliseconds. A wrong answer counts as a failure, not as a request. */
export type Outcome = { requests: number; failures: number; seconds: number; p50: number; p99: number; longest: number };

/** Keeps every connection busy with one request after the other, the clients in turn. */
export async function generate(job: Job): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections });
  const latencies: number[] = [];
  const state = { sent: 0, failures: 0 };
  const begun = performance.now();
  const end = begun + job.seconds * 1000;
  const connection = async () => {
    while (performance.now() < end && state.sent < job.most) {
      const n = state.sent++;
      const client = job.clients[n % job.clients.length];
      const body = job.body.includes('{{n}}') ? job.body.replaceAll('{{n}}', String(n)) : job.body;
      const asked = performance.now();
      if (client && (await ask({ url: job.url, body, agent }, client))) latencies.push(performance.now() - asked);
      else state.failures += 1;
    }
  };
  await Promise.all(Array.from({ length: job.connections }, connection));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { requests: latencies.length, failures: state.failures, seconds, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

/** True when the answer is what it was before the load. */
function ask({ url, body, agent }: { url: string; body: string; agent: Agent }, { token, length }: Client): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const asking = request(url, { method: 'POST', agent, headers, timeout: 60_000 }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on('end', () => resolve(response.statusCode === 200 && size === length));
      response.on('error', () => resolve(false));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end(body);
  });
}

// As a process of its own: jobs come and outcomes go over its channel, and it ends with the bench.
if (process.send) {
  process.on('message', (job: Job) => void generate(job).then((outcome) => process.send?.(outcome)));
  process.on('disconnect', () => process.exit(0));
}
