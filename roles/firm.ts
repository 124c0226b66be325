import { sql } from 'drizzle-orm';
import type { Db } from '#kernel/db.ts';
import { loadSample } from '#sample/load.ts';
import type { Known } from './welcome.ts';

type Preparing = { db: Db; url: string; scale: 'S' | 'M' | 'L'; say: (line: string) => void };

/** Gives an empty database the sample firm; one with customers stays as it is. */
export async function prepareFirm({ db, url, scale, say }: Preparing): Promise<void> {
  if (!(await isEmpty(db))) return;
  say(`making the sample firm (scale ${scale})`);
  // A small firm is there before a line could be read.
  const counts = await loadSample({ url, scale, now: new Date(), progress: scale === 'S' ? undefined : (stage) => say(`  ${stage}`) });
  const { customers, projects, employees, timeEntries, invoices } = counts;
  const number = (count: number) => count.toLocaleString('en');
  say(
    `it has ${number(customers)} customers, ${number(projects)} projects, ${number(employees)} employees, ${number(timeEntries)} time entries, ${number(invoices)} invoices`,
  );
}

/** True when no domain holds anything yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  const [row] = await db.execute(sql`select exists (select 1 from engagements.customer) or exists (select 1 from resources.employee) as some`);
  return row?.some !== true;
}

/** Somebody and something to try things out with: a customer with running work, one of its projects, and its manager. */
export async function firmIn(db: Db): Promise<Known | undefined> {
  const [row] = await db.execute(sql`
    select customer.id as customer_id, customer.name as customer_name, project.id as project_id, project.manager_id
    from engagements.project join engagements.customer on customer.id = project.customer_id
    where project.status = 'ACTIVE' and project.manager_id is not null order by customer.name, project.id limit 1`);
  if (!row) return undefined;
  return {
    customerId: String(row.customer_id),
    customerName: String(row.customer_name),
    employeeId: String(row.manager_id),
    projectId: String(row.project_id),
  };
}
