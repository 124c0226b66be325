import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { costCenterResolvers } from './costCenter/resolvers.ts';
import { fiscalPeriodResolvers } from './fiscalPeriod/resolvers.ts';
import { legalEntityResolvers } from './legalEntity/resolvers.ts';
import { rateCardResolvers } from './rateCard/resolvers.ts';
import { taxProfileResolvers } from './taxProfile/resolvers.ts';

const books = [legalEntityResolvers, taxProfileResolvers, costCenterResolvers, fiscalPeriodResolvers, rateCardResolvers];

export const financeSubgraph: Subgraph = { name: 'finance', resolvers: mergeResolvers([...books]) };
