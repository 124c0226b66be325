import { constants, existsSync } from 'node:fs';
import { access, chmod, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../roles/database/embedded.ts';
import { isRunning } from '../../roles/database/pids.ts';
import { hastySettings } from './settings.ts';
import { prepareTemplate, sweep } from './template.ts';

/**
 * One server per run, in a temporary folder. ACCORD_TEST_DATABASE_URL names a running one instead (its superuser's URL),
 * which saves a second or two per run: tests/support/serve.ts starts one.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.ACCORD_TEST_DATABASE_URL;
  const server = running ? { url: running, stop: async () => undefined } : await startServer();
  await sweep(server.url);
  project.provide('adminUrl', server.url);
  const migrations = join(import.meta.dirname, '../../drizzle');
  project.provide('template', existsSync(migrations) ? await prepareTemplate(server.url, migrations) : 'template1');
  return server.stop;
}

/** Memory where there is plenty: hundreds of databases come and go, and their files were a fifth of what tests cost. */
async function placeOfData(): Promise<string> {
  const memory = '/dev/shm';
  const found = await statfs(memory).catch(() => undefined);
  const writable = await access(memory, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable && found && found.bavail * found.bsize > 6 * 1024 ** 3 && freemem() > 8 * 1024 ** 3 ? memory : tmpdir();
}

const mark = 'accord-tests-';

/** What killed runs left would hold memory until the machine ends. */
async function forget(place: string): Promise<void> {
  for (const name of (await readdir(place)).filter((each) => each.startsWith(mark))) {
    const [pid] = (await readFile(join(place, name, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (pid && !isRunning(Number(pid))) await rm(join(place, name), { recursive: true, force: true });
  }
}

async function startServer() {
  const place = await placeOfData();
  await forget(place);
  const folder = await mkdtemp(join(place, mark));
  // Made for us alone; as root the server runs under another user, who must get in.
  await chmod(folder, 0o755);
  const server = await startEmbedded({ folder, settings: hastySettings, log: () => undefined });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.adminUrl, stop };
}
