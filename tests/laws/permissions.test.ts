import { expect, test } from 'vitest';
import { type RoleName, roleOf, roles } from '#gateway/roles.ts';
import { may, type Permission } from '#kernel/actor.ts';
import { factCatalogue, machines, sources } from '../support/house.ts';

/** What roles hold, without the one that holds all. */
type Held = (typeof roles)[Exclude<RoleName, 'admin'>]['permissions'][number];
type OfArea<Grant> = Grant extends `${infer Area}:*` ? `${Area}:${string}` : Grant;
/** Permissions that somebody asks for and no role grants. */
type Ungranted = Exclude<Permission, OfArea<Held>>;
type Nothing<Found> = [Found] extends [never] ? true : Found;

test('each permission is granted by a role that is not the one for emergencies', () => {
  // Checked by the compiler: a permission that no role grants does not compile here.
  const ungranted: Nothing<Ungranted> = true;
  expect(ungranted).toBe(true);
});

/** The permissions that subgraphs and gateway declare, as they stand in the sources. */
async function declared(): Promise<string[]> {
  const texts = (await sources(['subgraphs', 'gateway'])).map(({ text }) => text);
  const blocks = texts.flatMap((text) => [...text.matchAll(/interface KnownPermissions \{([^}]*)\}/g)].map((match) => match[1] ?? ''));
  return blocks.flatMap((block) => [...block.matchAll(/'([a-z-]+:[a-z]+)'/g)].map((match) => match[1] ?? ''));
}

test('each permission that is declared is asked for: by an action, a list, a field, a fact', async () => {
  const code = (await sources(['subgraphs', 'gateway', 'kernel'])).filter(({ path }) => path !== 'gateway/roles.ts');
  const asked = new Set([
    ...(await machines()).flatMap(({ machine }) => Object.values(machine.actions).map((action) => action.may as string)),
    ...(await factCatalogue()).map((fact) => fact.read as string),
    ...code.flatMap(({ text }) => [...text.matchAll(/'([a-z-]+:[a-z]+)'(?!: true;)/g)].map((match) => match[1] ?? '')),
    // `may(actor, `${area}:delegate`)`, for time and for expenses.
    ...['time', 'expense'].map((area) => `${area}:delegate`),
  ]);
  const known = await declared();
  expect(known.length).toBeGreaterThan(50);
  expect(new Set(known).size).toBe(known.length);
  expect(known.filter((permission) => !asked.has(permission))).toEqual([]);
});

test('a role is found by its name, and by nothing else', () => {
  expect(roleOf('portal')).toBe(roles.portal);
  expect(roleOf('toString')).toBeUndefined();
  expect(roleOf('nobody')).toBeUndefined();
});

test('whoever only reads changes nothing; a client may dispute besides', () => {
  const writes = (name: 'analyst' | 'portal') => roles[name].permissions.filter((grant) => !grant.endsWith(':read'));
  expect([writes('analyst'), writes('portal')]).toEqual([['operation:adhoc'], ['dispute:write']]);
  const analyst = { id: 'a', kind: 'STAFF', permissions: roles.analyst.permissions } as const;
  expect([may(analyst, 'invoice:read'), may(analyst, 'invoice:write'), may(analyst, 'time:delegate')]).toEqual([true, false, false]);
});
