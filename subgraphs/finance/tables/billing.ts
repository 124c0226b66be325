export * from './disputes.ts';
export * from './documents.ts';
export * from './dunning.ts';
export * from './invoices.ts';
export * from './journal.ts';
export * from './payments.ts';
export * from './revenue.ts';
