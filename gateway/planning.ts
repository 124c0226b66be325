import { setImmediate as turn } from 'node:timers/promises';
import { Supergraph } from '@apollo/federation-internals';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { accessRulesIn, withoutRules } from './access/rules.ts';
import { type Access, accessOf } from './access/verdict.ts';
import { clientSchemaOf } from './apiSchema.ts';
import { type Costs, costsOf } from './cost/cost.ts';
import { costRulesIn } from './cost/directives.ts';
import { workloadsOf } from './cost/workload.ts';
import type { PlannedOperation } from './execution/planned.ts';
import { createMemory, type DocumentStore, documentStore, type Memory } from './memory.ts';
import type { PlanningThread } from './planner/beside.ts';
import { type Joins, joinsOf } from './planner/joins.ts';
import { localPlanner, type Planned } from './planner/local.ts';
import type { Planner } from './planner/plan.ts';
import { checkScalars } from './scalars.ts';

/**
 * One state of the graph: all that operations are validated, planned and executed with. Nothing in it is of a server or a client, so it may be shared,
 * and it stays valid for those who hold it when the next one comes.
 */
export type Planning = {
  supergraphSdl: string;
  /** Subgraphs of the firm's own: what they add to a type of ours is shown under a contract by its own tags alone. */
  foreign: ReadonlySet<string>;
  joins: Joins;
  planner: Planner;
  /** What clients see; validate against it. */
  apiSchema: GraphQLSchema;
  /** With all that the subgraphs tell each other: the executor's. */
  supergraphSchema: GraphQLSchema;
  /** What the rules of the contract say of documents and of who reads them. */
  access: Access;
  /** What operations may come to, by what the contract says of costs. */
  costs: Costs;
  /** What kind of work operations are. */
  workloads: ReturnType<typeof workloadsOf>;
  /** Texts that are known to fit the schema. */
  fitting: Set<string>;
  /** Operations that fit the schema, in the form in which Apollo Server asks for them. */
  documents: DocumentStore;
  /** Their plans, and those that are made just now. */
  plans: Memory<PlannedOperation>;
  planned: Map<string, Promise<PlannedOperation>>;
};

/** Characters of query plans, written out. */
const planBound = 8_000_000;

type Loading = { validate?: boolean; foreign?: readonly string[]; plannerOf?: (planned: Planned) => Planner };

/** Makes a composed supergraph ready to plan on. Throws when it does not load; `validate` for one that composition has not checked. */
export function loadSupergraph(supergraphSdl: string, { validate = false, foreign = [], plannerOf = localPlanner }: Loading = {}): Planning {
  const whole = parse(supergraphSdl, { noLocation: true });
  const document = withoutRules(whole);
  if (validate) Supergraph.build(document, { validateSupergraph: true });
  const joins = joinsOf(document);
  const apiSchema = clientSchemaOf(document, { validate: false });
  const planner = plannerOf({ supergraphSdl, joins });
  return planningOf({ supergraphSdl, whole, foreign: new Set(foreign), joins, apiSchema, planner, supergraphSchema: executorSchema(document) });
}

type Beside = { thread: PlanningThread; foreign: readonly string[] };

/** The same for one that nobody has checked, beside the requests that are served: a thread checks it and plans on it. Throws when it does not load. */
export async function loadBeside(supergraphSdl: string, { thread, foreign }: Beside): Promise<Planning> {
  const { document: whole, planner } = await thread.load(supergraphSdl);
  const document = withoutRules(whole);
  const apiSchema = clientSchemaOf(document, { validate: false });
  // What takes its time is done with others' turns in between.
  await turn();
  const supergraphSchema = executorSchema(document);
  await turn();
  return planningOf({ supergraphSdl, whole, foreign: new Set(foreign), joins: joinsOf(document), apiSchema, planner, supergraphSchema });
}

type Made = Omit<Planning, 'access' | 'costs' | 'workloads' | 'fitting' | 'documents' | 'plans' | 'planned'> & { whole: DocumentNode };

function planningOf({ whole, ...parts }: Made): Planning {
  checkScalars(parts.apiSchema);
  const costRules = costRulesIn(whole);
  return {
    ...parts,
    access: accessOf(accessRulesIn(whole), parts.apiSchema),
    costs: costsOf(costRules, parts.apiSchema),
    workloads: workloadsOf(costRules, parts.apiSchema),
    fitting: new Set(),
    documents: documentStore(),
    plans: createMemory(planBound),
    planned: new Map(),
  };
}

const executorSchema = (document: DocumentNode): GraphQLSchema => buildASTSchema(document, { assumeValidSDL: true, assumeValid: true });

/** What is made of a state of the graph: of the present one where none is named, anew after each reload. */
export function perPlanning<Value extends object>({ planning }: { planning(): Planning }, make: (planning: Planning) => Value): (planning?: Planning) => Value {
  const known = new WeakMap<Planning, Value>();
  return (of = planning()) => {
    const before = known.get(of);
    if (before) return before;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}
