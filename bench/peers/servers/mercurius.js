// @mercuriusjs/gateway with jit. It speaks federation 1, so that it is given what the questions need of each subgraph in those words.
import gateway from '@mercuriusjs/gateway';
import fastify from 'fastify';
import { customersOf, say, settings } from './serving.js';

const schemas = {
  engagements: `
    extend type Query { customers(first: Int): CustomerConnection! }
    extend type Mutation { createCustomer(input: CreateCustomerInput!): CreateCustomerPayload! }
    input CreateCustomerInput { idempotencyKey: String! name: String! }
    type CreateCustomerPayload { userErrors: [UserError!]! replayed: Boolean! }
    type UserError { code: String! }
    type CustomerConnection { nodes: [Customer!]! }
    type Customer @key(fields: "id") { id: ID! name: String! projects(first: Int): ProjectConnection! }
    type ProjectConnection { nodes: [Project!]! }
    type Project @key(fields: "id") { id: ID! name: String! status: String! customer: Customer! }`,
  resources: `
    extend type Project @key(fields: "id") { id: ID! @external assignments(first: Int): AssignmentConnection! }
    type AssignmentConnection { nodes: [Assignment!]! }
    type Assignment { id: ID! employee: Employee! }
    type Employee @key(fields: "id") { id: ID! name: String! }`,
  time: `
    scalar Date
    scalar Decimal
    extend type Query { timeEntries(first: Int): TimesheetEntryConnection! }
    type TimesheetEntryConnection { nodes: [TimesheetEntry!]! }
    type TimesheetEntry { id: ID! workDate: Date! hours: Decimal! status: String! billable: Boolean! employee: Employee! project: Project! }
    extend type Customer @key(fields: "id") { id: ID! @external timeEntries(first: Int): TimesheetEntryConnection! }
    extend type Project @key(fields: "id") { id: ID! @external timeEntries(first: Int): TimesheetEntryConnection! }
    extend type Employee @key(fields: "id") { id: ID! @external }`,
  finance: `
    scalar Date
    scalar Decimal
    scalar CurrencyCode
    extend type Customer @key(fields: "id") { id: ID! @external invoices(first: Int): InvoiceConnection! }
    type InvoiceConnection { nodes: [Invoice!]! }
    type Invoice { id: ID! number: String status: String! dueDate: Date total: Money! }
    type Money { amount: Decimal! currency: CurrencyCode! }`,
};

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  if (!(await customersOf(request.headers.authorization))) return reply.code(401).send();
});
app.register(gateway, {
  jit: 1,
  gateway: {
    services: Object.entries(schemas).map(([name, schema]) => ({
      name,
      schema,
      url: settings.subgraphs[name],
      rewriteHeaders: ({ authorization }) => ({ authorization: authorization ?? '' }),
    })),
  },
});
await app.listen({ host: '127.0.0.1', port: 0 });
say(app.server.address().port);
