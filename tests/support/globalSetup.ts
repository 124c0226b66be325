import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../roles/database/embedded.ts';
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

async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'accord-tests-'));
  // Made for us alone; as root the server runs under another user, who must get in.
  await chmod(folder, 0o755);
  const server = await startEmbedded({ folder, settings: hastySettings, log: () => undefined });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.adminUrl, stop };
}
