import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type DunningNoticeStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

export type DunningNoticeSubject = { status: DunningNoticeStatus };

export const dunningNoticeMachine = {
  entity: 'DunningNotice',
  states: ['PENDING', 'DELIVERED', 'FAILED'],
  initial: 'PENDING',
  actions: {
    acknowledge: { from: ['PENDING', 'FAILED'], to: 'DELIVERED', may: 'dunning:deliver', emits: 'DunningNoticeDelivered', by: 'acknowledgeDunningDelivery' },
    fail: { from: ['PENDING', 'DELIVERED', 'FAILED'], to: 'FAILED', may: 'dunning:deliver', emits: 'DunningNoticeFailed', by: 'failDunningDelivery' },
  },
} as const satisfies Machine<DunningNoticeStatus, DunningNoticeSubject, FactName>;
