import { balanceColumns, balanceIndexes, idPart, monthPart } from '#kernel/balance.ts';
import { count } from '#kernel/columns.ts';
import { date, index, not, sql, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { ActualStatus } from '../actual/machine.ts';
import type { LedgerAccount } from '../billing/accounts.ts';
import { type ActualClass, type ActualKind, type ActualSourceType, areCosts } from './ledger.ts';
import { finance } from './schema.ts';

/** What is sold and not billed: literally the predicate of the indexes that find it. */
export const openBalances = sql.raw(`kind = 'UNBILLED_SALES' and status <> 'BILLED'`);

/** Actuals that count, neither reversed nor reversals, by the month of the work. */
export const actualBalances = finance.table(
  'actual_balance',
  {
    kind: text('kind').$type<ActualKind>().notNull(),
    transactionClass: text('transaction_class').$type<ActualClass>().notNull(),
    status: text('status').$type<ActualStatus>().notNull(),
    sourceType: text('source_type').$type<ActualSourceType>().notNull(),
    legalEntityId: uuid('legal_entity_id').notNull(),
    customerId: uuid('customer_id'),
    engagementId: uuid('engagement_id'),
    contractId: uuid('contract_id'),
    contractLineId: uuid('contract_line_id'),
    projectId: uuid('project_id'),
    currency: text('currency').notNull(),
    month: date('month').notNull(),
    actuals: count('actuals').notNull(),
    seconds: count('seconds').notNull(),
    amountMinor: count('amount_minor').notNull(),
    ...balanceColumns([
      ...['kind', 'transaction_class', 'status', 'source_type'],
      ...['legal_entity_id', 'customer_id', 'engagement_id', 'contract_id', 'contract_line_id', 'project_id'].map(idPart),
      ...['currency', monthPart],
    ]),
  },
  (table) => [
    ...balanceIndexes('actual_balance', table),
    index('actual_balance_of_month').on(table.month),
    index('actual_balance_of_customer').on(table.customerId, table.month),
    index('actual_balance_of_project').on(table.projectId, table.month),
    index('actual_balance_of_contract').on(table.contractId, table.month),
    index('actual_balance_open_of_customer').on(table.customerId).where(sql`${openBalances} and customer_id is not null`),
    index('actual_balance_open_of_project').on(table.projectId).where(sql`${openBalances} and project_id is not null`),
    index('actual_balance_open_of_contract').on(table.contractId).where(sql`${openBalances} and contract_id is not null`),
    index('actual_balance_of_contract_line').on(table.contractLineId).where(sql`contract_line_id is not null`),
  ],
);

/** What projects cost by the books, reversals among it, by the month of the books. */
export const costBalances = finance.table(
  'cost_balance',
  {
    legalEntityId: uuid('legal_entity_id').notNull(),
    customerId: uuid('customer_id'),
    projectId: uuid('project_id').notNull(),
    currency: text('currency').notNull(),
    month: date('month').notNull(),
    amountMinor: count('amount_minor').notNull(),
    ...balanceColumns([...['legal_entity_id', 'customer_id', 'project_id'].map(idPart), 'currency', monthPart]),
  },
  (table) => [...balanceIndexes('cost_balance', table), index('cost_balance_of_project').on(table.projectId, table.month)],
);

/** The posted journal, by account and the month of posting. */
export const accountBalances = finance.table(
  'account_balance',
  {
    legalEntityId: uuid('legal_entity_id').notNull(),
    account: text('account').$type<LedgerAccount>().notNull(),
    currency: text('currency').notNull(),
    month: date('month').notNull(),
    debitMinor: count('debit_minor').notNull(),
    creditMinor: count('credit_minor').notNull(),
    ...balanceColumns([idPart('legal_entity_id'), 'account', 'currency', monthPart]),
  },
  (table) => [...balanceIndexes('account_balance', table), index('account_balance_of_legal_entity').on(table.legalEntityId, table.month)],
);

visible(actualBalances, {
  customer: actualBalances.customerId,
  legalEntity: actualBalances.legalEntityId,
  client: () => not(areCosts(actualBalances.kind)),
  partner: false,
  secret: { permission: 'cost:read', rows: areCosts(actualBalances.kind) },
});
visible(costBalances, {
  customer: costBalances.customerId,
  legalEntity: costBalances.legalEntityId,
  client: false,
  partner: false,
  secret: { permission: 'cost:read', rows: sql`true` },
});
visible(accountBalances, { customer: 'firm', legalEntity: accountBalances.legalEntityId, client: false, partner: false });
