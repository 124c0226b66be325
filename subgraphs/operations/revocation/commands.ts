import type { RevokeTokensInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type RevocationKind, revoke } from '#kernel/revocation.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { facts } from '../published.ts';

/** Days after which a revocation is forgotten when nobody says when its tokens have ended. */
const usualDays = 400;

/** From now on no gateway believes the token, or those of the subject or client that were issued before. */
export async function revokeTokens(scope: Scope, input: RevokeTokensInput): Promise<{ id: string }> {
  demand(scope.actor, 'token:revoke');
  demandWholeFirm(scope.actor, 'A revocation');
  const { kind, value } = namedIn(input);
  const reason = checkLines('reason', input.reason, 1000);
  const issuedBefore = input.issuedBefore ?? scope.now;
  if (issuedBefore > scope.now)
    throw new Refused('VALIDATION_FAILED', 'issuedBefore lies in the future: tokens that are issued until then would be refused.', { field: 'issuedBefore' });
  const expiresAt = input.endedAt ?? new Date(scope.now.getTime() + usualDays * 86_400_000);
  if (expiresAt <= scope.now) throw new Refused('VALIDATION_FAILED', 'endedAt has passed: such tokens are refused already.', { field: 'endedAt' });
  const id = await revoke(scope, { kind, value, issuedBefore, expiresAt, reason });
  await record(scope, facts.TokensRevoked, {
    subject: { id, version: 1 },
    payload: { revocationId: id, kind, value, issuedBeforeAt: issuedBefore.toISOString(), reason },
  });
  return { id };
}

/** Exactly one of the three. */
function namedIn({ token, subject, client }: RevokeTokensInput): { kind: RevocationKind; value: string } {
  const given = (
    [
      ['TOKEN', 'token', token],
      ['SUBJECT', 'subject', subject],
      ['CLIENT', 'client', client],
    ] as const
  ).filter(([, , value]) => typeof value === 'string');
  const [one, another] = given;
  if (!one || another) throw new Refused('VALIDATION_FAILED', 'Name a token, a subject or a client: exactly one of them.', { field: another?.[1] ?? 'token' });
  const [kind, field, value] = one;
  return { kind, value: checkText(field, value) };
}
