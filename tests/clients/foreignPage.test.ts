import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, startBrowser } from '../support/browser.ts';
import { eventWorld } from '../support/eventWorld.ts';
import { root } from '../support/program.ts';

/** A page of another origin, as a portal or a dashboard is one: it queries by fetch and subscribes by WebSocket and by an event stream. */
const page = `<!doctype html><title>portal</title><script src="/graphql-ws.js"></script><script>
  const tell = (what, value) => { const line = document.createElement('p'); line.id = what; line.textContent = value; document.body.append(line); };
  addEventListener('load', async () => {
    const { url, token, id } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
    const ask = (query, accept) => fetch(url, { method: 'POST', headers: { ...headers, accept }, body: JSON.stringify({ query }) });
    try {
      const answer = await ask('{ customer(id: "' + id + '") { name } }', 'application/graphql-response+json');
      tell('query', JSON.stringify(await answer.json()) + (answer.headers.get('x-correlation-id') ? ' traced' : ''));
    } catch (error) { tell('query', 'failed'); return; }
    const subscription = 'subscription { customerUpdated(customerIds: ["' + id + '"]) { name } }';
    const client = graphqlWs.createClient({ url: url.replace('http', 'ws'), connectionParams: { authorization: headers.authorization }, retryAttempts: 0 });
    client.subscribe({ query: subscription }, { next: (event) => tell('socket', JSON.stringify(event.data)), error: () => tell('socket', 'failed'), complete() {} });
    const stream = (await ask(subscription, 'text/event-stream')).body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; ;) { text += (await stream.read()).value; if (text.includes('event: next')) { tell('stream', text); break; } }
  });
</script><body></body>`;

describe.skipIf(noBrowser)('a page on another origin (needs chromium)', () => {
  const stack = new AsyncDisposableStack();
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    browser = await startBrowser();
    stack.defer(() => browser.close());
    const library = await readFile(`${root}node_modules/graphql-ws/umd/graphql-ws.min.js`, 'utf8');
    const server = createServer(({ url }, response) =>
      response.setHeader('content-type', url === '/graphql-ws.js' ? 'text/javascript' : 'text/html').end(url === '/graphql-ws.js' ? library : page),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stack.defer(() => void server.close());
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => stack.disposeAsync());

  test('queries and subscribes where its origin is configured', async () => {
    await using world = await eventWorld({ origins: [origin] });
    const { id } = await world.customer('Seen from afar');
    const token = await world.tokenFor({ role: 'portal', customerIds: [id] });
    const tab = await browser.newPage();
    await tab.goto(`${origin}/#${new URLSearchParams({ url: world.url, token, id })}`);
    await tab.locator('#query').waitFor();
    expect(await tab.locator('#query').textContent()).toBe('{"data":{"customer":{"name":"Seen from afar"}}} traced');
    const open = async (protocol: string) => (await world.metrics.subscriptions.get()).values.find(({ labels }) => labels.protocol === protocol)?.value ?? 0;
    while ((await open('ws')) < 1 || (await open('sse')) < 1) await world.sql`select 1`;
    await world.state(id, 'changed');
    await tab.locator('#socket').waitFor();
    await tab.locator('#stream').waitFor();
    expect(await tab.locator('#socket').textContent()).toBe('{"customerUpdated":{"name":"changed"}}');
    expect(await tab.locator('#stream').textContent()).toContain('{"customerUpdated":{"name":"changed"}}');
    await tab.close();
  });

  test('can do neither where it is not', async () => {
    await using world = await eventWorld({ origins: ['https://portal.example'] });
    const { id } = await world.customer('Not seen');
    const token = await world.tokenFor({ role: 'portal', customerIds: [id] });
    const tab = await browser.newPage();
    await tab.goto(`${origin}/#${new URLSearchParams({ url: world.url, token, id })}`);
    await tab.locator('#query').waitFor();
    expect(await tab.locator('#query').textContent()).toBe('failed');
    await tab.close();
  });
});
