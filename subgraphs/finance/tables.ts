export * from './tables/balances.ts';
export * from './tables/billing.ts';
export * from './tables/ledger.ts';
export * from './tables/rates.ts';
export * from './tables/reference.ts';
export * from './tables/schema.ts';
