import { startEmbedded } from './embedded.ts';
import { checkServer } from './external.ts';

export type DatabaseOptions = {
  /** A server of the operator's; when set, nothing embedded starts. */
  databaseUrl?: string | undefined;
  /** The same server for whoever serves; without it, whoever migrates acts as another role. */
  appDatabaseUrl?: string | undefined;
  /** The data folder of the embedded server. */
  folder: string;
  /** Starts anew: deletes what Accord stored, and nothing else. */
  fresh: boolean;
  /** The embedded server's port; a free one when absent. */
  port?: number | undefined;
  log: (line: string) => void;
};

export type OpenedDatabase = AsyncDisposable & {
  /** The owner's: for migrations alone. */
  url: string;
  /** For whoever serves; undefined where that is the owner in another role. */
  appUrl: string | undefined;
  /** The embedded server's process and when it is gone; undefined when the server is not ours. */
  embedded: { pid: number; ended: Promise<void> } | undefined;
};

/** The database that this start works on, checked and empty or as it was left. Throws CannotStart with a sentence for people. */
export async function openDatabase({ databaseUrl, appDatabaseUrl, folder, fresh, port, log }: DatabaseOptions): Promise<OpenedDatabase> {
  if (databaseUrl) {
    await checkServer(databaseUrl, { fresh });
    return { url: databaseUrl, appUrl: appDatabaseUrl, embedded: undefined, [Symbol.asyncDispose]: async () => undefined };
  }
  const server = await startEmbedded({ folder, fresh, log, ...(port === undefined ? {} : { port }) });
  return { url: server.url, appUrl: server.appUrl, embedded: server, [Symbol.asyncDispose]: server.stop };
}
