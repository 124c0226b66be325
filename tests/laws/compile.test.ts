import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../support/house.ts';

const run = promisify(execFile);
const house = fileURLToPath(root).replace(/\/$/, '');

/** What a snippet may say of the house: it compiles before the mistake is made. */
const known = `
import '#finance/published.ts';
import '#gateway/operations.ts';
import '#resources/published.ts';
import { facts as engagements, references } from '#engagements/published.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as time } from '#time/published.ts';
import type { Grant, Permission } from '#kernel/actor.ts';
import { demand } from '#kernel/actor.ts';
import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { text } from '#kernel/fields.ts';
import type { Machine } from '#kernel/machine.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { type Published, published, references as read } from '#kernel/reference.ts';
declare const scope: Scope;
export const used: unknown[] = [engagements, references, operations, time, demand, consumer, record, text, catalogue, fact, published, read, scope];
export type Used = [Grant, Permission, Machine<string, unknown, string>, Published];
`;

type Snippet = { what: string; good: string; bad: string; error: RegExp };

const customer = `{ name: 'Acme', status: 'ACTIVE', currency: null, legalEntityId: null, taxProfileId: null, party: null }`;
const machine = (fields: string) =>
  `export const own = { entity: 'Box', states: ['OPEN', 'SHUT'], initial: 'OPEN', actions: { shut: ${fields} } } as const satisfies Machine<'OPEN' | 'SHUT', { status: string }, 'BoxShut'>;`;

const snippets: readonly Snippet[] = [
  {
    what: 'a misspelt fact in a process',
    good: `export const own = consumer({ name: 'x', facts: [time.TimesheetApproved], handle: async () => {} });`,
    bad: `export const own = consumer({ name: 'x', facts: [time.TimesheetAproved], handle: async () => {} });`,
    error: /'TimesheetAproved' does not exist .*Did you mean 'TimesheetApproved'/,
  },
  {
    what: 'a payload field that the fact does not have',
    good: `export const own = consumer({ name: 'x', facts: [time.TimesheetApproved], handle: async (_, facts) => void facts.map((each) => each.payload.entryIds) });`,
    bad: `export const own = consumer({ name: 'x', facts: [time.TimesheetApproved], handle: async (_, facts) => void facts.map((each) => each.payload.entries) });`,
    error: /Property 'entries' does not exist/,
  },
  {
    what: 'a payload field of another fact that the consumer hears',
    good: `export const own = consumer({ name: 'x', facts: [time.TimesheetRejected, time.ExpenseApproved], handle: async (_, facts) => void facts.map((each) => each.type === 'TimesheetRejected' && each.payload.reason) });`,
    bad: `export const own = consumer({ name: 'x', facts: [time.TimesheetRejected, time.ExpenseApproved], handle: async (_, facts) => void facts.map((each) => each.type === 'ExpenseApproved' && each.payload.reason) });`,
    error: /Property 'reason' does not exist/,
  },
  {
    what: 'a type that the consumer does not hear',
    good: `export const own = consumer({ name: 'x', facts: [time.ExpenseApproved, operations.ExceptionRetryRequested], handle: async (_, facts) => void facts.map((each) => each.type === 'ExpenseApproved') });`,
    bad: `export const own = consumer({ name: 'x', facts: [time.ExpenseApproved, operations.ExceptionRetryRequested], handle: async (_, facts) => void facts.map((each) => each.type === 'ExpenseRejected') });`,
    error: /have no overlap/,
  },
  {
    what: 'a payload of the wrong type',
    good: `export const own = record(scope, engagements.CustomerCreated, { subject: { id: '', version: 1 }, payload: { customerId: '', name: 'A', status: 'B' } });`,
    bad: `export const own = record(scope, engagements.CustomerCreated, { subject: { id: '', version: 1 }, payload: { customerId: '', name: 7, status: 'B' } });`,
    error: /'number' is not assignable to type 'string'/,
  },
  {
    what: 'a payload without a field',
    good: `export const own = record(scope, engagements.CustomerCreated, { subject: { id: '', version: 1 }, payload: { customerId: '', name: 'A', status: 'B' } });`,
    bad: `export const own = record(scope, engagements.CustomerCreated, { subject: { id: '', version: 1 }, payload: { customerId: '', name: 'A' } });`,
    error: /'status' is missing|No overload matches/,
  },
  {
    what: 'a reference field that does not exist',
    good: `export const own = read(scope.tx, references.Project, []).then((found) => found.get('')?.managerId);`,
    bad: `export const own = read(scope.tx, references.Project, []).then((found) => found.get('')?.manager);`,
    error: /Property 'manager' does not exist/,
  },
  {
    what: 'a reference document that nobody publishes',
    good: `export const own = read(scope.tx, references.Project, []);`,
    bad: `export const own = read(scope.tx, references.Projekt, []);`,
    error: /'Projekt' does not exist/,
  },
  {
    what: 'a published document without a field',
    good: `export const own = published(references.Customer, { id: '', version: 1, data: ${customer} });`,
    bad: `export const own = published(references.Customer, { id: '', version: 1, data: { name: 'Acme' } });`,
    error: /missing the following properties/,
  },
  {
    what: 'a document that was never checked',
    good: `export const own: Published = published(references.Customer, { id: '', version: 1, data: ${customer} });`,
    bad: `export const own: Published = { type: 'Customer', id: '', version: 1, data: ${customer} };`,
    error: /is missing in type/,
  },
  {
    what: 'a misspelt permission in a command',
    good: `demand(scope.actor, 'customer:write');`,
    bad: `demand(scope.actor, 'customer:wirte');`,
    error: /'"customer:wirte"' is not assignable/,
  },
  {
    what: 'a misspelt permission in a machine',
    good: machine(`{ from: ['OPEN'], to: 'SHUT', may: 'task:write', by: 'shutBox' }`),
    bad: machine(`{ from: ['OPEN'], to: 'SHUT', may: 'task:wirte', by: 'shutBox' }`),
    error: /'"task:wirte"' is not assignable/,
  },
  {
    what: 'a misspelt fact in a machine',
    good: machine(`{ from: ['OPEN'], to: 'SHUT', may: 'task:write', emits: 'BoxShut', by: 'shutBox' }`),
    bad: machine(`{ from: ['OPEN'], to: 'SHUT', may: 'task:write', emits: 'BoxShout', by: 'shutBox' }`),
    error: /'"BoxShout"' is not assignable/,
  },
  {
    what: 'a fact that nobody may see',
    good: `export const own = catalogue('x', { A: fact({ subject: 'A', description: 'a', read: 'task:read', fields: { name: text('n') } }) });`,
    bad: `export const own = catalogue('x', { A: fact({ subject: 'A', description: 'a', read: 'box:read', fields: { name: text('n') } }) });`,
    error: /'"box:read"' is not assignable/,
  },
  {
    what: 'a grant of a permission that nobody asks for',
    good: `export const own: Grant[] = ['*', 'task:*', 'task:read'];`,
    bad: `export const own: Grant[] = ['*', 'quotation:*', 'task:read'];`,
    error: /'"quotation:\*"' is not assignable/,
  },
  {
    what: 'a permission that no role grants',
    good: `import { roles } from '#gateway/roles.ts';
type Held = (typeof roles)['psa' | 'migration' | 'finance' | 'manager' | 'support' | 'hr' | 'crm' | 'analyst' | 'consultant' | 'portal']['permissions'][number];
type Ungranted = Exclude<Permission, Held extends infer Each ? (Each extends \`\${infer Area}:*\` ? \`\${Area}:\${string}\` : Each) : never>;
export const own: [Ungranted] extends [never] ? true : Ungranted = true;`,
    bad: `import { roles } from '#gateway/roles.ts';
type Held = (typeof roles)['analyst']['permissions'][number];
type Ungranted = Exclude<Permission, Held extends infer Each ? (Each extends \`\${infer Area}:*\` ? \`\${Area}:\${string}\` : Each) : never>;
export const own: [Ungranted] extends [never] ? true : Ungranted = true;`,
    error: /'boolean' is not assignable|'true' is not assignable/,
  },
];

/** Compiles all snippets at once, beside the house; gives what the compiler says, by file. */
async function compiled(files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const folder = await mkdtemp(`${house}/generated/.snippets-`);
  try {
    for (const [name, content] of files) await writeFile(`${folder}/${name}`, content);
    const settings = { extends: `${house}/tsconfig.json`, files: [...files.keys()], include: [], exclude: [] };
    await writeFile(`${folder}/tsconfig.json`, JSON.stringify(settings));
    const said = await run(process.execPath, [`${house}/node_modules/typescript/bin/tsc`, '-p', `${folder}/tsconfig.json`, '--pretty', 'false'], {
      cwd: house,
    }).catch((error: { stdout: string }) => error);
    const errors = new Map<string, string>();
    let at = '';
    for (const line of said.stdout.split('\n')) {
      at = /([\w-]+\.ts)\(\d+,\d+\): error/.exec(line)?.[1] ?? at;
      if (line !== '') errors.set(at, `${errors.get(at) ?? ''}${line}\n`);
    }
    return errors;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('what is misspelt, missing or granted to nobody does not compile', async () => {
  const files = new Map(
    snippets.flatMap(({ good, bad }, index) => [[`good-${index}.ts`, `${known}\n${good}\n`] as const, [`bad-${index}.ts`, `${known}\n${bad}\n`] as const]),
  );
  const errors = await compiled(files);
  expect([...errors].filter(([name]) => name.startsWith('good'))).toEqual([]);
  for (const [index, { what, error }] of snippets.entries()) expect(errors.get(`bad-${index}.ts`) ?? 'it compiles', what).toMatch(error);
  expect([...errors.keys()].filter((name) => !/^(good|bad)-/.test(name))).toEqual([]);
});
