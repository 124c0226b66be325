/** The commands of reminding, for processes and resolvers. */
export { acknowledgeDunningDelivery, failDunningDelivery } from './deliver.ts';
export { holdDunning, resumeDunning } from './hold.ts';
export { setDunningPolicy } from './policy.ts';
export { dunDueInvoices } from './raise.ts';
