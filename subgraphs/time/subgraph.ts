import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { entryResolvers } from './entry/resolvers.ts';
import { expenseResolvers } from './expense/resolvers.ts';
import { laborCategoryResolvers } from './laborCategory/resolvers.ts';
import { summaryResolvers } from './summary/resolvers.ts';
import { entryBalances, projectBalances, timesheetEntries } from './tables.ts';
import { timesheetResolvers } from './timesheet/resolvers.ts';

export const timeSubgraph: Subgraph = {
  name: 'time',
  resolvers: mergeResolvers([timesheetResolvers, entryResolvers, expenseResolvers, laborCategoryResolvers, summaryResolvers]),
  balances: [
    { table: entryBalances, rows: timesheetEntries },
    { table: projectBalances, rows: timesheetEntries },
  ],
};
