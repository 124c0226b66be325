import { checkLines, checkText } from '#kernel/input.ts';
import type { InvoiceChannel } from './machine.ts';

/** Nobody has heard whether it arrived. */
export const undelivered = { channel: null, reference: null, failure: null, deliveredAt: null };

type Arrived = { channel: InvoiceChannel; reference?: string | null | undefined };

/** It arrived: what is kept of that, and what is stated. */
export function arrived({ channel, reference: given }: Arrived, now: Date) {
  const reference = given ? checkText('reference', given) : null;
  return { kept: { channel, reference, failure: null, deliveredAt: now }, said: { channel, reference } };
}

/** It did not arrive, or came back: the same. */
export function notArrived({ channel, reason: given }: { channel: InvoiceChannel; reason: string }) {
  const reason = checkLines('reason', given, 255);
  return { kept: { channel, reference: null, failure: reason, deliveredAt: null }, said: { channel, reason } };
}
