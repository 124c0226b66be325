// The limit: one statement makes the whole answer. No row-level security; the statement names the customers itself.
import postgres from 'postgres';
import { bodyOf, reply, serve, settings } from './serving.js';

const sql = postgres(settings.adminUrl, { max: 10 });

const hours = (row) => `(${row}.seconds / 3600.0)::numeric(12, 2)::text`;
const employee = (row) => `(select json_build_object('name', name) from resources.employee where id = ${row}.employee_id)`;
const nodes = (item, rows) => `json_build_object('nodes', (select coalesce(json_agg(${item}), '[]') from (${rows}) row))`;
const entries = (where, first) =>
  `select * from "time".timesheet_entry where ${where} and customer_id = any($1) order by work_date desc, id desc limit ${first}`;

const assignments = nodes(
  `json_build_object('employee', ${employee('row')})`,
  "select * from resources.assignment where project_id = project.id and customer_id = any($1) and status <> 'CANCELLED' order by from_date, id limit 5",
);
const projects = `json_build_object('nodes', (select coalesce(json_agg(json_build_object('name', name, 'status', status, 'assignments', ${assignments})), '[]')
  from (select * from engagements.project where customer_id = customer.id order by name, id limit 5) project))`;
const invoices = nodes(
  `json_build_object('number', number, 'status', case when status <> 'WRITTEN_OFF' then status when paid_minor > 0 then 'PARTLY_PAID' else 'POSTED' end,
    'dueDate', due_date, 'total', json_build_object('amount', (total_minor / 100.0)::numeric(20, 2)::text, 'currency', currency))`,
  "select * from finance.invoice where customer_id = customer.id and number <> '' order by invoice_date desc, id desc limit 5",
);
const ofCustomer = nodes(
  `json_build_object('workDate', work_date, 'hours', ${hours('row')}, 'employee', ${employee('row')})`,
  entries('customer_id = customer.id', 10),
);
const portal = `json_build_object('customers', json_build_object('nodes', (select coalesce(json_agg(json_build_object('name', name, 'projects', ${projects}, 'timeEntries', ${ofCustomer},
  'invoices', ${invoices})), '[]') from (select * from engagements.customer where id = any($1) order by name, id limit 50) customer)))`;

const list = `json_build_object('timeEntries', ${nodes(`json_build_object('id', id, 'workDate', work_date, 'hours', ${hours('row')}, 'status', status)`, entries('true', 50))})`;

const deepest = nodes(`json_build_object('hours', ${hours('row')}, 'employee', ${employee('row')})`, entries('project_id = project.id', 3));
const ofProject = `json_build_object('nodes', (select coalesce(json_agg(json_build_object('name', name, 'timeEntries', ${deepest})), '[]')
  from (select * from engagements.project where customer_id = customer.id order by name, id limit 3) project))`;
const project = `(select json_build_object('name', own.name, 'customer', (select json_build_object('name', customer.name, 'projects', ${ofProject})
  from engagements.customer where customer.id = own.customer_id)) from engagements.project own where own.id = row.project_id)`;
const deep = `json_build_object('timeEntries', ${nodes(`json_build_object('workDate', work_date, 'project', ${project})`, entries('true', 10))})`;

const named = (table, id) => `(select json_build_object('id', id, 'name', name) from ${table} where id = ${id})`;
const large = `json_build_object('timeEntries', ${nodes(
  `json_build_object('id', id, 'workDate', work_date, 'hours', ${hours('row')}, 'status', status, 'billable', billable,
    'employee', ${named('resources.employee', 'row.employee_id')}, 'project', ${named('engagements.project', 'row.project_id')})`,
  entries('true', 250),
)})`;

const statements = new Map(
  Object.entries({ Portal: portal, List: list, Deep: deep, Large: large }).map(([name, data]) => [
    name,
    `select json_build_object('data', ${data})::text as answer`,
  ]),
);

serve(async (request, response, customers) => {
  const { query } = await bodyOf(request);
  const [row] = await sql.unsafe(statements.get(/query (\w+)/.exec(query)?.[1]), [customers], { prepare: true });
  reply(response, row.answer);
});
