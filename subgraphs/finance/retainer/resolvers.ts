import type { Resolvers } from '#generated/finance.ts';
import { showMoney } from '#kernel/money.ts';
import { type RetainerStatement, retainerStatements } from './queries.ts';

function shown({ retainer, currency, balanceMinor, periods }: RetainerStatement) {
  const money = (minor: bigint) => showMoney({ minor, currency });
  return {
    contractLineId: retainer.lineId,
    name: retainer.name,
    expires: retainer.unused === 'EXPIRES',
    balance: money(balanceMinor),
    periods: periods.map(({ number, from, to, minor, invoicedMinor, carriedMinor, drawnMinor, expiredMinor, balanceMinor: left }) => ({
      ...{ number, startDate: from, endDate: to, agreed: money(minor), invoiced: money(invoicedMinor), carried: money(carriedMinor) },
      ...{ drawn: money(drawnMinor), expired: money(expiredMinor), balance: money(left) },
    })),
  };
}

export const retainerResolvers = {
  Contract: { retainers: async ({ id }, _, context) => ((await context.load(retainerStatements, id)) ?? []).map(shown) },
} satisfies Resolvers;
