/**
 * One PostgreSQL server for many quick test runs:
 *   node tests/support/serve.ts /tmp/accord-test-db-url &
 *   ACCORD_TEST_DATABASE_URL=$(cat /tmp/accord-test-db-url) npx vitest run
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../roles/database/embedded.ts';
import { hastySettings } from './settings.ts';

const [urlFile] = process.argv.slice(2);
const folder = join(tmpdir(), 'accord-test-server');
await mkdir(folder, { recursive: true, mode: 0o755 });
await chmod(folder, 0o755);
const server = await startEmbedded({ folder, settings: hastySettings, log: (line) => console.error(line) });
if (urlFile) await writeFile(urlFile, `${server.adminUrl}\n`, { mode: 0o644 });
console.log(server.adminUrl);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
