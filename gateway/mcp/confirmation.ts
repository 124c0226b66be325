import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Actor } from '#kernel/actor.ts';
import type { Clock } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';

/** A mutation with its input, as it would run. */
export type Change = { mutation: string; input: Readonly<Record<string, unknown>> };

export type Confirmations = {
  /** A word for exactly this change, by exactly this caller, for a short time. */
  give(actor: Actor, change: Change): { confirmation: string; expiresAt: string };
  /** Refuses a word that was not given for it; gives the idempotency key under which the change runs, once. */
  demand(confirmation: string, actor: Actor, change: Change): string;
};

/** Milliseconds between a preview and the last moment at which it may be confirmed. */
export const confirmable = 300_000;

const form = /^(\d{13})\.([\w-]{16})\.([\w-]{43})$/;

/** Nothing is kept: who has the key can check what any other holder of it gave. */
export function createConfirmations({ key, clock }: { key: Uint8Array; clock: Clock }): Confirmations {
  const sealOf = (sealed: readonly string[], actor: Actor, change: Change) =>
    createHmac('sha256', key)
      .update(canonicalize([...sealed, principalOf(actor), change]) ?? '')
      .digest('base64url');
  return {
    give: (actor, change) => {
      const expiry = clock().getTime() + confirmable;
      const sealed = [String(expiry), randomBytes(12).toString('base64url')];
      return { confirmation: [...sealed, sealOf(sealed, actor, change)].join('.'), expiresAt: new Date(expiry).toISOString() };
    },
    demand: (confirmation, actor, change) => {
      const [, expiry = '', nonce = '', seal = ''] = form.exec(confirmation) ?? [];
      if (!same(seal, sealOf([expiry, nonce], actor, change)))
        throw refused('This confirmation was not given to you for this change. Call propose_repair, and send what it answers as it is.');
      if (Number(expiry) <= clock().getTime()) throw refused('This confirmation has expired; nothing was changed by this call. Call propose_repair again.');
      return `mcp-${hash('sha256', confirmation)}`;
    },
  };
}

/** Subjects are their issuer's; what a token sees tells two of one name apart. */
function principalOf({ id, kind, system, employeeId, contract, customerIds, employeeIds, legalEntityIds }: Actor): Record<string, unknown> {
  const seen = { customerIds, employeeIds, legalEntityIds };
  const sorted = Object.entries(seen).map(([name, ids]) => [name, ids ? [...ids].sort() : null]);
  return { id, kind, system: system ?? null, employeeId: employeeId ?? null, contract: contract ?? null, ...Object.fromEntries(sorted) };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refused = (message: string) => new Refused('GUARD_REFUSED', message, { field: 'confirmation', guard: 'confirmed' });
