import { setTimeout as pause } from 'node:timers/promises';
import { type DatabaseOptions, openDatabase } from './open.ts';

type Supervised = AsyncDisposable & { url: string; appUrl: string | undefined; embedded: boolean };

/** Milliseconds before a dead server is started again; longer after each death in a row, up to 30 s. */
const firstPause = 200;

/** The database for as long as we run: an embedded server that dies is started again on the same port and data. */
export async function superviseDatabase(options: DatabaseOptions): Promise<Supervised> {
  let opened = await openDatabase(options);
  const { url, appUrl } = opened;
  const port = Number(new URL(url).port);
  const stopping = new AbortController();
  const watching = opened.embedded ? watch() : Promise.resolve();

  async function watch(): Promise<void> {
    for (let deaths = 1; !stopping.signal.aborted; deaths += 1) {
      const since = Date.now();
      await opened.embedded?.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - since > 60_000) deaths = 1;
      options.log('PostgreSQL ended unexpectedly; starting it again');
      await pause(Math.min(30_000, firstPause * 2 ** (deaths - 1)), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await opened[Symbol.asyncDispose]();
      opened = await openDatabase({ ...options, fresh: false, port });
    }
  }

  const stop = async () => {
    stopping.abort();
    await opened[Symbol.asyncDispose]();
    await watching;
    // The one that may have been started meanwhile; stopping twice does nothing.
    await opened[Symbol.asyncDispose]();
  };
  return { url, appUrl, embedded: opened.embedded !== undefined, [Symbol.asyncDispose]: stop };
}
