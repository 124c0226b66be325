import { entity } from '#kernel/entity.ts';
import { expenses, timesheetEntries, timesheets } from './tables.ts';

/** What commands of this subgraph write. */
export const timesheet = entity('Timesheet', timesheets);
export const timeEntry = entity('TimesheetEntry', timesheetEntries);
export const expenseItem = entity('ExpenseItem', expenses);
