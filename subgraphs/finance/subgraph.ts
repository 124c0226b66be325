import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { actualResolvers } from './actual/resolvers.ts';
import { billingRunResolvers } from './billingRun/resolvers.ts';
import { costCenterResolvers } from './costCenter/resolvers.ts';
import { disputeResolvers } from './dispute/resolvers.ts';
import { documentResolvers } from './document/resolvers.ts';
import { dunningResolvers } from './dunning/resolvers.ts';
import { exchangeRateResolvers } from './exchangeRate/resolvers.ts';
import { fiscalPeriodResolvers } from './fiscalPeriod/resolvers.ts';
import { forecastResolvers } from './forecast/resolvers.ts';
import { intercompanyResolvers } from './intercompany/resolvers.ts';
import { invoiceResolvers } from './invoice/resolvers.ts';
import { journalResolvers } from './journal/resolvers.ts';
import { legalEntityResolvers } from './legalEntity/resolvers.ts';
import { matchingResolvers } from './matching/resolvers.ts';
import { paymentResolvers } from './payment/resolvers.ts';
import { rateCardResolvers } from './rateCard/resolvers.ts';
import { readinessResolvers } from './readiness/resolvers.ts';
import { rerateResolvers } from './rerate/resolvers.ts';
import { retainerResolvers } from './retainer/resolvers.ts';
import { revenueResolvers } from './revenue/resolvers.ts';
import { supplierInvoiceResolvers } from './supplierInvoice/resolvers.ts';
import { accountBalances, actualBalances, actuals, costBalances, journalEntries } from './tables.ts';
import { taxProfileResolvers } from './taxProfile/resolvers.ts';

const books = [
  legalEntityResolvers,
  taxProfileResolvers,
  costCenterResolvers,
  fiscalPeriodResolvers,
  rateCardResolvers,
  exchangeRateResolvers,
  intercompanyResolvers,
  actualResolvers,
];
const billing = [
  journalResolvers,
  readinessResolvers,
  invoiceResolvers,
  billingRunResolvers,
  documentResolvers,
  dunningResolvers,
  disputeResolvers,
  paymentResolvers,
  matchingResolvers,
  rerateResolvers,
  revenueResolvers,
  retainerResolvers,
  forecastResolvers,
  supplierInvoiceResolvers,
];

export const financeSubgraph: Subgraph = {
  name: 'finance',
  resolvers: mergeResolvers([...books, ...billing]),
  balances: [
    { table: actualBalances, rows: actuals },
    { table: costBalances, rows: actuals },
    { table: accountBalances, rows: journalEntries },
  ],
};
