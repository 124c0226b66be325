import { Agent, request } from 'node:http';
import { setPriority } from 'node:os';

/** Requests that are sent at a rate, whether earlier ones were answered or not, as strangers send them. */
export type FloodJob = { url: string; body: string; tokens: readonly string[]; perSecond: number; seconds: number; inFlight: number };

/** `unsent`: at their moment as many requests were under way as may be. Latencies in milliseconds, of those that were answered with data. */
export type Flooded = { sent: number; unsent: number; answered: number; shed: number; failed: number; latencies: number[] };

/** Milliseconds between two handfuls. */
const beat = 10;

/** Sends so many requests a second for so long, each from the next client. */
export async function flood(job: FloodJob): Promise<Flooded> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.inFlight });
  const found: Flooded = { sent: 0, unsent: 0, answered: 0, shed: 0, failed: 0, latencies: [] };
  const under = new Set<Promise<void>>();
  const begun = performance.now();
  const due = () => Math.floor((Math.min(performance.now() - begun, job.seconds * 1000) / 1000) * job.perSecond);
  const ended = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    while (found.sent + found.unsent < due()) {
      if (under.size >= job.inFlight) found.unsent += 1;
      else {
        const asked = ask(job, agent, found).finally(() => under.delete(asked));
        under.add(asked);
      }
    }
    if (performance.now() - begun >= job.seconds * 1000) ended.resolve();
  }, beat);
  await ended.promise;
  clearInterval(timer);
  await Promise.all(under);
  agent.destroy();
  return found;
}

function ask({ url, body, tokens }: FloodJob, agent: Agent, found: Flooded): Promise<void> {
  const token = tokens[found.sent % tokens.length];
  found.sent += 1;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const begun = performance.now();
  return new Promise((resolve) => {
    const told = (what: 'answered' | 'shed' | 'failed') => {
      found[what] += 1;
      if (what === 'answered') found.latencies.push(performance.now() - begun);
      resolve();
    };
    const asking = request(url, { method: 'POST', agent, headers, timeout: 60_000 }, (response) => {
      response.resume();
      response.once('end', () => told(response.statusCode === 200 ? 'answered' : response.statusCode === 429 ? 'shed' : 'failed'));
      response.once('error', () => told('failed'));
    });
    asking.once('timeout', () => asking.destroy());
    asking.once('error', () => told('failed'));
    asking.end(body);
  });
}

// As a process of its own. Strangers have machines of their own: here they stand back where there are too few cores.
if (process.send) {
  setPriority(10);
  process.on('message', (job: FloodJob) => void flood(job).then((found) => process.send?.(found)));
  process.on('disconnect', () => process.exit(0));
}
