import { createHash } from 'node:crypto';
import type { CalendarDate } from '#kernel/period.ts';

export type MatchReason =
  | 'REMITTANCE_ADVICE'
  | 'NUMBER_IN_REFERENCE'
  | 'EXACT_AMOUNT'
  | 'SUM_OF_SEVERAL'
  | 'WHOLE_ACCOUNT'
  | 'WITHIN_TOLERANCE'
  | 'OLDEST_FIRST'
  | 'AMBIGUOUS';

/** An invoice of the customer that is to be paid, in the payment's currency. */
export type Candidate = { id: string; number: string; dueDate: CalendarDate; openMinor: bigint };
/** What is left of a payment, and what it says; `advised`: what the customer says that it is for, as far as that is open. */
export type Paying = { id: string; leftMinor: bigint; reference: string | null; advised?: readonly Candidate[] | undefined };
export type Share = { invoiceId: string; minor: bigint };
/** One way to use a payment. The score is 0 to 100, the sum of what speaks for it. */
export type Match = { key: string; score: number; reasons: MatchReason[]; shares: Share[]; leftMinor: bigint };

/** Invoices of a customer that are looked at for a payment: the oldest, and those whose numbers it names. */
export const looked = 100;
/** Invoices that sums are looked for among: the oldest. Four of twenty are 4,845 sums at most. */
const among = 20;
const mostOf = 4;
/** Proposals at most. */
const most = 5;

/** What a payment may be short of or beyond an amount: bank charges, 1 % of it and 10.00 (in units of a hundred) at most. */
export function toleranceOf(openMinor: bigint): bigint {
  const percent = openMinor / 100n;
  return percent < 1000n ? percent : 1000n;
}

type Idea = { invoices: readonly Candidate[]; score: number; reasons: MatchReason[] };

/** Which invoices a payment may be meant for, the best guess first. Pure, and the same for the same rows: the oldest due come first, then by number. */
export function matchesOf(payment: Paying, candidates: readonly Candidate[]): Match[] {
  if (payment.leftMinor <= 0n) return [];
  const open = candidates.toSorted(byAge);
  const ideas = [...byAdvice(payment), ...byNumber(payment, open), ...byAmount(payment, open), ...bySum(payment, open), ...byAccount(payment, open)];
  const found = new Map<string, Match>();
  for (const idea of ideas) {
    const match = matchOf(payment, idea);
    const before = found.get(match.key);
    if (!before) found.set(match.key, match);
    else
      found.set(match.key, {
        ...before,
        score: Math.min(100, Math.max(before.score, match.score) + 5),
        reasons: [...new Set([...before.reasons, ...match.reasons])],
      });
  }
  for (const match of oldestFirst(open).map((idea) => matchOf(payment, idea))) if (!found.has(match.key)) found.set(match.key, match);
  return [...found.values()].toSorted((one, other) => other.score - one.score || (one.key < other.key ? -1 : 1)).slice(0, most);
}

function byAge(one: Candidate, other: Candidate): number {
  if (one.dueDate !== other.dueDate) return one.dueDate < other.dueDate ? -1 : 1;
  return one.number < other.number ? -1 : 1;
}

/** Whether a text names a number, with whatever people put between its letters and digits; not where another digit goes on: `NL-2026-1` is not in `NL-2026-12`. */
export function namesNumber(text: string, number: string): boolean {
  const marks = number.match(/[\p{L}\p{N}]/gu) ?? [];
  return marks.length > 0 && new RegExp(`(?<!\\p{N})${marks.join('[^\\p{L}\\p{N}]{0,3}')}(?!\\p{N})`, 'iu').test(text);
}

/** The customer's own word: of each invoice what its line says, at most what is open. */
function byAdvice({ advised = [], leftMinor }: Paying): Idea[] {
  if (advised.length === 0) return [];
  return [{ invoices: advised, score: sumOf(advised) === leftMinor ? 98 : 80, reasons: ['REMITTANCE_ADVICE'] }];
}

function byNumber({ reference, leftMinor }: Paying, open: readonly Candidate[]): Idea[] {
  const named = reference ? open.filter(({ number }) => namesNumber(reference, number)) : [];
  if (named.length === 0) return [];
  const sum = sumOf(named);
  if (sum === leftMinor) return [{ invoices: named, score: 95, reasons: ['NUMBER_IN_REFERENCE', 'EXACT_AMOUNT'] }];
  if (isNear(leftMinor, sum)) return [{ invoices: named, score: 85, reasons: ['NUMBER_IN_REFERENCE', 'WITHIN_TOLERANCE'] }];
  return [{ invoices: named, score: 70, reasons: ['NUMBER_IN_REFERENCE'] }];
}

function byAmount({ leftMinor }: Paying, open: readonly Candidate[]): Idea[] {
  const exact = open.filter(({ openMinor }) => openMinor === leftMinor);
  if (exact.length > 0) return ranked(exact, { sure: 75, unsure: 45, reason: 'EXACT_AMOUNT' });
  return ranked(
    open.filter(({ openMinor }) => isNear(leftMinor, openMinor)),
    { sure: 40, unsure: 25, reason: 'WITHIN_TOLERANCE' },
  );
}

function ranked(found: readonly Candidate[], { sure, unsure, reason }: { sure: number; unsure: number; reason: MatchReason }): Idea[] {
  const several = found.length > 1;
  const reasons: MatchReason[] = several ? [reason, 'AMBIGUOUS'] : [reason];
  return found.slice(0, most).map((each, index) => ({ invoices: [each], score: several ? unsure - index : sure, reasons }));
}

/** The smallest number of invoices whose sum is exactly what is left. */
function bySum({ leftMinor }: Paying, open: readonly Candidate[]): Idea[] {
  const few = open.slice(0, among);
  for (let size = 2; size <= mostOf; size += 1) {
    const [first, second] = sumsOf(few, { size, minor: leftMinor, most: 2 });
    if (first) return [{ invoices: first, score: second ? 35 : 60, reasons: second ? ['SUM_OF_SEVERAL', 'AMBIGUOUS'] : ['SUM_OF_SEVERAL'] }];
  }
  return [];
}

type Sought = { size: number; minor: bigint; most: number };

/** Sets of so many invoices with that sum, the oldest first; what is larger than the rest is not tried. */
function sumsOf(open: readonly Candidate[], { size, minor, most: wanted }: Sought): Candidate[][] {
  if (size === 0) return minor === 0n ? [[]] : [];
  const found: Candidate[][] = [];
  for (const [index, each] of open.entries()) {
    if (found.length >= wanted || open.length - index < size) break;
    if (each.openMinor > minor) continue;
    const rest = sumsOf(open.slice(index + 1), { size: size - 1, minor: minor - each.openMinor, most: wanted - found.length });
    found.push(...rest.map((others) => [each, ...others]));
  }
  return found;
}

function byAccount({ leftMinor }: Paying, open: readonly Candidate[]): Idea[] {
  return open.length > 1 && open.length < looked && sumOf(open) === leftMinor ? [{ invoices: open, score: 80, reasons: ['WHOLE_ACCOUNT'] }] : [];
}

function oldestFirst(open: readonly Candidate[]): Idea[] {
  return open.length > 0 ? [{ invoices: open, score: 10, reasons: ['OLDEST_FIRST'] }] : [];
}

const sumOf = (invoices: readonly Candidate[]): bigint => invoices.reduce((sum, { openMinor }) => sum + openMinor, 0n);

function isNear(minor: bigint, openMinor: bigint): boolean {
  const off = minor > openMinor ? minor - openMinor : openMinor - minor;
  return off > 0n && off <= toleranceOf(openMinor);
}

/** What goes to which invoice: the oldest first, as far as the money lasts. Its key is what it does, so that only what was seen is applied. */
function matchOf({ id, leftMinor }: Paying, { invoices, score, reasons }: Idea): Match {
  let left = leftMinor;
  const shares: Share[] = [];
  for (const { id: invoiceId, openMinor } of invoices) {
    const whole = left >= openMinor;
    const minor = whole ? openMinor : left;
    if (minor > 0n) shares.push({ invoiceId, minor });
    left -= minor;
  }
  const said = [id, ...shares.map(({ invoiceId, minor }) => `${invoiceId} ${minor}`)].join('\n');
  return { key: createHash('sha256').update(said).digest('hex').slice(0, 32), score, reasons, shares, leftMinor: left };
}
