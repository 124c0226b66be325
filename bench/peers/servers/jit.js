// What a good hand would write for these questions: compiled execution, one statement for each list or kind of row, conditions in the statements, no row-level security.
import DataLoader from 'dataloader';
import { buildSchema, parse } from 'graphql';
import { compileQuery } from 'graphql-jit';
import postgres from 'postgres';
import { bodyOf, reply, serve, settings } from './serving.js';

const sql = postgres(settings.adminUrl, { max: 10, types: { date: { to: 1082, from: [1082], serialize: String, parse: String } } });

const schema = buildSchema(`
  type Query { customers(first: Int = 50): Customers! timeEntries(first: Int = 50): TimeEntries! }
  type Customers { nodes: [Customer!]! }
  type Customer { id: ID! name: String! projects(first: Int = 50): Projects! timeEntries(first: Int = 50): TimeEntries! invoices(first: Int = 50): Invoices! }
  type Projects { nodes: [Project!]! }
  type Project { id: ID! name: String! status: String! customer: Customer! assignments(first: Int = 50): Assignments! timeEntries(first: Int = 50): TimeEntries! }
  type Assignments { nodes: [Assignment!]! }
  type Assignment { employee: Employee! }
  type Employee { id: ID! name: String! }
  type TimeEntries { nodes: [TimeEntry!]! }
  type TimeEntry { id: ID! workDate: String! hours: String! status: String! billable: Boolean! employee: Employee! project: Project! }
  type Invoices { nodes: [Invoice!]! }
  type Invoice { number: String! status: String! dueDate: String total: Money! }
  type Money { amount: String! currency: String! }`);

const resolve = (type, resolvers) => {
  for (const [name, resolver] of Object.entries(resolvers)) schema.getType(type).getFields()[name].resolve = resolver;
};
resolve('Query', { customers: (_, { first }, { own }) => own.customers(first), timeEntries: (_, { first }, { own }) => own.timeEntries(first) });
resolve('Customer', {
  projects: ({ id }, { first }, { children }) => children('projects', first).load(id),
  timeEntries: ({ id }, { first }, { children }) => children('entriesOfCustomer', first).load(id),
  invoices: ({ id }, { first }, { children }) => children('invoices', first).load(id),
});
resolve('Project', {
  customer: ({ customer_id }, _, { byId }) => byId.customer.load(customer_id),
  assignments: ({ id }, { first }, { children }) => children('assignments', first).load(id),
  timeEntries: ({ id }, { first }, { children }) => children('entriesOfProject', first).load(id),
});
resolve('Assignment', { employee: ({ employee_id }, _, { byId }) => byId.employee.load(employee_id) });
resolve('TimeEntry', {
  workDate: ({ work_date }) => work_date,
  hours: ({ seconds }) => (Number(seconds) / 3600).toFixed(2),
  employee: ({ employee_id }, _, { byId }) => byId.employee.load(employee_id),
  project: ({ project_id }, _, { byId }) => byId.project.load(project_id),
});
resolve('Invoice', {
  status: ({ status, paid_minor }) => (status !== 'WRITTEN_OFF' ? status : Number(paid_minor) > 0 ? 'PARTLY_PAID' : 'POSTED'),
  dueDate: ({ due_date }) => due_date,
  total: ({ total_minor, currency }) => ({ amount: (Number(total_minor) / 100).toFixed(2), currency }),
});

const entry = 'id, work_date, seconds, status, billable, employee_id, project_id, customer_id';
const ofParent = {
  projects: ['engagements.project', 'id, name, status, customer_id', 'customer_id', 'name, id'],
  assignments: ['resources.assignment', 'employee_id, project_id', 'project_id', 'from_date, id', "and status <> 'CANCELLED'"],
  entriesOfCustomer: ['"time".timesheet_entry', entry, 'customer_id', 'work_date desc, id desc'],
  entriesOfProject: ['"time".timesheet_entry', entry, 'project_id', 'work_date desc, id desc'],
  invoices: [
    'finance.invoice',
    'number, status, due_date, total_minor, paid_minor, currency, customer_id',
    'customer_id',
    'invoice_date desc, id desc',
    "and number <> ''",
  ],
};

/** One statement for the same list of many parents. */
const childLoader = ([table, columns, key, order, only = ''], first, customers) =>
  new DataLoader(async (ids) => {
    const rows = await sql.unsafe(
      `select child.* from unnest($1::uuid[]) as parent(id) cross join lateral
        (select ${columns} from ${table} where ${key} = parent.id and customer_id = any($2::uuid[]) ${only} order by ${order} limit ${first}) as child`,
      [ids, customers],
      { prepare: true },
    );
    const grouped = Map.groupBy(rows, (row) => row[key]);
    return ids.map((id) => ({ nodes: grouped.get(id) ?? [] }));
  });

const rowLoader = (table, columns, customers, only = '') =>
  new DataLoader(async (ids) => {
    const rows = await sql.unsafe(`select ${columns} from ${table} where id = any($1::uuid[]) ${only}`, only ? [ids, customers] : [ids], { prepare: true });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });

function contextFor(customers) {
  const loaders = new Map();
  const read = async (text, first) => ({ nodes: await sql.unsafe(text, [customers, first], { prepare: true }) });
  return {
    own: {
      customers: (first) => read('select id, name from engagements.customer where id = any($1::uuid[]) order by name, id limit $2', first),
      timeEntries: (first) =>
        read(`select ${entry} from "time".timesheet_entry where customer_id = any($1::uuid[]) order by work_date desc, id desc limit $2`, first),
    },
    byId: {
      customer: rowLoader('engagements.customer', 'id, name', customers, 'and id = any($2::uuid[])'),
      project: rowLoader('engagements.project', 'id, name, status, customer_id', customers, 'and customer_id = any($2::uuid[])'),
      employee: rowLoader('resources.employee', 'id, name', customers),
    },
    children: (list, first) => {
      const key = `${list} ${first}`;
      const loader = loaders.get(key) ?? childLoader(ofParent[list], first, customers);
      loaders.set(key, loader);
      return loader;
    },
  };
}

const compiled = new Map();

serve(async (request, response, customers) => {
  const { query, variables } = await bodyOf(request);
  const known = compiled.get(query) ?? compileQuery(schema, parse(query));
  compiled.set(query, known);
  reply(response, JSON.stringify(await known.query(undefined, contextFor(customers), variables)));
});
