import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';

/** Every domain subgraph, in the order in which docs name them. */
export const subgraphs = [engagementsSubgraph, resourcesSubgraph, timeSubgraph, financeSubgraph, operationsSubgraph];
