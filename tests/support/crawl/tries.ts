import { newId } from '#kernel/ids.ts';
import type { Canaries } from '../canaries.ts';
import { type TwoClients, words } from '../twoClients.ts';
import type { Tries } from './attack.ts';

const names = ['work', 'run', 'build', 'frame contract', 'customer', 'engagement'];

/** An id of each table's rows of a client, what its systems call its things, and what is no id at all. */
export async function crawlerTries({ sql, clients, firm }: TwoClients, which: 'a' | 'b', canaries: Canaries): Promise<Tries> {
  const tables = await sql`select table_schema || '.' || table_name as name from information_schema.columns
    where column_name = 'customer_id' and table_schema in ('engagements', 'resources', 'time', 'finance', 'operations') order by 1`;
  const found = new Set<string>([clients[which].id, firm.people.only[which].id, firm.people.lead[which].id]);
  for (const { name } of tables) {
    const rows = await sql.unsafe(`select id from ${name} where customer_id = $1 order by id limit 1`, [clients[which].id]).catch(() => []);
    for (const { id } of rows) found.add(String(id));
  }
  // What is the other client's alone: a row may be of both.
  const foreign = [...found].filter((id) => canaries.includes(id.toLowerCase()));
  const references = names.map((name) => ({ system: 'crm', externalId: `${words[which]}-${name}` }));
  const odd = ['__proto__', 'constructor', 'toString', "' or true --", '0', newId().toUpperCase(), `${newId()}\u200b`, '{}', '%'];
  return { foreign, references, texts: [words[which]], odd };
}
