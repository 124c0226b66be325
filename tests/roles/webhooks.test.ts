import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '#kernel/telemetry.ts';
import { attachSubscriptions } from '../../roles/live.ts';
import { readSettings } from '../../roles/settings.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { type Graph, graphAt, type Json } from '../support/graph.ts';
import { root } from '../support/house.ts';
import { blocksOf } from '../support/pages.ts';
import { type Program, runProgram, untilTrue } from '../support/program.ts';
import { receiver } from '../support/receiver.ts';

let world: Awaited<ReturnType<typeof constellation>>;
let graph: Graph;
beforeAll(async () => {
  world = await constellation({ subgraphs });
  graph = graphAt({ url: world.url, token: world.issuer.token });
});
afterAll(() => world[Symbol.asyncDispose]());

const page = blocksOf('docs/webhooks.md', await readFile(new URL('docs/webhooks.md', root), 'utf8'));
const block = (name: string): string => page.find(({ words }) => words[0] === name)?.text ?? '';

/** A worker as people run it, which may call receivers on this machine. */
async function worker(): Promise<Program> {
  const program = runProgram(['worker', '--database-url', world.adminUrl, '--webhook-networks', '127.0.0.0/8']);
  await program.said(/worker runs/);
  return program;
}

const customer = async (name: string) => (await graph.mutate('createCustomer', { name }, { select: 'customer { id }' })).customer.id;
const made = async (url: string) =>
  (await graph.mutate('createWebhookEndpoint', { url, filter: { types: ['CustomerCreated'] } }, { select: 'secret webhookEndpoint { id }' })) as Json;
const statuses = async (id: string): Promise<string[]> =>
  (await world.sql`select status from log.webhook_delivery where endpoint_id = ${id}`).map(({ status }) => String(status));

describe('the worker', () => {
  test('that is killed while calls are under way loses none of them', async () => {
    // What comes to the first worker is never answered.
    await using hook = await receiver(() => undefined);
    const { webhookEndpoint } = await made(hook.url);
    const names = Array.from({ length: 20 }, (_, n) => `Killed ${n}`);
    await using first = await worker();
    for (const name of names) await customer(name);
    await untilTrue('calls are under way', () => hook.calls.length > 0);
    await first.kill('SIGKILL');
    const half = hook.calls.length;
    expect(half).toBeLessThan(20);
    hook.say(() => 204);
    // Its leases are over, as they are after a minute.
    await world.sql`update log.webhook_delivery set due_at = now(), lease_until = now() where lease_until is not null`;
    await using second = await worker();
    await untilTrue(
      () => `all have come: ${second.output()}`,
      async () => (await statuses(webhookEndpoint.id)).filter((status) => status === 'DELIVERED').length === 20,
    );
    const told = hook.calls.slice(half).map(({ event }) => String(event.data.name));
    expect(told.sort()).toEqual([...names].sort());
    expect(await second.kill('SIGTERM')).toBe(0);
    await graph.mutate('retireWebhookEndpoint', { id: webhookEndpoint.id });
  });

  test('goes nowhere private unless it is told so', async () => {
    await using hook = await receiver();
    const { webhookEndpoint } = await made(hook.url);
    await using program = runProgram(['worker', '--database-url', world.adminUrl]);
    await program.said(/worker runs/);
    await customer('Private');
    await untilTrue('it was tried', async () => (await world.sql`select 1 from log.webhook_attempt where endpoint_id = ${webhookEndpoint.id}`).length > 0);
    const [attempt] = await world.sql`select outcome from log.webhook_attempt where endpoint_id = ${webhookEndpoint.id}`;
    expect(attempt?.outcome).toBe('BLOCKED');
    expect(hook.calls).toEqual([]);
    await graph.mutate('retireWebhookEndpoint', { id: webhookEndpoint.id });
  });
});

/** The receiver of the page, as a reader of it starts it. */
function pageReceiver(secret: string, port: number) {
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root.pathname,
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stdin.end(block('receiver'));
  return { lines, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

describe('docs/webhooks.md', () => {
  test('leads to a receiver that takes a ping, events and a replay', async () => {
    const free = await receiver();
    const { port } = free;
    await free.close();
    const run = async (name: string, variables: Json) => {
      const { data, errors } = await graph.ask(block(name), variables);
      expect(errors, name).toBeUndefined();
      return data;
    };
    const { createWebhookEndpoint } = await run('endpoint', { url: `http://127.0.0.1:${port}/` });
    expect(createWebhookEndpoint.userErrors).toEqual([]);
    const { id } = createWebhookEndpoint.webhookEndpoint;
    using hook = pageReceiver(createWebhookEndpoint.secret, port);
    await untilTrue('it listens', () => hook.lines.some((line) => line.startsWith('listening')));
    await using program = await worker();
    const { pingWebhookEndpoint } = await run('ping', { id });
    expect(pingWebhookEndpoint.userErrors).toEqual([]);
    const came = (text: string) => hook.lines.filter((line) => line.includes(text));
    await untilTrue(
      () => `the ping has come: ${program.output()}`,
      () => came('accord.operations.WebhookPing').length === 1,
    );
    const customerId = await customer('Of the page');
    await untilTrue('the event has come', () => came(`accord.engagements.CustomerCreated Customer/${customerId}`).length === 1);
    const ledger = async () => (await run('ledger', { id })).operations.webhookDeliveries.nodes as Json[];
    await untilTrue('both are told of', async () => (await ledger()).filter(({ status }) => status === 'DELIVERED').length === 2);
    const { data } = JSON.parse(`{"data":${came('accord.engagements.CustomerCreated')[0]?.replace(/^\S+ \S+ /, '')}}`);
    const [position] = await world.sql`select position from log.fact where id = ${data.id}`;
    const after = Buffer.from(`log:${BigInt(String(position?.position)) - 1n}`).toString('base64url');
    expect((await run('replay', { id, after })).replayWebhookDeliveries.userErrors).toEqual([]);
    await untilTrue('it was sent once more', async () => (await ledger()).some(({ attempts }) => attempts.nodes.length === 2));
    // The receiver knows it by its id, and does it once.
    expect(came('accord.engagements.CustomerCreated')).toHaveLength(1);
    await graph.mutate('retireWebhookEndpoint', { id });
  });
});

describe('the settings', () => {
  const settings = (flags: Record<string, string>, env: Record<string, string> = {}) => readSettings({ flags, env } as never, { port: 0 });

  test('name networks and days', () => {
    expect(settings({}).webhooks).toEqual({ networks: [], retention: 30 });
    const given = settings({ 'webhook-networks': '10.1.0.0/16, fd00::/8' }, { ACCORD_WEBHOOK_RETENTION: '7' });
    expect(given.webhooks).toEqual({ networks: ['10.1.0.0/16', 'fd00::/8'], retention: 7 });
  });

  test.each(['10.1.0.0', 'localhost', '10.0.0.0/33'])('refuse %s, which is no network', (network) => {
    expect(() => settings({ 'webhook-networks': network })).toThrow(`${network} is no network; write it as 10.1.0.0/16`);
  });
});

describe('the metrics', () => {
  test('tell what waits, for how long, and how calls ended', async () => {
    const live = await attachSubscriptions({ gateway: world, databaseUrl: world.databaseUrl, log: createLogger({ level: 'silent' }) });
    const { webhookEndpoint } = await made('https://receiver.example/hook');
    const text = await (await fetch(new URL('/metrics', world.url))).text();
    expect(text).toMatch(/^accord_webhook_pending \d+$/m);
    expect(text).toMatch(/^accord_webhook_oldest_seconds \d/m);
    expect(text).toMatch(/^accord_webhook_attempts\{outcome="BLOCKED"\} \d+$/m);
    await graph.mutate('retireWebhookEndpoint', { id: webhookEndpoint.id });
    await live.close();
  });
});
