/** The domain subgraphs, in the order in which docs name them. */
export const subgraphNames = ['engagements', 'resources', 'time', 'finance', 'operations'] as const;
