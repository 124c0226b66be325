import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRevocations } from '#gateway/revocations.ts';
import { newId } from '#kernel/ids.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { followRevocations } from '../../roles/revocations.ts';
import { nextOf, requestStream } from '../support/eventStream.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { root } from '../support/house.ts';
import { untilTrue } from '../support/program.ts';
import { rawSocket, subscribing } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Answer = { status: number; body: { data?: Record<string, unknown>; errors?: { message: string; extensions: { code: string } }[] } };

async function ask(token: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const viewer = '{ viewer { actorId } }';
const mutation =
  'mutation ($input: RevokeTokensInput!) { revokeTokens(input: $input) { replayed revocation { kind value revokedBy reason } userErrors { code field } } }';
const revoke = async (input: Record<string, unknown>, wish = { role: 'admin', subject: 'root' }) => {
  const { body } = await ask(await world.tokenFor(wish), mutation, { input: { reason: 'lost', ...input } });
  return body;
};
const subjects = (function* () {
  for (let number = 1; ; number += 1) yield `somebody ${number}`;
})();
const somebody = () => String(subjects.next().value);
const idOf = (token: string) => String(decodeJwt(token).jti);
const isRefused = ({ status, body }: Answer) => expect([status, body.errors?.[0]?.message]).toEqual([401, 'The token was revoked.']);

/** A second gateway's view of the same database. */
async function replica() {
  const revocations = createRevocations();
  const following = await followRevocations({ gateway: { revocations }, databaseUrl: world.databaseUrl, log: createLogger({ level: 'silent' }) });
  return { revocations, following };
}

describe('a revoked token', () => {
  test('is refused at once where it was revoked, and others of its subject are not', async () => {
    const subject = somebody();
    const [lost, other] = [await world.tokenFor({ role: 'admin', subject }), await world.tokenFor({ role: 'admin', subject })];
    expect((await ask(lost, viewer)).status).toBe(200);
    expect(await revoke({ token: idOf(lost) })).toMatchObject({
      data: { revokeTokens: { replayed: false, revocation: { kind: 'TOKEN', value: idOf(lost), revokedBy: 'root', reason: 'lost' }, userErrors: [] } },
    });
    isRefused(await ask(lost, viewer));
    expect((await ask(other, viewer)).status).toBe(200);
  });

  test('is refused by other gateways, and by those that start later', async () => {
    const { revocations, following } = await replica();
    const lost = await world.tokenFor({ role: 'admin', subject: somebody() });
    const identity = await world.authenticate(lost);
    expect(revocations.isRevoked(identity)).toBe(false);
    await revoke({ token: idOf(lost) });
    await untilTrue('the other gateway hears of it', () => revocations.isRevoked(identity));
    await following.stop();
    const later = await replica();
    expect(later.revocations.isRevoked(identity)).toBe(true);
    await later.following.stop();
  });
});

describe('a subject', () => {
  test('loses all tokens that were issued before, and none that are issued later', async () => {
    const subject = somebody();
    const token = await world.tokenFor({ role: 'admin', subject });
    const identity = await world.authenticate(token);
    await revoke({ subject, issuedBefore: identity.issuedAt.toISOString() });
    expect((await ask(token, viewer)).status).toBe(200);
    await revoke({ subject });
    isRefused(await ask(token, viewer));
    expect(world.revocations.isRevoked({ ...identity, issuedAt: new Date(Date.now() + 1_000) })).toBe(false);
  });

  test('a client loses them by its name, and a token without a time of issue is an old one', () => {
    const revocations = createRevocations();
    const at = (seconds: number) => new Date(seconds * 1_000);
    const identity = { actor: { id: 'a', kind: 'STAFF' as const, permissions: [] }, expiresAt: at(99), client: 'app', issuedAt: at(50) };
    revocations.replace([
      { kind: 'CLIENT', value: 'app', issuedBefore: at(60) },
      { kind: 'CLIENT', value: 'app', issuedBefore: at(40) },
    ]);
    expect(
      [identity, { ...identity, issuedAt: at(0) }, { ...identity, issuedAt: at(60) }, { ...identity, client: 'other' }].map(revocations.isRevoked),
    ).toEqual([...[true, true], ...[false, false]]);
    revocations.replace([]);
    expect(revocations.isRevoked(identity)).toBe(false);
  });
});

describe('what is open', () => {
  const query = 'subscription ($customerIds: [ID!]) { customerUpdated(customerIds: $customerIds) { name } }';
  const idle = () => ({ query, variables: { customerIds: [newId()] } });

  test('on a WebSocket is closed as at the end of its token, and does not come back', async () => {
    const wish = { role: 'admin', subject: somebody() };
    const token = await world.tokenFor(wish);
    const client = await rawSocket(world);
    client.send({ type: 'connection_init', payload: { token } });
    await client.until((message) => message.type === 'connection_ack');
    client.send(subscribing(idle()));
    await revoke({ subject: wish.subject });
    expect(await client.closed).toEqual({ code: 4403, reason: 'Token revoked' });
    const again = await rawSocket(world);
    again.send({ type: 'connection_init', payload: { token } });
    expect(await again.closed).toMatchObject({ code: 4403, reason: 'The token was revoked.' });
  });

  test('of others stays open', async () => {
    const client = await rawSocket(world);
    await client.init({ role: 'admin', subject: somebody() });
    await revoke({ subject: somebody() });
    await client.settled();
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    client.socket.terminate();
  });

  test('as an event stream, or in parts, ends with the reason', async () => {
    const wish = { role: 'admin', subject: somebody() };
    const stream = await requestStream(world, idle(), { wish });
    const headers = {
      accept: 'multipart/mixed;subscriptionSpec=1.0',
      authorization: `Bearer ${await world.tokenFor(wish)}`,
      'content-type': 'application/json',
    };
    const parts = await fetch(world.url, { method: 'POST', headers, body: JSON.stringify(idle()) });
    await revoke({ subject: wish.subject });
    const last = JSON.parse((await nextOf(stream.lines)).data ?? '');
    expect(last.errors).toMatchObject([{ message: expect.stringContaining('The token was revoked.'), extensions: { code: 'UNAUTHENTICATED' } }]);
    expect((await stream.lines.next()).done).toBe(true);
    expect(await parts.text()).toMatch(/"code":"UNAUTHENTICATED"[\s\S]*--\r\n$/);
  });
});

describe('revoking', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['nothing', {}, 'token'],
    ['two things at once', { token: 'a', client: 'b' }, 'client'],
    ['tokens that are to come', { subject: 'a', issuedBefore: '2999-01-01T00:00:00Z' }, 'issuedBefore'],
    ['tokens that have ended', { subject: 'a', endedAt: '2020-01-01T00:00:00Z' }, 'endedAt'],
  ])('%s is refused', async (_, input, field) => {
    expect(await revoke(input)).toMatchObject({ data: { revokeTokens: { revocation: null, userErrors: [{ code: 'VALIDATION_FAILED', field }] } } });
  });

  test('is for who may, leaves a fact and a record, and is done once for one key', async () => {
    expect((await revoke({ subject: 'a' }, { role: 'analyst', subject: 'reader' })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const [subject, idempotencyKey] = [somebody(), newId()];
    await revoke({ subject, idempotencyKey });
    expect(await revoke({ subject, idempotencyKey })).toMatchObject({ data: { revokeTokens: { replayed: true } } });
    const { body } = await ask(await world.tokenFor(), '{ operations { tokenRevocations(first: 1) { nodes { kind value } } } }');
    expect(body.data).toEqual({ operations: { tokenRevocations: { nodes: [{ kind: 'SUBJECT', value: subject }] } } });
    await untilTrue('the fact is in the log', async () => {
      const facts = await world.sql`select 1 from log.fact where type = 'TokensRevoked' and payload ->> 'value' = ${subject}`;
      return facts.length === 1;
    });
    await untilTrue('the call is in the audit', async () => {
      const records =
        await world.sql`select entry::jsonb ->> 'outcome' as outcome from log.audit where entry::jsonb ->> 'mutation' = 'revokeTokens' order by position desc limit 2`;
      return records.map(({ outcome }) => outcome).join() === 'REPLAYED,DONE';
    });
  });

  test('is forgotten when its tokens have ended', async () => {
    const lost = await world.tokenFor({ role: 'admin', subject: somebody() });
    await revoke({ token: idOf(lost), endedAt: new Date(Date.now() + 3_600_000).toISOString() });
    const identity = await world.authenticate(lost).catch((error: unknown) => error);
    expect(String(identity)).toContain('The token was revoked.');
    await world.sql`update log.token_revocation set expires_at = now() where value = ${idOf(lost)}`;
    await untilTrue('it is forgotten', async () => (await ask(lost, viewer)).status === 200);
    await revoke({ subject: somebody() });
    expect(await world.sql`select 1 from log.token_revocation where value = ${idOf(lost)}`).toHaveLength(0);
  });
});

test('docs/operation/security.md says how to do it, and how to do it without a gateway', async () => {
  const page = await readFile(new URL('docs/operation/security.md', root), 'utf8');
  const block = (word: string) => new RegExp(`\`\`\`(?:\\w+ )?${word}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const told = await ask(await world.tokenFor({ role: 'support', subject: 'operator' }), block('revoke'));
  expect(told.body).toMatchObject({ data: { revokeTokens: { revocation: { kind: 'SUBJECT', value: 'ann@firm.example' }, userErrors: [] } } });
  const subject = somebody();
  const token = await world.tokenFor({ role: 'admin', subject });
  await world.sql.unsafe(block('sql').replaceAll('ann@firm.example', subject));
  await untilTrue('the gateway hears of it', async () => (await ask(token, viewer)).status === 401);
});
