import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CannotStart } from '../cannotStart.ts';

/** A secret never stands in the file: it says where it is. */
const secret = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);
export type Secret = z.infer<typeof secret>;

/** What the gateway and the way itself say; a client's token is Accord's alone. */
const ownHeaders =
  /^(authorization|cookie|host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|expect|accept|origin|traceparent|x-correlation-id|(content|proxy|sec|x-accord)-.*)$/;
const header = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'a name of a header in small letters')
  .refine((name) => !ownHeaders.test(name), 'a header that the gateway says itself, or that is for the gateway alone');

const entry = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is small letters, digits and dashes'),
  schema: z.string().min(1).optional(),
  url: z.string().min(1),
  cleartext: z.boolean().default(false),
  ca: z.string().min(1).optional(),
  certificate: z.strictObject({ file: z.string().min(1), key: secret }).optional(),
  credential: z.union([
    z.literal('none'),
    z.strictObject({ bearer: secret }),
    z.strictObject({
      signed: z.strictObject({ key: secret, audience: z.string().min(1), issuer: z.string().min(1).default('accord'), keyId: z.string().min(1).optional() }),
    }),
  ]),
  headers: z
    .strictObject({ forward: z.array(header).default([]), set: z.record(header, z.union([z.string(), secret])).default({}) })
    .default({ forward: [], set: {} }),
  errors: z.enum(['passed', 'masked']).default('masked'),
  actor: z.enum(['nothing', 'identity', 'whole']).default('nothing'),
  timeout: z.number().int().min(1).max(35_000).default(10_000),
  breaker: z.strictObject({ failures: z.number().int().min(1), pause: z.number().int().min(1) }).default({ failures: 5, pause: 10_000 }),
  health: z.string().min(1).optional(),
  subscriptions: z.strictObject({ protocol: z.enum(['ws', 'sse']).default('ws'), url: z.string().min(1).optional() }).default({ protocol: 'ws' }),
});
export type Entry = z.infer<typeof entry>;

const schema = z.strictObject({
  subgraphs: z.array(entry),
  /** Seconds after which SDL by address is read again. */
  poll: z.number().min(1).default(60),
  allowed: z.array(z.string().min(1)).default([]),
  /** Days in which nobody may have used what goes. */
  unusedFor: z.number().int().min(1).max(365).default(30),
});
export type RegistryFile = z.infer<typeof schema>;

/** Reads the file that names the firm's own subgraphs, YAML or JSON (docs/extend.md). */
export async function readRegistryFile(file: string): Promise<RegistryFile> {
  try {
    return schema.parse(parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new CannotStart(`${file} does not say which subgraphs there are: ${error instanceof z.ZodError ? `\n${z.prettifyError(error)}` : String(error)}`);
  }
}

/** A path of the file, as seen from the file. */
export function beside(file: string, path: string): string {
  return resolve(dirname(file), path);
}
