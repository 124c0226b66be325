import { type WaitingMoney, type Wanted, waitingDisputes, waitingPayments } from '#finance/matching/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { ErrorCode } from '#kernel/errors.ts';
import { beforeAllIds } from '#kernel/ids.ts';
import { dateOf } from '#kernel/period.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { knownSubjects, retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';

/** Something that should not wait for long: after so many days it is an exception, until it no longer waits. */
type Watch = {
  process: string;
  type: string;
  code: ErrorCode;
  days: number;
  says: (since: string) => string;
  find: (db: Db, wanted: Wanted) => Promise<WaitingMoney[]>;
};

const disputes: Watch = {
  process: 'waiting-disputes',
  type: 'Dispute',
  code: 'DISPUTE_UNRESOLVED',
  days: 14,
  says: (since) => `The dispute stands open since ${since}, and its invoice is not dunned. Resolve it (resolveDispute).`,
  find: waitingDisputes,
};
const payments: Watch = {
  process: 'unmatched-payments',
  type: 'Payment',
  code: 'PAYMENT_UNMATCHED',
  days: 3,
  says: (since) => `The payment has something left that settles no invoice since ${since}. Read its matches, then apply one (applyPaymentMatch), or refund it.`,
  find: waitingPayments,
};

/** Rows in one look. */
const page = 200;

const beforeOf = ({ days }: Watch, { now }: Scope): Date => new Date(now.getTime() - days * 86_400_000);

/** Reports what waits too long and nobody has in hand yet; gives how many it reported. */
async function report(scope: Scope, watch: Watch): Promise<number> {
  for (let after = beforeAllIds; ; ) {
    const found = await watch.find(scope.tx, { before: beforeOf(watch, scope), after, first: page });
    const ids = found.map(({ id }) => id);
    const known = await knownSubjects(scope.tx, watch.process, ids);
    const fresh = found.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) await open(scope, watch, fresh);
    const last = ids.at(-1);
    if (fresh.length > 0 || ids.length < page || !last) return fresh.length;
    after = last;
  }
}

async function open(scope: Scope, { process, code, type, says }: Watch, found: readonly WaitingMoney[]): Promise<void> {
  const reports = found.map(({ id, since, money, keys }) => {
    return { process, code, message: says(dateOf(since)), subject: { type, id }, owner: 'controller', keys, moneyAtRisk: money };
  });
  await openExceptions(scope, reports);
}

/** What no longer waits is no exception any more; what is tried again and still waits is one. */
async function follow(scope: Scope, watch: Watch, ids: readonly string[]): Promise<void> {
  const found = await watch.find(scope.tx, { before: scope.now, ids });
  const waiting = new Set(found.map(({ id }) => id));
  await resolveExceptions(scope, { process: watch.process, subjectIds: ids.filter((id) => !waiting.has(id)) });
  const retried = await retriedSubjects(scope.tx, watch.process, [...waiting]);
  if (retried.size > 0) {
    await open(
      scope,
      watch,
      found.filter(({ id }) => retried.has(id)),
    );
  }
}

/** Disputes and payments that nobody sees to for days are in the list of what is stuck. */
export const waitingMoney: readonly Schedule[] = [disputes, payments].map((watch) => ({
  name: watch.process,
  every: 3600,
  run: (scope) => report(scope, watch),
}));

const retriesOf = (facts: readonly { type: string; payload: object }[], process: string): string[] =>
  facts.flatMap(({ payload }) => ('process' in payload && payload.process === process && 'subjectId' in payload ? [String(payload.subjectId)] : []));

/** They leave it once they are seen to. */
export const seenTo = [
  consumer({
    name: disputes.process,
    facts: [finance.DisputeResolved, finance.DisputeWithdrawn, operations.ExceptionRetryRequested],
    batch: 100,
    handle: async (scope, facts) => {
      const ended = facts.flatMap((fact) => (fact.type === 'ExceptionRetryRequested' ? [] : [fact.payload.disputeId]));
      await follow(scope, disputes, [...new Set([...ended, ...retriesOf(facts, disputes.process)])]);
    },
  }),
  consumer({
    name: payments.process,
    facts: [finance.PaymentApplied, finance.PaymentRefunded, finance.PaymentReversed, operations.ExceptionRetryRequested],
    batch: 100,
    handle: async (scope, facts) => {
      const used = facts.flatMap((fact) => (fact.type === 'ExceptionRetryRequested' ? [] : [fact.payload.paymentId]));
      await follow(scope, payments, [...new Set([...used, ...retriesOf(facts, payments.process)])]);
    },
  }),
];
