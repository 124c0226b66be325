import { visible } from '#kernel/visibility.ts';
import { invoices, payments } from './tables/billing.ts';
import { actuals } from './tables/ledger.ts';
import { rateCards } from './tables/rates.ts';
import { costCenters, legalEntities, taxProfiles } from './tables/reference.ts';
import { externalRefs } from './tables/schema.ts';
import { supplierInvoices } from './tables/supplierInvoices.ts';

export * from './tables/balances.ts';
export * from './tables/billing.ts';
export * from './tables/billingRuns.ts';
export * from './tables/exchangeRates.ts';
export * from './tables/forecast.ts';
export * from './tables/intercompany.ts';
export * from './tables/ledger.ts';
export * from './tables/rates.ts';
export * from './tables/reference.ts';
export * from './tables/rerates.ts';
export * from './tables/schema.ts';
export * from './tables/supplierInvoices.ts';

visible(externalRefs, {
  follows: {
    LegalEntity: legalEntities,
    TaxProfile: taxProfiles,
    CostCenter: costCenters,
    RateCard: rateCards,
    Actual: actuals,
    Invoice: invoices,
    Payment: payments,
    SupplierInvoice: supplierInvoices,
  },
  type: externalRefs.entityType,
  id: externalRefs.entityId,
});
