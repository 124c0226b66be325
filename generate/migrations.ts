import { readFile, writeFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { subgraphNames } from './names.ts';
import { type Policies, policiesNow, policyStatements } from './policies.ts';

type Snapshot = ReturnType<typeof generateDrizzleJson>;
type Journal = { version: string; dialect: string; entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[] };

/** All tables of all subgraphs, as their sources say now. */
export async function allTables(root: string): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {};
  for (const name of subgraphNames) {
    const module: Record<string, unknown> = await import(`${root}/subgraphs/${name}/tables.ts`);
    for (const [key, value] of Object.entries(module)) tables[`${name}_${key}`] = value;
  }
  return tables;
}

async function readJson<Content>(path: string): Promise<Content | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

type Compared = { statements: string[]; now: Snapshot; policies: Policies };

/** Tables and who may see their rows, against what the last migration left. */
async function compare(root: string): Promise<Compared> {
  const tables = await allTables(root);
  const last = await readJson<Snapshot>(`${root}/drizzle/meta/snapshot.json`);
  const now = generateDrizzleJson(tables, last?.id);
  const policies = policiesNow(tables);
  const secured = policyStatements((await readJson<Policies>(`${root}/drizzle/meta/policies.json`)) ?? {}, policies);
  return { statements: [...(await generateMigration(last ?? generateDrizzleJson({}), now)), ...secured], now, policies };
}

/** What a migration would have to say; empty when the tables are as the last one left them. */
export async function pendingStatements(root: string): Promise<string[]> {
  return (await compare(root)).statements;
}

/** Writes the next migration when tables or policies differ from what the last one left; gives its name. Merged ones are never touched. */
export async function generateMigrations(root: string, name = 'tables'): Promise<string | undefined> {
  const { statements, now, policies } = await compare(root);
  if (statements.length === 0) return undefined;
  const tag = await addMigration(root, name, statements.join('\n--> statement-breakpoint\n'));
  await writeFile(`${root}/drizzle/meta/snapshot.json`, `${JSON.stringify(now, undefined, 1)}\n`);
  await writeFile(`${root}/drizzle/meta/policies.json`, `${JSON.stringify(policies, undefined, 1)}\n`);
  return tag;
}

/** Adds a migration to the linear history. */
export async function addMigration(root: string, name: string, text: string): Promise<string> {
  const path = `${root}/drizzle/meta/_journal.json`;
  const journal: Journal = (await readJson<Journal>(path)) ?? { version: '7', dialect: 'postgresql', entries: [] };
  const idx = journal.entries.length;
  const tag = `${String(idx).padStart(4, '0')}_${name}`;
  const before = journal.entries.at(-1)?.when ?? 0;
  journal.entries.push({ idx, version: '7', when: Math.max(Date.now(), before + 1), tag, breakpoints: true });
  await writeFile(`${root}/drizzle/${tag}.sql`, `${text.trim()}\n`);
  await writeFile(path, `${JSON.stringify(journal, undefined, 2)}\n`);
  return tag;
}
