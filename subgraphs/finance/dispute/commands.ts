/** The commands on disputes, for processes and resolvers. */
export { resolveDispute, withdrawDispute } from './end.ts';
export { disputeInvoice } from './raise.ts';
