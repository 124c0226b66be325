import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { commandRole } from '#kernel/db.ts';
import { isRunning } from '../../roles/database/pids.ts';
import { appRole, ensureRole, letCommand, ownerRole, prepareDatabase } from '../../roles/database/roles.ts';

/** Migrates a template once per state of the folder, however many test runs share the server. Returns its name. */
export async function prepareTemplate(adminUrl: string, folder: string): Promise<string> {
  const name = `template_${await fingerprint(folder)}`;
  await asAdmin(adminUrl, async (admin) => {
    await admin`select pg_advisory_lock(hashtext(${name}))`;
    const [found] = await admin`select 1 from pg_database where datname = ${name}`;
    if (found) return;
    const draft = `${name}_draft`;
    await admin.unsafe(`drop database if exists ${draft} with (force)`);
    for (const name of [ownerRole, appRole, commandRole]) await ensureRole(admin, { name, password: undefined });
    for (const name of [ownerRole, appRole]) await letCommand(admin, name);
    await admin.unsafe(`alter role ${appRole} login password '${appPassword}'`);
    await admin.unsafe(`create database ${draft} owner ${ownerRole}`);
    await prepareDatabase({ url: ownerUrlOf(adminUrl, draft), appUrl: appUrlOf(adminUrl, draft), log: () => undefined });
    // What tests make beside Accord's tables, commands may use as well.
    const whatTestsMake = ['usage on schemas', 'all on tables'].map(
      (right) => `alter default privileges for role current_user, ${ownerRole} grant ${right} to ${commandRole}`,
    );
    await asAdmin(urlOf(adminUrl, draft), (owner) => owner.unsafe(whatTestsMake.join(';')));
    await admin.unsafe(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** Drops what killed runs left on a server that goes on. */
export async function sweep(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const databases = await admin<{ name: string }[]>`select datname as name from pg_database where datname ~ '^test_[0-9]+_'`;
    const left = databases.filter(({ name }) => !isRunning(Number(name.split('_')[1])));
    for (const { name } of left) await admin.unsafe(`drop database if exists ${name} with (force)`);
  });
}

async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(sql|json)$/.test(name));
  for (const name of names.sort()) hash.update(name).update(await readFile(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Whoever owns the tables, without a superuser's power: row-level security binds it. */
export function ownerUrlOf(adminUrl: string, database: string): string {
  const url = new URL(urlOf(adminUrl, database));
  url.searchParams.set('role', ownerRole);
  return url.href;
}

const appPassword = 'of this test server only';

/** Whoever serves logs in with a password of its own. */
export function appUrlOf(adminUrl: string, database: string): string {
  const url = new URL(urlOf(adminUrl, database));
  url.username = appRole;
  url.password = appPassword;
  return url.href;
}

export async function asAdmin(adminUrl: string, work: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(admin);
  } finally {
    await admin.end({ timeout: 1 });
  }
}
