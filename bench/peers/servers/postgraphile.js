// PostGraphile 5 on the same database, as the role that serves: row-level security decides what a token sees.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';
import { customersOf, listen, settings } from './serving.js';

/** Subgraphs have no foreign keys between them: these say what a row of one has of another. */
const foreignKeys = {
  'engagements.project': ['(customer_id) references engagements.customer (id)|@fieldName customer|@foreignFieldName projects'],
  'resources.assignment': ['(project_id) references engagements.project (id)|@foreignFieldName assignments'],
  'time.timesheet_entry': [
    '(employee_id) references resources.employee (id)|@fieldName employee',
    '(customer_id) references engagements.customer (id)|@foreignFieldName timeEntries',
    '(project_id) references engagements.project (id)|@fieldName project|@foreignFieldName timeEntries',
  ],
  'finance.invoice': ['(customer_id) references engagements.customer (id)|@foreignFieldName invoices'],
};
const config = {
  class: Object.fromEntries(Object.entries(foreignKeys).map(([table, foreignKey]) => [table, { tags: { foreignKey } }])),
  attribute: { 'engagements.project.name': { tags: { behavior: '+orderBy' } } },
};
const wanted = { engagements: ['customer', 'project'], resources: ['employee', 'assignment'], time: ['timesheet_entry'], finance: ['invoice'] };

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [jsonPgSmartTags({ version: 1, config }), onlyWanted()],
  disablePlugins: ['PgMutationCreatePlugin', 'PgMutationUpdateDeletePlugin'],
  pgServices: [makePgService({ connectionString: settings.appUrl, schemas: Object.keys(wanted) })],
  grafserv: { graphqlPath: '/graphql', graphiql: false },
  grafast: {
    explain: false,
    context: async ({ node }) => ({
      pgSettings: {
        'accord.scope': 'client',
        'accord.customers': `{${(await customersOf(node.req.headers.authorization)).join(',')}}`,
        'accord.legal_entities': '',
        'accord.employees': '{}',
      },
    }),
  },
};

/** The tables of the questions, and no more: a smaller schema is no slower. */
function onlyWanted() {
  return {
    name: 'OnlyWantedPlugin',
    version: '0.0.0',
    gather: {
      hooks: {
        pgIntrospection_introspection(_, { introspection }) {
          const schema = new Map(introspection.namespaces.map(({ _id, nspname }) => [_id, nspname]));
          introspection.classes = introspection.classes.filter(({ relname, relnamespace, relkind }) => {
            const tables = wanted[schema.get(relnamespace)];
            return !tables || relkind === 'c' || relkind === 'i' || tables.includes(relname);
          });
        },
      },
    },
  };
}

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
if (process.env.PRINT_SCHEMA) console.log((await import('graphql')).printSchema((await instance.getSchemaResult()).schema));
listen(server);
