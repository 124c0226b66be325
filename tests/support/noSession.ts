import type { Db } from '#kernel/db.ts';
import type { Session } from '#kernel/session.ts';

/** For subgraphs whose resolvers know their answers without a database. */
export const noSession = (): Session => ({
  db: {} as Db,
  unconfined: {} as Db,
  read: new Map(),
  asked: { statements: 0 },
  listed: { rows: 0 },
  transaction: () => Promise.reject(new Error('there is no database here')),
  end: async () => undefined,
  cancel: async () => undefined,
});
