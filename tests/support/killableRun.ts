import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { id } from '#kernel/fields.ts';
import { process, type Step } from '#kernel/process.ts';
import { catalogue, fact } from '#kernel/published.ts';

export const facts = catalogue('test', {
  Ordered: fact({ subject: 'Order', description: 'For the test.', read: 'task:read', fields: { orderId: id('Order') } }),
});

/** Writes its name into a diary, and is slow enough to be killed in the middle. */
const step = (name: string, more: Partial<Step<{ orderId: string }>> = {}): Step<{ orderId: string }> => ({
  name,
  run: async (scope, { data }) => {
    await scope.tx.execute(sql`insert into public.diary (entry, subject) values (${name}, ${data.orderId})`);
    await pause(5);
  },
  ...more,
});

/** Three steps, a call between them, and a timer before the last: long enough that workers die in each of them. */
export const killable = process({
  name: 'killable',
  starts: [facts.Ordered],
  data: ({ payload }) => payload,
  steps: [step('pack'), step('label', { call: () => pause(20) }), step('ship', { due: (_, now) => new Date(now.getTime() + 500) })],
});
