import { createHash, randomUUID } from 'node:crypto';

/** The checksum of a receipt that nobody handed in yet. */
export const aReceipt = (): string => createHash('sha256').update(randomUUID()).digest('hex');
