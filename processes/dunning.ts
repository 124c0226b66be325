import { dunDueInvoices } from '#finance/dunning/commands.ts';
import type { Schedule } from '#kernel/schedule.ts';

/** Invoices whose due date has passed are said to be overdue, and reminded of as their legal entity has it. */
export const dunning: Schedule = { name: 'due-dunning', every: 600, run: dunDueInvoices };
