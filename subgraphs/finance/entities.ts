import { entity } from '#kernel/entity.ts';
import {
  actuals,
  billingRunContracts,
  billingRuns,
  costCenters,
  disputes,
  dunningNotices,
  dunningPolicies,
  exchangeRates,
  fiscalPeriods,
  intercompanyChargeLines,
  intercompanyCharges,
  intercompanyTerms as intercompanyTermsTable,
  invoiceDocuments,
  invoiceDunnings,
  invoiceLines,
  invoiceSequences,
  invoices,
  journalEntries,
  journalLines,
  legalEntities,
  paymentApplications,
  paymentRefunds,
  payments,
  rateCardLines,
  rateCards,
  rateCardVersions,
  remittanceAdvices,
  rerateProposals,
  rerates,
  revenueEvents,
  supplierInvoiceLines,
  supplierInvoiceMatches,
  supplierInvoices,
  taxProfiles,
} from './tables.ts';

/** What commands of this subgraph write. */
export const legalEntity = entity('LegalEntity', legalEntities);
export const taxProfile = entity('TaxProfile', taxProfiles);
export const costCenter = entity('CostCenter', costCenters);
export const exchangeRate = entity('ExchangeRate', exchangeRates);
export const intercompanyTerms = entity('IntercompanyTerms', intercompanyTermsTable);
export const intercompanyCharge = entity('IntercompanyCharge', intercompanyCharges);
export const intercompanyChargeLine = entity('IntercompanyChargeLine', intercompanyChargeLines);
export const fiscalPeriod = entity('FiscalPeriod', fiscalPeriods);
export const rateCard = entity('RateCard', rateCards);
export const rateCardVersion = entity('RateCardVersion', rateCardVersions);
export const rateCardLine = entity('RateCardLine', rateCardLines);
/** Written as DRAFT, then its lines, then posted: the database judges the entry when all lines are there. */
export const journalEntry = entity('JournalEntry', journalEntries, { stepwise: true });
export const journalLine = entity('JournalLine', journalLines);
export const actual = entity('Actual', actuals);
/** Work that stands open again: it comes behind the actuals that it follows, once they no longer count. */
export const reopenedActual = entity('Actual', actuals);
export const invoice = entity('Invoice', invoices);
/** A credit note is born posted, and a posted paper keeps its lines: so it comes behind them. */
export const creditNote = entity('Invoice', invoices);
export const invoiceLine = entity('InvoiceLine', invoiceLines);
/** Made when an invoice is posted, behind it. */
export const invoiceDocument = entity('InvoiceDocument', invoiceDocuments);
export const dispute = entity('Dispute', disputes);
export const dunningPolicy = entity('DunningPolicy', dunningPolicies);
/** How far reminding of an invoice has come, and each reminder. */
export const invoiceDunning = entity('InvoiceDunning', invoiceDunnings);
export const dunningNotice = entity('DunningNotice', dunningNotices);
export const invoiceSequence = entity('InvoiceSequence', invoiceSequences);
export const payment = entity('Payment', payments);
export const paymentApplication = entity('PaymentApplication', paymentApplications);
export const paymentRefund = entity('PaymentRefund', paymentRefunds);
export const remittanceAdvice = entity('RemittanceAdvice', remittanceAdvices);
export const rerate = entity('Rerate', rerates);
export const rerateProposal = entity('RerateProposal', rerateProposals);
export const billingRun = entity('BillingRun', billingRuns);
export const billingRunContract = entity('BillingRunContract', billingRunContracts);
export const revenueEvent = entity('RevenueEvent', revenueEvents);
export const supplierInvoice = entity('SupplierInvoice', supplierInvoices);
export const supplierInvoiceLine = entity('SupplierInvoiceLine', supplierInvoiceLines);
export const supplierInvoiceMatch = entity('SupplierInvoiceMatch', supplierInvoiceMatches);
