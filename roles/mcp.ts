import { hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { McpSettings } from '#gateway/mcp/endpoint.ts';
import type { Db } from '#kernel/db.ts';
import type { Call } from './command.ts';

/** Tools for agents. */
export const mcpFlags = {
  mcp: { type: 'boolean', help: 'serve tools for agents at /mcp, by the Model Context Protocol, as docs/mcp.md says (ACCORD_MCP=true; default: not)' },
} as const;

/** Bytes of the secret behind confirmations. */
const secretBytes = 32;

/** Off unless it is asked for. Gateways with one signing key take each other's confirmations; without one they are good in this process alone. */
export function mcpOf(
  { flags, env }: Pick<Call, 'flags' | 'env'>,
  { db, signingKey }: { db: Db; signingKey?: KeyObject },
): Omit<McpSettings, 'clock'> | undefined {
  if (flags.mcp !== true && env.ACCORD_MCP !== 'true') return undefined;
  return { db, key: signingKey ? derived(signingKey) : randomBytes(secretBytes) };
}

function derived(signingKey: KeyObject): Uint8Array {
  const secret = signingKey.export({ format: 'der', type: 'pkcs8' });
  return new Uint8Array(hkdfSync('sha256', secret, '', 'accord confirmations of agents', secretBytes));
}
