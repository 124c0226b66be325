import type { Sql } from 'postgres';
import { writeLogCursor } from '#kernel/logCursor.ts';

/** The end of the log as a cursor: the firm's own, or the closed one of those outside. */
export async function headCursor(sql: Sql, reader: 'firm' | 'outside' = 'firm'): Promise<string> {
  const [row] = await sql`select position, seal from log.head`;
  return writeLogCursor(BigInt(row?.position), reader === 'outside' ? String(row?.seal) : undefined);
}
