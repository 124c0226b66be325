/** The commands on payments, for processes and resolvers. */
export { applyPayment } from './apply.ts';
export { reversePayment, updatePayment } from './change.ts';
export { recordPayments } from './record.ts';
export { refundPayment, reverseRefund } from './refund.ts';
export { unapplyPayment } from './unapply.ts';
