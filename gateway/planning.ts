import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { accessRulesIn, withoutRules } from './access/rules.ts';
import { type Access, accessOf } from './access/verdict.ts';
import { apiSchemaOf } from './apiSchema.ts';
import type { PlannedOperation } from './execution/planned.ts';
import { createMemory, type DocumentStore, documentStore, type Memory } from './memory.ts';
import { checkScalars } from './scalars.ts';

/**
 * One state of the graph: all that operations are validated, planned and executed with. Nothing in it is of a server or a client, so it may be shared,
 * and it stays valid for those who hold it when the next one comes.
 */
export type Planning = {
  supergraphSdl: string;
  supergraph: Supergraph;
  /** Subgraphs of the firm's own: what they add to a type of ours is shown under a contract by its own tags alone. */
  foreign: ReadonlySet<string>;
  planner: QueryPlanner;
  /** What clients see; validate against it. */
  apiSchema: GraphQLSchema;
  /** The same as the planner reads it; made with the first plan. */
  readonly clientSchema: Schema;
  /** With all that the subgraphs tell each other: the executor's. */
  supergraphSchema: GraphQLSchema;
  /** What the rules of the contract say of documents and of who reads them. */
  access: Access;
  /** Operations that fit the schema, in the form in which Apollo Server asks for them. */
  documents: DocumentStore;
  /** Their plans. */
  plans: Memory<PlannedOperation>;
};

/** Characters of query plans, written out. */
const planBound = 8_000_000;

type Loading = { validate?: boolean; foreign?: readonly string[] };

/** Makes a composed supergraph ready to plan on: half a second of work. Throws when it does not load; `validate` for one that composition has not checked. */
export function loadSupergraph(supergraphSdl: string, { validate = false, foreign = [] }: Loading = {}): Planning {
  const whole = parse(supergraphSdl, { noLocation: true });
  const document = withoutRules(whole);
  const supergraph = Supergraph.build(document, { validateSupergraph: validate });
  const apiSchema = apiSchemaOf(document) ?? supergraph.apiSchema().toGraphQLJSSchema();
  checkScalars(apiSchema);
  let clientSchema: Schema | undefined;
  return {
    supergraphSdl,
    supergraph,
    foreign: new Set(foreign),
    // One for queries and subscriptions alike: it holds a query graph of some 40 MB.
    planner: new QueryPlanner(supergraph),
    apiSchema,
    get clientSchema() {
      clientSchema ??= supergraph.apiSchema();
      return clientSchema;
    },
    supergraphSchema: buildASTSchema(document, { assumeValidSDL: true, assumeValid: true }),
    access: accessOf(accessRulesIn(whole), apiSchema),
    documents: documentStore(),
    plans: createMemory(planBound),
  };
}

/** What is made of the present state of the graph, anew after each reload. */
export function perPlanning<Value>({ planning }: { planning(): Planning }, make: (planning: Planning) => Value): () => Value {
  let last: { planning: Planning; value: Value } | undefined;
  return () => {
    const present = planning();
    if (last?.planning !== present) last = { planning: present, value: make(present) };
    return last.value;
  };
}
