/** What processes ask of money that waits. */
export { type WaitingMoney, type Wanted, waitingDisputes, waitingPayments } from './waiting.ts';
