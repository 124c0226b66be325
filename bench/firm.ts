import { createHash } from 'node:crypto';
import { chmod, glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSample } from '#sample/load.ts';
import { type Embedded, startEmbedded } from '../roles/database/embedded.ts';
import { prepareDatabase } from '../roles/database/roles.ts';
import type { Settings } from '../roles/database/settings.ts';

export type Scale = 'S' | 'M' | 'L';

const root = new URL('..', import.meta.url).pathname;

/** The day on which the sample's history ends: figures of two days must be about the same rows. */
const today = new Date('2026-06-30T12:00:00Z');

/** Where the firm is kept, and what its server is told besides. */
export type FirmPlace = { folder?: string | undefined; settings?: Settings };

/** An embedded server, set up as in production, with the sample firm. It is loaded again when migrations or sample have changed. */
export async function firmDatabase(scale: Scale, say: (line: string) => void, place: FirmPlace = {}): Promise<Embedded & { folder: string }> {
  const { folder = join(tmpdir(), `accord-bench-${scale}`), settings = {} } = place;
  await mkdir(folder, { recursive: true });
  // As root, the server runs under another user, who must get in.
  await chmod(folder, 0o755);
  const stamp = join(folder, 'loaded');
  const wanted = await fingerprint();
  const loaded = (await readFile(stamp, 'utf8').catch(() => '')) === wanted;
  const database = await startEmbedded({ folder, fresh: !loaded, log: say, settings });
  try {
    await prepareDatabase({ ...database, log: say });
    if (!loaded) {
      const begun = performance.now();
      const counts = await loadSample({ url: database.url, scale, now: today, progress: (line) => say(`  ${line}`) });
      say(`sample firm loaded in ${((performance.now() - begun) / 1000).toFixed(1)} s: ${JSON.stringify(counts)}`);
      await writeFile(stamp, wanted);
    }
    return Object.assign(database, { folder });
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** Of all that decides what is in the database. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(today.toISOString());
  const names: string[] = [];
  for await (const name of glob(['sample/*.ts', 'drizzle/*.sql', 'bench/firm.ts'], { cwd: root })) names.push(name);
  for (const name of names.sort()) hash.update(name).update(await readFile(join(root, name)));
  return hash.digest('hex');
}
