import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from './command.ts';
import { readSettings } from './settings.ts';

/** Where a start that runs on a data folder listens: commands on the same folder ask there. */
const fileIn = (folder: string): string => join(folder, 'address');

/** Leaves the address until the start ends. */
export async function leaveAddress(folder: string, url: string): Promise<() => Promise<void>> {
  await writeFile(fileIn(folder), `${url}\n`);
  return () => rm(fileIn(folder), { force: true });
}

/** The address that a running start left; one that crashed may have left its own. */
export async function addressIn(folder: string): Promise<string | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

/** Whom to ask: who was named, the port that was, where a start of the data folder listens, or where one would. */
export async function urlOf(call: Call): Promise<string> {
  const { port, folder } = readSettings(call, { port: 4000 });
  if (typeof call.flags.url === 'string') return call.flags.url;
  const left = call.env.ACCORD_PORT ? undefined : await addressIn(folder);
  return left ?? `http://127.0.0.1:${port}/graphql`;
}
