import type { ContractLineTerms, ContractVersionTerms } from '#engagements/published.ts';
import { allocate, type Money, sayMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { Retainer } from './retainer.ts';

/** What a contract line, or a contract as a whole, may bill in all; `id` is its own. */
export type Cap = { id: string; what: string; minor: bigint };

/** A contract with what it says on the day. */
export type Capped = { id: string; name: string; terms: Pick<ContractVersionTerms, 'notToExceedMinor'> };

/** Why something is NOT_READY. */
export type Hold = { code: string; reason: string };

/** What of an amount a retainer pays for; what of the rest may be billed; and why what is left then must wait, undefined where nothing has to. */
export type Share = { drawn: bigint; within: bigint; hold: Hold | undefined };

/** What a sale must keep to, and the retainer that it draws first, on the day of the work. */
export type Bounds = { caps: readonly Cap[]; draws?: { retainer: Retainer; workDate: CalendarDate } | undefined };
export const unbounded: Bounds = { caps: [] };

/** The limits that a sale under a line must keep: the line's own, and that of its contract on the day. */
export function capsOf(line: ContractLineTerms | null | undefined, contract: Capped | undefined): Cap[] {
  if (!line) return [];
  const own = { id: line.id, what: `Contract line ${line.name}`, minor: line.notToExceedMinor };
  const all = contract ? [own, { id: contract.id, what: `The contract ${contract.name}`, minor: contract.terms.notToExceedMinor }] : [own];
  // What was published before contracts had limits says nothing of one.
  return all.flatMap(({ minor, ...cap }) => (minor ? [{ ...cap, minor: BigInt(minor) }] : []));
}

/** How much of an amount all limits leave room for, given what was sold under each. What takes back needs no room. */
export function withinCaps(caps: readonly Cap[], soldOf: (id: string) => bigint, { minor, currency }: Money): Omit<Share, 'drawn'> {
  if (minor <= 0n) return { within: minor, hold: undefined };
  const left = (cap: Cap) => (cap.minor > soldOf(cap.id) ? cap.minor - soldOf(cap.id) : 0n);
  const [tightest] = caps.toSorted((one, other) => (left(one) < left(other) ? -1 : left(one) > left(other) ? 1 : 0));
  if (!tightest || left(tightest) >= minor) return { within: minor, hold: undefined };
  const say = (each: bigint) => sayMoney({ minor: each, currency });
  const reason = `${tightest.what} may bill ${say(tightest.minor)} in all; ${say(left(tightest))} are left and this is ${say(minor)}.`;
  return { within: left(tightest), hold: { code: 'NOT_TO_EXCEED', reason } };
}

export type Piece = { kind: 'DRAWN_SALES' | 'UNBILLED_SALES'; minor: bigint; seconds: bigint | null; hold: Hold | undefined };

/** An amount as its share says: in one piece, or cut to the minor unit, its time by largest remainder. */
export function piecesOf({ minor, seconds }: { minor: bigint; seconds: bigint | null }, { drawn, within, hold }: Share): Piece[] {
  const parts: Omit<Piece, 'seconds'>[] = [
    { kind: 'DRAWN_SALES', minor: drawn, hold: undefined },
    { kind: 'UNBILLED_SALES', minor: within, hold: undefined },
    { kind: 'UNBILLED_SALES', minor: minor - drawn - within, hold },
  ];
  const some = parts.filter((part) => part.minor !== 0n);
  if (some.length <= 1) return [{ kind: 'UNBILLED_SALES', minor, hold, ...some[0], seconds }];
  const times =
    seconds === null
      ? []
      : allocate(
          seconds,
          some.map((part) => part.minor),
        );
  return some.map((part, index) => ({ ...part, seconds: times[index] ?? null }));
}
