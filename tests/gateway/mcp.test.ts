import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { mcpAt } from '#gateway/endpoints.ts';
import { confirmable, createConfirmations } from '#gateway/mcp/confirmation.ts';
import { changes, questions } from '#gateway/mcp/questions.ts';
import { toolNames } from '#gateway/mcp/toolServer.ts';
import { trustedDocuments } from '#gateway/trusted.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { mcpOf } from '../../roles/mcp.ts';
import { followRevocations } from '../../roles/revocations.ts';
import { type Agent, agentOf, mcpAddress, rawMessage } from '../support/agents.ts';
import { constellation } from '../support/constellation.ts';
import { root } from '../support/house.ts';
import { supergraphOf } from '../support/schemas.ts';

const key = new Uint8Array(32).fill(3);
const subgraphs = [engagementsSubgraph, operationsSubgraph];
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs, mcp: key });
});
afterAll(() => world[Symbol.asyncDispose]());

const opened: Agent[] = [];
afterEach(async () => {
  for (const agent of opened.splice(0)) await agent.client.close();
});
async function as(...[who, way]: [Parameters<typeof agentOf>[1], Parameters<typeof agentOf>[2]?]): Promise<Agent> {
  const agent = await agentOf(world, who, way);
  opened.push(agent);
  return agent;
}
const bearer = async (wish = { role: 'admin' }) => ({ authorization: `Bearer ${await world.issuer.token(wish)}` });
const codeOf = (text: string) => JSON.parse(text).errors[0].extensions.code;

describe('the address of the tools', () => {
  test.each([
    ['/mcp', { contract: undefined }],
    ['/portal/mcp', { contract: 'portal' }],
    ['/psa/mcp', { contract: 'psa' }],
    ['/other/mcp', undefined],
    ['/mcp/', undefined],
    ['/mcp/sse', undefined],
    ['/graphql', undefined],
  ])('%s is %o', (path, found) => {
    expect(mcpAt(path)).toEqual(found);
  });

  test('is not there unless it is asked for', async () => {
    await using closed = await constellation({ subgraphs });
    const authorization = `Bearer ${await closed.issuer.token({ role: 'admin' })}`;
    const { status, text } = await rawMessage(closed, list, { authorization });
    expect([status, (await fetch(mcpAddress(closed), { headers: { authorization } })).status]).toEqual([405, 404]);
    expect(text).not.toContain('tools');
  });

  test('offers the tools whose questions the graph knows, where it has a part of the subgraphs alone', async () => {
    expect(await (await as({ role: 'admin' })).names()).toEqual(['find_customers', 'find_projects']);
  });
});

describe('a message', () => {
  test.each([
    ['without a token', {}, 401],
    ['with what is no token', { authorization: 'Bearer x' }, 401],
    ['with a token in another scheme', { authorization: 'Basic eDp5' }, 401],
  ])('%s is refused before it is read', async (_, headers, status) => {
    const refused = await rawMessage(world, 'not even JSON', headers);
    expect([refused.status, codeOf(refused.text)]).toEqual([status, 'UNAUTHENTICATED']);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer realm="accord"/);
  });

  test('with a token that has expired, or was revoked since, is refused', async () => {
    const following = await followRevocations({ gateway: world, databaseUrl: world.databaseUrl, log: createLogger({ level: 'silent' }) });
    const token = await world.issuer.token({ role: 'admin', subject: 'lost' });
    const agent = await as(token);
    expect(await agent.names()).toContain('find_customers');
    const revoke = 'mutation ($input: RevokeTokensInput!) { revokeTokens(input: $input) { userErrors { code } } }';
    await world.ok(revoke, { input: { reason: 'lost', token: String(decodeJwt(token).jti) } }, { role: 'admin', subject: 'another' });
    await expect(agent.call('find_customers')).rejects.toThrow();
    const { status, text } = await rawMessage(world, list, { authorization: `Bearer ${token}` });
    expect([status, JSON.parse(text).errors[0].message]).toEqual([401, 'The token was revoked.']);
    const expired = await world.issuer.token({ role: 'admin', lifetime: -60 });
    expect((await rawMessage(world, list, { authorization: `Bearer ${expired}` })).status).toBe(401);
    await following.stop();
  });

  test.each(['GET', 'DELETE', 'PUT'])('does not come by %s: no session and no stream is kept', async (method) => {
    const response = await fetch(mcpAddress(world), { method, headers: { ...(await bearer()), accept: 'text/event-stream' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    await response.arrayBuffer();
  });

  test('is one, small, and JSON', async () => {
    const headers = await bearer();
    expect((await rawMessage(world, [list, list], headers)).status).toBe(400);
    expect((await rawMessage(world, '{', headers)).status).toBe(400);
    expect((await rawMessage(world, list, { ...headers, 'content-type': 'text/plain' })).status).toBe(415);
    const large = await rawMessage(world, { ...list, params: { _meta: { text: 'x'.repeat(1_100_000) } } }, headers);
    expect([large.status, codeOf(large.text)]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  test('that is none of the protocol’s is answered in its own words, and nothing of ours is told', async () => {
    const headers = await bearer();
    for (const body of [
      {},
      { jsonrpc: '2.0' },
      { ...list, method: 'no/such' },
      { ...list, method: 'resources/list' },
      { ...list, method: 'tools/call', params: {} },
      4711,
      'null',
    ]) {
      const { status, text } = await rawMessage(world, body, headers);
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/node_modules|\.ts:|at async/);
    }
  });

  test('gets no stream of changes, in any version of the protocol', async () => {
    const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
    const listen = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { _meta: meta, notifications: { toolsListChanged: true } } };
    const { text } = await rawMessage(world, listen, { ...(await bearer()), 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' });
    expect(text).toContain('error');
  });

  test('is answered by itself: no session is begun, and none is asked for', async () => {
    const first = await rawMessage(world, list, { ...(await bearer()), 'mcp-protocol-version': '2025-06-18' });
    expect(first.status).toBe(200);
    expect(first.headers.get('mcp-session-id')).toBeNull();
    expect(first.text).toContain('find_customers');
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  test('of a web page is answered for origins that may call, and for no other, its own host’s by name included', async () => {
    await using open = await constellation({ subgraphs, mcp: key, origins: ['https://agent.example'] });
    const headers = { authorization: `Bearer ${await open.issuer.token({ role: 'admin' })}` };
    const known = await rawMessage(open, list, { ...headers, origin: 'https://agent.example' });
    expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([200, 'https://agent.example']);
    for (const origin of ['https://evil.example', mcpAddress(open).origin, 'null']) {
      const { status, text } = await rawMessage(open, list, { ...headers, origin });
      expect([status, codeOf(text)]).toEqual([403, 'FORBIDDEN']);
    }
    const preflight = await fetch(mcpAddress(open), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://agent.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,mcp-protocol-version',
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization,mcp-protocol-version']);
  });

  test('whose call cannot be written down is not answered', async () => {
    const agent = await as({ role: 'admin' });
    await world.sql`create function public.full() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`;
    await world.sql`create trigger fails before insert on log.audit_pending for each row execute function public.full()`;
    const { isError, errors, text } = await agent.call('find_customers');
    await world.sql`drop function public.full() cascade`;
    expect([isError, errors.map(({ code }) => code)]).toEqual([true, ['INTERNAL']]);
    expect(text).not.toContain('disk');
    expect(world.faults.splice(0).join()).toContain('a tool failed');
    expect((await agent.call('find_customers')).isError).toBe(false);
  });
});

describe('what tools ask', () => {
  test('goes by the door’s operations: its metrics, and the budget of whoever asks', async () => {
    const operations = async () =>
      Number(/accord_request_seconds_count\{operation="query",status="200"\} (\d+)/.exec(await world.metrics.registry.metrics())?.[1] ?? 0);
    const before = await operations();
    await (await as({ role: 'admin' })).call('find_customers');
    expect(await operations()).toBe(before + 1);
    await using poor = await constellation({ subgraphs, mcp: key, budgets: { whole: 300 } });
    await using agent = await agentOf(poor, { role: 'admin' });
    const answers = [await agent.call('find_customers', { first: 50 })];
    while (!answers.at(-1)?.isError && answers.length < 20) answers.push(await agent.call('find_customers', { first: 50 }));
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.at(-1)?.errors).toMatchObject([{ code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number) }]);
  });

  test('is kept where only kept documents are answered; what changes something is so by its tool alone', () => {
    const { demand } = trustedDocuments({ documents: new Map(), required: true }, questions);
    const actor: Actor = { id: 'ann', kind: 'STAFF', permissions: ['exception:*'] };
    for (const text of questions) expect(() => demand(actor, text)).not.toThrow();
    for (const text of Object.values(changes)) {
      expect(() => demand(actor, text)).toThrow(/may ask for documents that are kept here alone/);
      expect(() => demand({ ...actor, tool: 'confirm_repair' }, text)).not.toThrow();
    }
  });

  test('fits the schema that there is, each of it', async () => {
    const { apiSchema } = await supergraphOf(['engagements', 'resources', 'time', 'finance', 'operations']);
    const { parse, validate } = await import('graphql');
    const texts = [...questions, ...Object.values(changes)];
    expect(texts.flatMap((text) => validate(apiSchema, parse(text)).map(({ message }) => message))).toEqual([]);
    expect(texts).toHaveLength(new Set(texts).size);
    expect(toolNames).toHaveLength(new Set(toolNames).size);
  });
});

describe('a confirmation', () => {
  const ann: Actor = { id: 'ann', kind: 'STAFF', permissions: ['exception:write'], customerIds: [newId(), newId()] };
  const change = { mutation: 'assignException', input: { id: newId(), expectedVersion: 3, owner: 'bob' } };
  const time = { now: new Date('2026-03-02T09:00:00Z') };
  const confirmations = createConfirmations({ key, clock: () => time.now });
  const demanded = (...given: Parameters<typeof confirmations.demand>) => {
    try {
      return confirmations.demand(...given);
    } catch (error) {
      return (error as { message: string }).message;
    }
  };

  test('is taken by every process that has the key, and gives one idempotency key', () => {
    const { confirmation, expiresAt } = confirmations.give(ann, change);
    expect(expiresAt).toBe('2026-03-02T09:05:00.000Z');
    const other = createConfirmations({ key, clock: () => time.now });
    expect(other.demand(confirmation, ann, change)).toBe(confirmations.demand(confirmation, ann, change));
    expect(
      confirmations.demand(confirmation, { ...ann, customerIds: [...(ann.customerIds ?? [])].reverse() }, { ...change, input: { ...change.input } }),
    ).toMatch(/^mcp-[0-9a-f]{40,}$/);
    const again = confirmations.give(ann, change);
    expect(confirmations.demand(again.confirmation, ann, change)).not.toBe(confirmations.demand(confirmation, ann, change));
  });

  test('is good for nothing else and for nobody else', () => {
    const { confirmation } = confirmations.give(ann, change);
    const words = /^This confirmation was not given to you for this change/;
    expect(demanded(confirmation, ann, { ...change, mutation: 'dismissException' })).toMatch(words);
    expect(demanded(confirmation, ann, { ...change, input: { ...change.input, owner: 'eve' } })).toMatch(words);
    for (const other of [
      { id: 'eve' },
      { kind: 'INTEGRATION' as const },
      { contract: 'psa' },
      { system: 'crm' },
      { customerIds: undefined },
      { employeeId: newId() },
    ])
      expect(demanded(confirmation, { ...ann, ...other }, change)).toMatch(words);
    expect(demanded(createConfirmations({ key: new Uint8Array(32), clock: () => time.now }).give(ann, change).confirmation, ann, change)).toMatch(words);
    for (const text of ['', '.', confirmation.slice(1), `${confirmation}=`, ` ${confirmation}`, confirmation.toUpperCase()])
      expect(demanded(text, ann, change)).toMatch(words);
  });

  test('ends after its time, which nobody can lengthen', () => {
    const { confirmation } = confirmations.give(ann, change);
    const begun = time.now;
    time.now = new Date(begun.getTime() + confirmable - 1);
    expect(demanded(confirmation, ann, change)).toMatch(/^mcp-/);
    time.now = new Date(begun.getTime() + confirmable);
    expect(demanded(confirmation, ann, change)).toMatch(/^This confirmation has expired/);
    expect(demanded(confirmation.replace(/^\d+/, String(begun.getTime() + 2 * confirmable)), ann, change)).toMatch(/^This confirmation was not given/);
    time.now = begun;
  });
});

describe('the setting', () => {
  const db = {} as Db;

  test.each([
    [{}, {}, false],
    [{}, { ACCORD_MCP: 'false' }, false],
    [{}, { ACCORD_MCP: '1' }, false],
    [{}, { ACCORD_MCP: 'true' }, true],
    [{ mcp: true }, {}, true],
  ])('by flags %o and environment %o is %s', (flags, env, on) => {
    expect(mcpOf({ flags, env }, { db }) !== undefined).toBe(on);
  });

  test('gives gateways of one signing key one secret, which is not that key, and others one of their own', () => {
    const [signingKey, another] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
    const keyOf = (parts: Parameters<typeof mcpOf>[1]) => Buffer.from(mcpOf({ flags: { mcp: true }, env: {} }, parts)?.key ?? []).toString('hex');
    expect(keyOf({ db, signingKey })).toBe(keyOf({ db, signingKey }));
    expect(keyOf({ db, signingKey })).toHaveLength(64);
    expect(signingKey.export({ format: 'der', type: 'pkcs8' }).toString('hex')).not.toContain(keyOf({ db, signingKey }));
    expect(new Set([keyOf({ db, signingKey }), keyOf({ db, signingKey: another }), keyOf({ db }), keyOf({ db })]).size).toBe(4);
  });
});

test('the protocol’s package opens no server and no process of its own, where we load it from', async () => {
  const folder = new URL('node_modules/@modelcontextprotocol/server/dist/', root);
  const seen = new Map<string, string>();
  const look = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    const text = await readFile(new URL(file, folder), 'utf8');
    seen.set(file, text);
    for (const [, next = ''] of text.matchAll(/from ["']\.\/([\w.-]+\.mjs)["']/g)) await look(next);
  };
  await look('index.mjs');
  expect(seen.size).toBeGreaterThan(1);
  for (const text of seen.values()) expect(text).not.toMatch(/from ["'](node:)?(http|https|http2|net|tls|child_process|express|hono)["']/);
  const { dependencies } = JSON.parse(await readFile(new URL('../package.json', folder), 'utf8'));
  expect(Object.keys(dependencies).sort()).toEqual(['@modelcontextprotocol/core', 'zod']);
});

const blockOf = (page: string, language: string, name: string): string => page.split(`\n\`\`\`${language} ${name}\n`)[1]?.split('\n```')[0] ?? '';

describe('docs/mcp.md', () => {
  test('names each tool and no other, and shows a request that is answered', async () => {
    const page = await readFile(new URL('docs/mcp.md', root), 'utf8');
    const table = page.split('\n## Tools\n')[1]?.split('\n## ')[0] ?? '';
    const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map((each) => each[1]));
    expect(named.sort()).toEqual([...toolNames].sort());
    const block = blockOf(page, 'sh', 'list');
    const headers = Object.fromEntries([...block.matchAll(/-H ['"]([a-z-]+): ([^'"]+)['"]/g)].map(([, name = '', value = '']) => [name, value]));
    const body = /-d '([^']+)'/.exec(block)?.[1] ?? '';
    const { status, text } = await rawMessage(world, body, { ...headers, ...(await bearer()) });
    expect([Object.keys(headers), status]).toEqual([['authorization', 'content-type', 'accept'], 200]);
    expect(text).toContain('find_customers');
  });

  test('shows a program that runs', async () => {
    const page = await readFile(new URL('docs/mcp.md', root), 'utf8');
    const program = blockOf(page, 'ts', 'client')
      .replace(/http:[^']+/, mcpAddress(world).href)
      .replace("name: 'list_exceptions'", "name: 'find_customers'");
    const whole = `${program}\nconsole.log(JSON.stringify(structuredContent));\nawait client.close();\n`;
    const env = { ...process.env, FINANCE: await world.issuer.token({ role: 'finance' }) };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', whole], { env, cwd: fileURLToPath(root) });
    expect(JSON.parse(stdout)).toHaveProperty('data.customers.nodes');
  });
});
