import { request as open } from 'node:http';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { noBrowser, startBrowser } from '../support/browser.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

let world: Awaited<ReturnType<typeof fixtureWorld>>;
beforeAll(async () => {
  world = await fixtureWorld({ graphiql: { visitors } });
});
afterAll(() => world[Symbol.asyncDispose]());

const visitors = async () => Promise.all(['admin', 'hr'].map(async (role) => ({ name: role, token: await world.issuer.token({ role }) })));

/** The page as a browser gets it, under any Host header. */
function page(host: string): Promise<{ status: number | undefined; text: string; policy: string | undefined }> {
  return new Promise((resolve, reject) => {
    const request = open(world.url, { headers: { accept: 'text/html,application/xhtml+xml', host }, agent: false }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, text, policy: String(response.headers['content-security-policy']) });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the page', () => {
  test('comes with all its files from this host alone', async () => {
    const { status, text, policy } = await page('127.0.0.1:4000');
    expect(status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    const files = [...text.matchAll(/(?:src|href)="(\/graphiql\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBe(6);
    for (const file of files) {
      const response = await fetch(new URL(file, world.url));
      expect(response.status, file).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/text\/(javascript|css)/);
      expect((await response.text()).length).toBeGreaterThan(500);
    }
  });

  test('carries a token for this machine, and none under a foreign name', async () => {
    expect((await page('localhost:4000')).text).toContain('"name":"admin","token":"ey');
    expect((await page('[::1]:4000')).text).toContain('"token":"ey');
    for (const host of ['attacker.example', 'localhost.attacker.example', '127.0.0.1.nip.example:4000'])
      expect((await page(host)).text).not.toContain('"token"');
  });

  test('is not there where it is not wanted', async () => {
    await using other = await fixtureWorld();
    const response = await fetch(other.url, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(401);
    expect((await fetch(new URL('/graphiql/react.js', other.url))).status).toBe(404);
  });

  test('leaves GET queries to clients', async () => {
    const response = await fetch(`${world.url}?query={authorCount}`, {
      headers: { accept: 'text/html', authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` },
    });
    expect(response.headers.get('content-type')).not.toContain('text/html');
  });
});

describe.skipIf(noBrowser)('in a browser (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test('it loads the schema, runs a query, and asks no other host', async () => {
    const tab = await browser.newPage();
    const hosts = new Set<string>();
    const complaints: string[] = [];
    tab.on('request', (request) => hosts.add(new URL(request.url()).host));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.goto(world.url);
    const editor = tab.locator('.graphiql-query-editor .CodeMirror');
    await editor.waitFor();
    await tab.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await tab.getByText('Root Types').waitFor();
    await editor.click();
    await tab.keyboard.press('Control+A');
    await tab.keyboard.insertText('{ authorCount }');
    await tab.keyboard.press('Control+Enter');
    await tab.locator('.result-window', { hasText: '"authorCount": 2' }).waitFor();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(world.url).host]);
  });

  test('it says as whom it looks, and looks as another', async () => {
    const tab = await browser.newPage();
    const asked: string[] = [];
    tab.on('request', (request) => {
      const [, claims = ''] = (request.headers().authorization ?? '').split('.');
      if (request.method() === 'POST') asked.push(JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}').sub);
    });
    await tab.goto(world.url);
    await tab.locator('.graphiql-query-editor .CodeMirror').waitFor();
    const role = tab.getByLabel('You look as');
    expect(await role.inputValue()).toBe('admin');
    const again = tab.waitForRequest((request) => request.method() === 'POST' && asked.at(-1) === 'dev-hr');
    await role.selectOption('hr');
    await again;
    await tab.getByRole('button', { name: 'Headers' }).click();
    const headers = tab.locator('.graphiql-editor-tool .CodeMirror').last();
    const written = () => headers.evaluate((element) => (element as unknown as { CodeMirror: { getValue(): string } }).CodeMirror.getValue());
    expect(await written()).toContain((await visitors())[1]?.token.split('.')[0]);
    await headers.click();
    await tab.keyboard.press('Control+A');
    await tab.keyboard.insertText('{ "authorization": "Bearer wrong" }');
    await tab.locator('.graphiql-query-editor .CodeMirror').click();
    await tab.keyboard.press('Control+A');
    await tab.keyboard.insertText('{ authorCount }');
    await tab.keyboard.press('Control+Enter');
    await tab.locator('.result-window', { hasText: 'UNAUTHENTICATED' }).waitFor();
    await tab.getByText('The headers carry another token.').waitFor();
    await tab.close();
  });

  test('a subscription with a wrong token says at once why it is refused', async () => {
    const sockets = new WebSocketServer({ server: world.server, path: '/graphql' });
    let opened = 0;
    sockets.on('connection', (socket) => {
      opened += 1;
      socket.once('message', () => socket.close(4403, 'The token is not valid.'));
    });
    const tab = await browser.newPage();
    await tab.goto(world.url);
    await tab.locator('.graphiql-query-editor .CodeMirror').click();
    await tab.keyboard.press('Control+A');
    await tab.keyboard.insertText('subscription { told }');
    await tab.keyboard.press('Control+Enter');
    await tab.locator('.result-window', { hasText: 'The token is not valid. (WebSocket close 4403)' }).waitFor();
    expect(opened).toBe(1);
    await tab.close();
    sockets.close();
  });

  test('it subscribes over WebSocket with the token of its headers', async () => {
    const schema = makeSchema();
    const seen: unknown[] = [];
    const sockets = new WebSocketServer({ server: world.server, path: '/graphql' });
    useServer({ schema, onConnect: ({ connectionParams }) => void seen.push(connectionParams) }, sockets);
    const tab = await browser.newPage();
    await tab.goto(world.url);
    await tab.locator('.graphiql-query-editor .CodeMirror').click();
    await tab.keyboard.press('Control+A');
    await tab.keyboard.insertText('subscription { told }');
    await tab.keyboard.press('Control+Enter');
    await tab.locator('.result-window', { hasText: 'news' }).waitFor();
    expect(seen).toEqual([{ authorization: expect.stringMatching(/^Bearer ey/) }]);
    await tab.close();
    sockets.close();
  });
});

/** One event, then the end. */
function makeSchema(): GraphQLSchema {
  const told = async function* () {
    yield { told: 'news' };
  };
  const query = new GraphQLObjectType({ name: 'Query', fields: { told: { type: GraphQLString } } });
  return new GraphQLSchema({
    query,
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { told: { type: GraphQLString, subscribe: told } } }),
  });
}
