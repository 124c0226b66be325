import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** How deliveries are signed, as Standard Webhooks has it: `v1` with a shared secret, `v1a` with a key of which receivers have the public half. */
export type SignatureKind = 'HMAC' | 'ED25519';

/** A new key: what signs, and what may be known of it. */
export type MadeKey = { kind: SignatureKind; secret: string; publicKey: string | null };

/** Bytes of a shared secret; the standard asks for 24 to 64. */
const secretBytes = 32;

export function makeKey(kind: SignatureKind): MadeKey {
  if (kind === 'HMAC') return { kind, secret: `whsec_${randomBytes(secretBytes).toString('base64')}`, publicKey: null };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'jwk' }).d ?? '';
  const point = publicKey.export({ format: 'jwk' }).x ?? '';
  return { kind, secret: `whsk_${base64(seed)}`, publicKey: `whpk_${base64(point)}` };
}

function base64(text: string): string {
  return Buffer.from(text, 'base64url').toString('base64');
}

export type Message = { id: string; at: Date; body: string };
export type SigningKey = Pick<MadeKey, 'kind' | 'secret'>;

/** The headers of a delivery; one signature per key, so that receivers may go over from one to the other. */
export function signedHeaders(keys: readonly SigningKey[], message: Message): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(secondsOf(message.at)),
    'webhook-signature': keys.map((key) => signatureOf(key, message)).join(' '),
  };
}

function signatureOf({ kind, secret }: SigningKey, { id, at, body }: Message): string {
  if (kind === 'HMAC') return new Webhook(secret).sign(id, at, body);
  const seed = Buffer.from(secret.replace(/^whsk_/, ''), 'base64');
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  return `v1a,${sign(null, Buffer.from(`${id}.${secondsOf(at)}.${body}`), privateKey).toString('base64')}`;
}

/** What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
