import { readFile } from 'node:fs/promises';
import { openDb } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
import type { DevelopmentIssuer } from '../roles/tokens.ts';
import type { Client } from './load.ts';
import type { Topology } from './topology.ts';

/** The body that the README's portal snippet posts. */
export async function portalBody(): Promise<string> {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const body = /```sh portal\n[\s\S]*?-d '(\{.*\})'\n```/.exec(text)?.[1];
  if (!body) throw new Error('README.md has no portal snippet with a JSON body');
  return JSON.stringify(JSON.parse(body));
}

/** A portal token for each customer whose portal has something to show everywhere. */
export async function portalTokens(databaseUrl: string, issuer: DevelopmentIssuer): Promise<string[]> {
  await using open = openDb({ url: databaseUrl, name: 'bench', max: 1, scope: 'command' });
  const rows = await open.db.execute(sql`
    select customer.id from engagements.customer
    where (select count(*) from engagements.project where customer_id = customer.id) > 0
      and exists (select 1 from time.timesheet_entry where customer_id = customer.id)
      and exists (select 1 from finance.invoice where customer_id = customer.id)
    order by customer.id limit 50`);
  if (rows.length === 0) throw new Error('The sample firm has no customer with projects, time and invoices.');
  return Promise.all(rows.map(({ id }) => issuer.token({ role: 'portal', customerIds: [String(id)] })));
}

/** Asks every client's question once of each topology: all must answer the same, without an error. */
export async function agreedClients(topologies: readonly Topology[], body: string, tokens: readonly string[]): Promise<Client[]> {
  const clients: Client[] = [];
  for (const token of tokens) {
    const answers = await Promise.all(topologies.map(({ url }) => answerOf(url, body, token)));
    const [first = ''] = answers;
    if (answers.some((answer) => answer !== first)) throw new Error('The transports answer differently.');
    if (first.includes('"errors"')) throw new Error(`The portal query fails: ${first.slice(0, 500)}`);
    clients.push({ token, length: Buffer.byteLength(first) });
  }
  return clients;
}

async function answerOf(url: string, body: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.text();
}
