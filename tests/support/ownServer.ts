import { execFile, execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { appendFile, chown, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { serverOwner } from '../../roles/database/owner.ts';
import { startServer } from '../../roles/database/server.ts';
import { temporaryFolder } from './embedded.ts';
import { freePort } from './program.ts';
import { hastySettings } from './settings.ts';

const run = promisify(execFile);

/** Where Debian puts each version's programs, the newest first; elsewhere they are beside pg_dump. */
function programFolder(): string {
  const debian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => Number(b.split('/')[4]) - Number(a.split('/')[4]));
  return debian[0] ?? dirname(execFileSync('which', ['pg_dump']).toString().trim());
}

/** The programs of a PostgreSQL that is installed here, its tools for backups among them; undefined where there is none of 15 or newer. */
export function installedPostgres(): string | undefined {
  try {
    const folder = programFolder();
    for (const program of ['initdb', 'postgres', 'pg_restore']) execFileSync(join(folder, program), ['--version']);
    const version = Number(/\d+/.exec(execFileSync(join(folder, 'pg_dump'), ['--version']).toString())?.[0]);
    return version >= 15 ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** A server of that installation on an empty folder, as an operator has one. `url` is its superuser's; `tool` runs a program of it. */
export async function ownServer(folder: string) {
  const stack = new AsyncDisposableStack();
  const place = stack.use(await temporaryFolder());
  const owner = serverOwner(undefined);
  const data = join(place.path, 'data');
  await mkdir(data, { mode: 0o700 });
  if (owner) await chown(data, owner.uid, owner.gid);
  const initdb = ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
  await run(join(folder, 'initdb'), initdb, { ...owner, cwd: data });
  const port = await freePort();
  const settings = { ...hastySettings, port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  await appendFile(
    join(data, 'postgresql.conf'),
    Object.entries(settings)
      .map(([name, value]) => `${name} = '${value}'\n`)
      .join(''),
  );
  const server = await startServer({ postgres: join(folder, 'postgres'), data, owner, logFile: join(place.path, 'log') });
  stack.defer(() => server.stop());
  const urlOf = (database: string, user = 'postgres') => `postgres://${user}@127.0.0.1:${port}/${database}`;
  const tool = (name: string, ...args: string[]) => run(join(folder, name), args, { cwd: place.path });
  return { urlOf, tool, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
