import { startEmbedded } from './embedded.ts';
import { checkServer } from './external.ts';

export type DatabaseOptions = {
  /** A server of the operator's; when set, nothing embedded starts. */
  databaseUrl?: string | undefined;
  /** The data folder of the embedded server. */
  folder: string;
  /** Starts anew: deletes what Accord stored, and nothing else. */
  fresh: boolean;
  /** The embedded server's port; a free one when absent. */
  port?: number | undefined;
  log: (line: string) => void;
};

export type OpenedDatabase = AsyncDisposable & {
  url: string;
  /** The embedded server's process and when it is gone; undefined when the server is not ours. */
  embedded: { pid: number; ended: Promise<void> } | undefined;
};

/** The database that this start works on, checked and empty or as it was left. Throws CannotStart with a sentence for people. */
export async function openDatabase({ databaseUrl, folder, fresh, port, log }: DatabaseOptions): Promise<OpenedDatabase> {
  if (databaseUrl) {
    await checkServer(databaseUrl, { fresh });
    return { url: databaseUrl, embedded: undefined, [Symbol.asyncDispose]: async () => undefined };
  }
  const server = await startEmbedded({ folder, fresh, log, ...(port === undefined ? {} : { port }) });
  return { url: server.url, embedded: server, [Symbol.asyncDispose]: server.stop };
}
