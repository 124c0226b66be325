import type { Db } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
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

/** Somebody and something to try things out with: a customer with running work, one of its projects, its manager, and somebody else who works on it. */
export async function firmIn(db: Db): Promise<Known | undefined> {
  const [row] = await db.execute(sql`
    select customer.id as customer_id, customer.name as customer_name, project.id as project_id,
      manager.id as manager_id, manager.name as manager_name, consultant.id as consultant_id, consultant.name as consultant_name
    from engagements.project join engagements.customer on customer.id = project.customer_id
    join resources.employee manager on manager.id = project.manager_id
    left join lateral (
      select employee.id, employee.name from resources.assignment join resources.employee on employee.id = assignment.employee_id
      where assignment.project_id = project.id and assignment.status = 'CONFIRMED' and employee.status = 'ACTIVE' and employee.id <> manager.id
      order by assignment.to_date desc, employee.name limit 1) consultant on true
    where project.status = 'ACTIVE' order by consultant.id is null, customer.name, project.id limit 1`);
  if (!row) return undefined;
  return {
    customerId: String(row.customer_id),
    customerName: String(row.customer_name),
    manager: { id: String(row.manager_id), name: String(row.manager_name) },
    consultant: row.consultant_id ? { id: String(row.consultant_id), name: String(row.consultant_name) } : undefined,
    projectId: String(row.project_id),
  };
}
