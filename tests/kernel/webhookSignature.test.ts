import { createPublicKey, verify } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { makeKey, signedHeaders } from '#kernel/webhookSignature.ts';

const message = (body = '{"a":"ü"}') => ({ id: '0190b5a0-0000-5000-8000-000000000000', at: new Date(), body });

/** What a receiver does with the public half, by the text of the standard. */
function holds(publicKey: string, headers: Record<string, string>, body: string): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  const signatures = (headers['webhook-signature'] ?? '').split(' ').filter((each) => each.startsWith('v1a,'));
  return signatures.some((each) => verify(null, signed, key, Buffer.from(each.slice(4), 'base64')));
}

describe('the signature of a webhook', () => {
  test('with a shared secret is verified by the public library, and by no other secret', () => {
    const [own, other] = [makeKey('HMAC'), makeKey('HMAC')];
    const sent = message();
    const headers = signedHeaders([own], sent);
    expect(new Webhook(own.secret).verify(sent.body, headers)).toEqual({ a: 'ü' });
    expect(() => new Webhook(other.secret).verify(sent.body, headers)).toThrow(WebhookVerificationError);
    expect(() => new Webhook(own.secret).verify('{"a":"u"}', headers)).toThrow(WebhookVerificationError);
  });

  test('binds id and time', () => {
    const own = makeKey('HMAC');
    const sent = message();
    const headers = signedHeaders([own], sent);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => new Webhook(own.secret).verify(sent.body, { ...headers, 'webhook-id': 'other' })).toThrow(WebhookVerificationError);
    expect(() => new Webhook(own.secret).verify(sent.body, { ...headers, 'webhook-timestamp': later })).toThrow(WebhookVerificationError);
  });

  test('with Ed25519 is verified by the public half, and by no other', () => {
    const [own, other] = [makeKey('ED25519'), makeKey('ED25519')];
    const sent = message();
    const headers = signedHeaders([own], sent);
    expect(holds(own.publicKey ?? '', headers, sent.body)).toBe(true);
    expect(holds(other.publicKey ?? '', headers, sent.body)).toBe(false);
    expect(holds(own.publicKey ?? '', headers, '{"a":"u"}')).toBe(false);
  });

  test('of two keys stands twice, so that who knows either verifies it', () => {
    const [present, former] = [makeKey('ED25519'), makeKey('HMAC')];
    const sent = message();
    const headers = signedHeaders([present, former], sent);
    expect(headers['webhook-signature']).toMatch(/^v1a,[\w+/=]+ v1,[\w+/=]+$/);
    expect(holds(present.publicKey ?? '', headers, sent.body)).toBe(true);
    expect(new Webhook(former.secret).verify(sent.body, headers)).toEqual({ a: 'ü' });
  });

  test('comes from keys that are made as the standard has them', () => {
    const [shared, pair] = [makeKey('HMAC'), makeKey('ED25519')];
    expect(Buffer.from(shared.secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect(shared.publicKey).toBeNull();
    expect(Buffer.from(pair.secret.replace('whsk_', ''), 'base64')).toHaveLength(32);
    expect(Buffer.from(pair.publicKey?.replace('whpk_', '') ?? '', 'base64')).toHaveLength(32);
    expect(makeKey('HMAC').secret).not.toBe(shared.secret);
  });
});
