import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roleOf, roles } from '#gateway/roles.ts';
import { openDb } from '#kernel/db.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call, Command } from './command.ts';
import { openDatabase } from './database/open.ts';
import { prepareDatabase } from './database/roles.ts';
import { isEmpty, prepareFirm } from './firm.ts';
import { readSettings, type Settings, sharedFlags } from './settings.ts';
import { openDevelopmentIssuer, type TokenWish } from './tokens.ts';

const text = (call: Call, flag: string): string | undefined => (typeof call.flags[flag] === 'string' ? call.flags[flag] : undefined);

const placesOf = ({ databaseUrl, appDatabaseUrl, folder }: Settings) => ({ databaseUrl, appDatabaseUrl, folder });

export const token: Command = {
  name: 'token',
  summary: 'Prints a development token.',
  flags: {
    data: sharedFlags.data,
    role: { type: 'string', value: 'ROLE', help: `one of ${Object.keys(roles).join(', ')}` },
    customer: { type: 'string', value: 'ID[,ID]', help: 'the customers a portal or partner token is confined to' },
    employee: { type: 'string', value: 'ID[,ID]', help: 'the employee a staff token speaks for, or those whom a partner sends' },
    'legal-entity': { type: 'string', value: 'ID[,ID]', help: 'the legal entities a token is confined to' },
    system: { type: 'string', value: 'NAME', help: 'the system an integration token speaks for' },
    subject: { type: 'string', value: 'NAME', help: 'who it is for (default dev-ROLE)' },
    hours: { type: 'string', value: 'N', help: 'hours until it expires (default 12)' },
  },
  details: ['The keys live in the data folder; the running start there believes its tokens. Not for production.'],
  run: async (call) => {
    const settings = readSettings(call, { port: 0 });
    const role = text(call, 'role');
    if (!role) throw new CannotStart(`Say which role: --role ${Object.keys(roles).join('|')}.`);
    const hours = Number(text(call, 'hours') ?? 12);
    if (!(hours > 0)) throw new CannotStart('--hours must be a positive number.');
    const issuer = await openDevelopmentIssuer({ dataFolder: settings.folder, production: settings.production });
    call.out(
      await issuer.token({
        role,
        subject: text(call, 'subject'),
        customerIds: text(call, 'customer')?.split(','),
        ...personsOf(role, text(call, 'employee')),
        legalEntityIds: text(call, 'legal-entity')?.split(','),
        system: text(call, 'system'),
        lifetime: Math.round(hours * 3600),
      }),
    );
    return 0;
  },
};

/** A colleague is one employee; a partner sends several. */
function personsOf(role: string, ids: string | undefined): Pick<TokenWish, 'employeeId' | 'employeeIds'> {
  if (ids === undefined) return {};
  return roleOf(role)?.kind === 'PARTNER' ? { employeeIds: ids.split(',') } : { employeeId: ids };
}

export const keys: Command = {
  name: 'keys',
  summary: 'Makes the development issuer and writes its public keys to jwks.json in the data folder.',
  flags: { data: sharedFlags.data },
  details: [
    'A gateway that runs alone reads that file: ACCORD_ISSUER=accord-development, ACCORD_AUDIENCE=accord, ACCORD_JWKS_FILE=<folder>/jwks.json. Not for production.',
  ],
  run: async (call) => {
    const settings = readSettings(call, { port: 0 });
    const issuer = await openDevelopmentIssuer({ dataFolder: settings.folder, production: settings.production });
    await mkdir(settings.folder, { recursive: true });
    const file = join(settings.folder, 'jwks.json');
    await writeFile(file, `${JSON.stringify(issuer.jwks)}\n`);
    call.out(file);
    return 0;
  },
};

export const migrate: Command = {
  name: 'migrate',
  summary: 'Brings the database up to the present version.',
  flags: sharedFlags,
  run: async (call) => {
    const settings = readSettings(call, { port: 0 });
    await using database = await openDatabase({ ...placesOf(settings), fresh: false, log: call.out });
    const { applied } = await prepareDatabase({ ...database, log: call.out });
    call.out(applied === 0 ? 'nothing to do: the database is up to date' : `${applied} migrations applied`);
    return 0;
  },
};

export const sample: Command = {
  name: 'sample',
  summary: 'Loads the sample firm into an empty database.',
  flags: {
    ...sharedFlags,
    scale: { type: 'string', value: 'S|M|L', help: 'S: 8 customers; M: 50 customers and 100,000 time entries; L: ten times M (default S)' },
  },
  run: async (call) => {
    const settings = readSettings(call, { port: 0 });
    const scale = call.flags.scale ?? 'S';
    if (scale !== 'S' && scale !== 'M' && scale !== 'L') throw new CannotStart(`${String(scale)} is no scale; use S, M or L.`);
    await using database = await openDatabase({ ...placesOf(settings), fresh: false, log: call.out });
    const { url } = await prepareDatabase({ ...database, log: call.out });
    await using open = openDb({ url, name: 'sample', max: 2, scope: 'command' });
    if (!(await isEmpty(open.db))) throw new CannotStart('The database is not empty; a sample firm goes into an empty one only. "start --fresh" starts anew.');
    await prepareFirm({ db: open.db, url: database.url, scale, say: call.out });
    return 0;
  },
};
