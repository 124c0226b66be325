/** The commands on revenue events, for processes and resolvers. */
export { accrueRevenue } from './accrue.ts';
export { recognizeRevenueEvent, revenueEventAction, reverseRevenueEvent, updateRevenueEvent } from './recognize.ts';
export { scheduleRevenue } from './schedule.ts';
