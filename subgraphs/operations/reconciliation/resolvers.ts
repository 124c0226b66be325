import type { LeakageGrouping, Resolvers } from '#generated/operations.ts';
import { page } from '#kernel/connection.ts';
import { showSeconds } from '#kernel/duration.ts';
import { refer } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor, showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import type { ReconciliationBreakRow } from '../tables/reconciliation.ts';
import { acceptBreak, breakAction, runReconciliation } from './commands.ts';
import { cureBreak } from './cures.ts';
import { breakMachine } from './machine.ts';
import { breakList, isCause, isPair, type LeakageSums, leakage, readBreak, readReconciliationRun, reconciliationRunList } from './queries.ts';

const on = mutationsOf('reconciliationBreak', readBreak);
const onRun = mutationsOf('reconciliationRun', readReconciliationRun);

type Side = { count: number; seconds: bigint; minor: bigint; hash: string };

const showSide = ({ currency }: ReconciliationBreakRow, { count, seconds, minor, hash }: Side) => ({
  ...{ count, hash, amount: showMinor(minor, currency) },
  ...showSeconds('hours', seconds),
});

function showLeakage(groupBy: LeakageGrouping, { key, code, count, seconds, amounts }: LeakageSums) {
  const ref = (kind: LeakageGrouping) => (kind === groupBy ? refer(key) : null);
  return {
    ...{ pair: isPair(key) ? key : null, cause: groupBy === 'CAUSE' && isCause(key) ? key : null, code },
    ...{ legalEntity: ref('LEGAL_ENTITY'), customer: ref('CUSTOMER'), project: ref('PROJECT') },
    ...{ count, moneyAtRisk: amounts.map(showMoney), ...showSeconds('hours', seconds) },
  };
}

export const reconciliationResolvers = {
  Operations: {
    reconciliationRuns: (_, args, context) => {
      demandWholeFirm(context.actor, 'The list of reconciliations');
      return page(context, reconciliationRunList, args);
    },
    reconciliationRun: async (_, { id }, context) => (await readReconciliationRun(context, id)) ?? null,
    reconciliationBreaks: (_, args, context) => page(context, breakList, args),
    reconciliationBreak: async (_, { id }, context) => (await readBreak(context, id)) ?? null,
    leakage: async (_, args, context) => {
      const { comparedAt, rows, more } = await leakage(context, args);
      return { comparedAt, more, rows: rows.map((row) => showLeakage(args.groupBy, row)) };
    },
  },
  Mutation: {
    runReconciliation: onRun.one('runReconciliation', runReconciliation),
    acceptReconciliationBreak: on.one('acceptReconciliationBreak', acceptBreak),
    reopenReconciliationBreak: on.one('reopenReconciliationBreak', breakAction('reopen')),
    resolveReconciliationBreak: on.one('resolveReconciliationBreak', breakAction('resolve')),
  },
  ReconciliationRun: {
    __resolveReference: async ({ id }, context) => (await readReconciliationRun(context, id)) ?? null,
    asOfPosition: ({ asOfPosition }) => asOfPosition.toString(),
    workedMilliseconds: ({ worked }) => worked,
  },
  ReconciliationBreak: {
    __resolveReference: async ({ id }, context) => (await readBreak(context, id)) ?? null,
    leftSystem: () => 'ACCORD',
    rightSystem: () => 'ACCORD',
    startDate: ({ week }) => week,
    customer: ({ customerId }) => ({ id: customerId }),
    project: ({ projectId }) => refer(projectId),
    legalEntity: ({ legalEntityId }) => refer(legalEntityId),
    left: (row) => showSide(row, { count: row.leftCount, seconds: row.leftSeconds, minor: row.leftMinor, hash: row.leftHash }),
    right: (row) => showSide(row, { count: row.rightCount, seconds: row.rightSeconds, minor: row.rightMinor, hash: row.rightHash }),
    hours: ({ seconds }) => showSeconds('hours', seconds).hours,
    duration: ({ seconds }) => showSeconds('hours', seconds).duration,
    moneyAtRisk: ({ amountMinor, currency }) => showMinor(amountMinor, currency),
    cures: (row) => [...cureBreak(row)],
    availableActions: (row, _, { actor }) => availableActions(breakMachine, row, actor),
  },
} satisfies Resolvers;
