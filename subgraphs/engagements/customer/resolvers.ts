import type { Resolvers } from '#generated/engagements.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { availableActions } from '#kernel/machine.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { contractsOfCustomer } from '../contract/queries.ts';
import { engagementsOfCustomer } from '../engagement/queries.ts';
import { firmOnly, ofBooks, stub } from '../owned.ts';
import { projectsOfCustomer } from '../project/queries.ts';
import { createCustomer, customerAction, updateCustomer, upsertCustomers } from './commands.ts';
import { customerMachine } from './machine.ts';
import { childrenList, customerList, customerRefs, readCustomer } from './queries.ts';

const on = mutationsOf('customer', readCustomer);

export const customerResolvers = {
  Query: {
    customer: async (_, { id }, context) => (await readCustomer(context, id)) ?? null,
    customers: (_, args, context) => page(context, customerList, args),
  },
  Mutation: {
    createCustomer: on.one('createCustomer', createCustomer),
    updateCustomer: on.one('updateCustomer', updateCustomer),
    upsertCustomers: on.bulk('upsertCustomers', upsertCustomers, { legalEntity: 'LegalEntity', taxProfile: 'TaxProfile' }),
    activateCustomer: on.one('activateCustomer', customerAction('activate')),
    deactivateCustomer: on.one('deactivateCustomer', customerAction('deactivate')),
  },
  Customer: {
    __resolveReference: async ({ id }, context) => (await readCustomer(context, id)) ?? null,
    parent: async ({ parentId }, _, context) => (parentId ? ((await readCustomer(context, parentId)) ?? null) : null),
    children: ({ id }, args, context) => pageOf(context, childrenList, { parentId: id, args }),
    engagements: ({ id }, args, context) => pageOf(context, engagementsOfCustomer, { parentId: id, args }),
    contracts: ({ id }, args, context) => pageOf(context, contractsOfCustomer, { parentId: id, args }),
    projects: ({ id }, args, context) => pageOf(context, projectsOfCustomer, { parentId: id, args }),
    legalEntity: ({ legalEntityId }, _, context) => firmOnly(context, ofBooks(context, legalEntityId, stub(legalEntityId))),
    // Whose a tax profile is, another subgraph knows: it is shown with the legal entity that invoices.
    taxProfile: ({ taxProfileId, legalEntityId }, _, context) => firmOnly(context, ofBooks(context, legalEntityId, stub(taxProfileId))),
    externalRefs: async ({ id }, _, context) => (await context.load(customerRefs, id)) ?? [],
    availableActions: (customer, _, { actor }) => availableActions(customerMachine, customer, actor),
  },
} satisfies Resolvers;
