import type { ContractLineTerms } from '#engagements/published.ts';
import { allocate, type Money, sayMoney } from '#kernel/money.ts';

/** What a contract line may bill in all; `id` is the line's. */
export type Cap = { id: string; what: string; minor: bigint };

/** Why something is NOT_READY. */
export type Hold = { code: string; reason: string };

/** What of an amount may be billed, and why the rest must wait: undefined where nothing has to. */
export type Share = { within: bigint; hold: Hold | undefined };

/** The limits that a sale under a line must keep. */
export function capsOf(line: ContractLineTerms | null | undefined): Cap[] {
  return line && line.notToExceedMinor !== null ? [{ id: line.id, what: `Contract line ${line.name}`, minor: BigInt(line.notToExceedMinor) }] : [];
}

/** How much of an amount all limits leave room for, given what was sold under each. What takes back needs no room. */
export function withinCaps(caps: readonly Cap[], soldOf: (id: string) => bigint, { minor, currency }: Money): Share {
  if (minor <= 0n) return { within: minor, hold: undefined };
  const left = (cap: Cap) => (cap.minor > soldOf(cap.id) ? cap.minor - soldOf(cap.id) : 0n);
  const [tightest] = caps.toSorted((one, other) => (left(one) < left(other) ? -1 : left(one) > left(other) ? 1 : 0));
  if (!tightest || left(tightest) >= minor) return { within: minor, hold: undefined };
  const say = (each: bigint) => sayMoney({ minor: each, currency });
  const reason = `${tightest.what} may bill ${say(tightest.minor)} in all; ${say(left(tightest))} are left and this is ${say(minor)}.`;
  return { within: left(tightest), hold: { code: 'NOT_TO_EXCEED', reason } };
}

export type Piece = { minor: bigint; seconds: bigint | null; hold: Hold | undefined };

/** An amount as its share says: in one piece, or cut to the minor unit, its time by largest remainder. */
export function piecesOf({ minor, seconds }: { minor: bigint; seconds: bigint | null }, { within, hold }: Share): Piece[] {
  if (!hold || within === 0n) return [{ minor, seconds, hold }];
  const rest = minor - within;
  const [ready = null, waiting = null] = seconds === null ? [] : allocate(seconds, [within, rest]);
  return [
    { minor: within, seconds: ready, hold: undefined },
    { minor: rest, seconds: waiting, hold },
  ];
}
