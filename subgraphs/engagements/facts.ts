import { catalogue, fact } from '#kernel/facts.ts';

/** What was true of a customer when the fact was stated. */
export type CustomerSnapshot = { customerId: string; name: string; status: string };

/** The facts of the engagements subgraph. Payload keys are the event's SDL fields; `<entity>Id` becomes the entity reference. */
export const facts = catalogue('engagements', {
  CustomerCreated: fact<CustomerSnapshot>({ subject: 'Customer', description: 'A customer was created.' }),
  CustomerUpdated: fact<CustomerSnapshot>({ subject: 'Customer', description: 'A customer or its status changed.' }),
});

export type FactName = keyof typeof facts;
