import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Actor } from './actor.ts';
import { Refused } from './errors.ts';
import { isOutside } from './visibility.ts';

/** What closes cursors to those outside, as long as there is this log: 32 hexadecimal digits. */
export type Seal = string;

/** Positions count what happened in the whole firm, which is nobody's business outside: people there get the same cursors, closed. */
export function sealFor(actor: Actor, seal: Seal): Seal | undefined {
  return isOutside(actor) ? seal : undefined;
}

/** What has positions of its own: the facts, and the notes of what changed. Seven bytes begin a closed cursor of each. */
const streams = {
  log: { sealed: Buffer.from('sealed:'), plain: /^log:(\d{1,18})$/, from: 'an event' },
  change: { sealed: Buffer.from('change:'), plain: /^change:(\d{1,18})$/, from: 'a page of changes' },
};
type Stream = keyof typeof streams;

/** A place in the log, or among changes. Equal places give equal cursors, closed ones too: those who share an answer share its cursor. */
export function writeLogCursor(position: bigint, seal?: Seal, stream: Stream = 'log'): string {
  if (seal === undefined) return Buffer.from(`${stream}:${position}`).toString('base64url');
  const place = Buffer.alloc(16);
  streams[stream].sealed.copy(place);
  place.writeBigUInt64BE(position, 8);
  // One block: a keyed permutation, of which nobody without the key makes one that opens.
  return createCipheriv('aes-128-ecb', keyOf(seal), null).setAutoPadding(false).update(place).toString('base64url');
}

/** The position behind a cursor of the log; refuses everything else, and those that were made for others. */
export function readLogCursor(cursor: string, seal?: Seal, stream: Stream = 'log'): bigint {
  const bytes = Buffer.from(cursor, 'base64url');
  const { sealed, plain, from } = streams[stream];
  const position = seal === undefined ? plain.exec(bytes.toString('utf8'))?.[1] : opened(bytes, { seal, sealed });
  if (position === undefined) {
    const what = stream === 'log' ? 'the log' : 'changes';
    throw new Refused('VALIDATION_FAILED', `That is no cursor of ${what}. Take one from ${from}.`, { field: 'after' });
  }
  return BigInt(position);
}

function opened(bytes: Buffer, { seal, sealed }: { seal: Seal; sealed: Buffer }): bigint | undefined {
  if (bytes.length !== 16) return undefined;
  const place = createDecipheriv('aes-128-ecb', keyOf(seal), null).setAutoPadding(false).update(bytes);
  return place.subarray(0, sealed.length).equals(sealed) && place[7] === 0 ? place.readBigUInt64BE(8) : undefined;
}

function keyOf(seal: Seal): Buffer {
  return Buffer.from(seal, 'hex');
}
