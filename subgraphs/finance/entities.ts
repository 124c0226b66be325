import { entity } from '#kernel/entity.ts';
import { costCenters, fiscalPeriods, legalEntities, rateCardLines, rateCards, rateCardVersions, taxProfiles } from './tables.ts';

/** What commands of this subgraph write. */
export const legalEntity = entity('LegalEntity', legalEntities);
export const taxProfile = entity('TaxProfile', taxProfiles);
export const costCenter = entity('CostCenter', costCenters);
export const fiscalPeriod = entity('FiscalPeriod', fiscalPeriods);
export const rateCard = entity('RateCard', rateCards);
export const rateCardVersion = entity('RateCardVersion', rateCardVersions);
export const rateCardLine = entity('RateCardLine', rateCardLines);
