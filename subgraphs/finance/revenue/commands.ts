/** The commands on revenue events, for processes and resolvers. */
export { recognizeRevenueEvent, reverseRevenueEvent, revenueEventAction, updateRevenueEvent } from './recognize.ts';
export { scheduleRevenue } from './schedule.ts';
