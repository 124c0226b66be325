import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Actor, ActorKind } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { contractDocument } from './contractSchema.ts';
import type { Graph } from './graph.ts';
import { graphsNamed, graphsOf, type Joined, joinsOn } from './joined.ts';
import { type Planning, perPlanning } from './planning.ts';

/** What a contract includes and excludes, by tag; an exclusion is stronger. */
type Contract = { include: string; exclude: readonly string[] };

/** `firm`: the firm's own affairs; `billing`: between the firm and its client; `confidential`: for those who run the work alone. */
export const contracts = {
  portal: { include: 'portal', exclude: ['firm', 'confidential'] },
  partner: { include: 'partner', exclude: ['firm', 'confidential', 'billing'] },
  psa: { include: 'psa', exclude: [] },
  analytics: { include: 'analytics', exclude: ['confidential'] },
} as const satisfies Record<string, Contract>;

export type ContractName = keyof typeof contracts;

export const contractNames = Object.keys(contracts) as ContractName[];

/** Whoever is outside the firm works on the contract that is made for them; everybody else on the whole graph. */
const contractOfKind: Partial<Record<ActorKind, ContractName>> = { CLIENT_PORTAL: 'portal', PARTNER: 'partner' };

/** The contract that an actor is bound to, wherever it comes in. */
export function ownContractOf({ kind }: Pick<Actor, 'kind'>): ContractName | undefined {
  return contractOfKind[kind];
}

/** The contract that an actor works on: its own, or that of the address at which it came in. */
export function contractOf(actor: Pick<Actor, 'kind' | 'contract'>): ContractName | undefined {
  return ownContractOf(actor) ?? contractNames.find((name) => name === actor.contract);
}

export type Contracts = {
  /** Refuses what asks for more than the actor's contract shows, before anything of it runs. */
  demand(actor: Actor, document: DocumentNode): void;
  /** The schema that the actor works on: that of its contract, else the whole. */
  schemaOf(actor: Actor): GraphQLSchema;
  /** True for those who are bound to a contract: it is theirs to know. */
  isBound(actor: Actor): boolean;
  /** True where not all of the graph is shown. */
  isNarrowed(actor: Actor): boolean;
};

/** What one state of the graph shows under a contract. */
type Shown = { fields: ReadonlySet<string>; schema(): GraphQLSchema };

type Verdicts = Partial<Record<ContractName, { hidden: string | undefined }>>;

/** One state of the graph, what each contract shows of it, and of documents that are kept the first field that is not among that. */
type Snapshot = { planning: Planning; shown: Map<ContractName, Shown>; verdicts: WeakMap<DocumentNode, Verdicts> };

/** Reads the contracts from the tags of the supergraph, anew after each reload. A graph without a tag shows nothing to people outside the firm. */
export function createContracts(graph: Pick<Graph, 'planning'>): Contracts {
  const present = perPlanning(graph, (planning): Snapshot => ({ planning, shown: new Map(), verdicts: new WeakMap() }));
  return {
    demand: (actor, document) => {
      const name = contractOf(actor);
      const hidden = name && verdictOf(present(), name, document);
      if (hidden) throw new Refused('FORBIDDEN', `${hidden} is not in the ${name} contract.`);
    },
    schemaOf: (actor) => {
      const name = contractOf(actor);
      return name ? shownOf(present(), name).schema() : graph.planning().apiSchema;
    },
    isBound: (actor) => ownContractOf(actor) !== undefined,
    isNarrowed: (actor) => contractOf(actor) !== undefined,
  };
}

function verdictOf(snapshot: Snapshot, name: ContractName, document: DocumentNode): string | undefined {
  const { planning, verdicts } = snapshot;
  const known = verdicts.get(document) ?? {};
  verdicts.set(document, known);
  known[name] ??= { hidden: firstHidden(planning.apiSchema, shownOf(snapshot, name).fields, document) };
  return known[name].hidden;
}

function shownOf({ planning, shown }: Snapshot, name: ContractName): Shown {
  const before = shown.get(name);
  if (before) return before;
  const fields = contractFields(planning.supergraphSchema, name, planning.foreign);
  let schema: GraphQLSchema | undefined;
  const made: Shown = {
    fields,
    schema: () => {
      schema ??= buildASTSchema(contractDocument(parse(printSchema(planning.apiSchema), { noLocation: true }), fields));
      return schema;
    },
  };
  shown.set(name, made);
  return made;
}

/** The tags that the SDL gives to a type or a field. */
export function tagsOf(element: Joined): unknown[] {
  return joinsOn(element, 'tag').map(({ name }) => name);
}

/**
 * Coordinates of the fields that a contract shows (docs/adr/0014), of a supergraph's schema. A tag of a type is one of all its fields; an excluding tag
 * wins; what leads to a type of which nothing is shown, or is led to by nothing, is not shown either.
 */
export function contractFields(schema: GraphQLSchema, name: ContractName, foreign: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const types = shownTypes(schema, contracts[name], addedTo(schema, foreign));
  const fields = new Set<string>();
  const reached = new Set<string>();
  const reach = (type: GraphQLCompositeType): void => {
    if (reached.has(type.name)) return;
    reached.add(type.name);
    for (const [field, target] of types.get(type.name) ?? []) {
      fields.add(`${type.name}.${field}`);
      if (target) reach(target);
    }
    // Whoever meets an interface or a union may meet each of its types.
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) reach(each);
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) if (root) reach(root);
  return fields;
}

type ShownTypes = Map<string, Map<string, GraphQLCompositeType | undefined>>;

/** By type its shown fields, each with the composite type that it leads to. */
function shownTypes(schema: GraphQLSchema, contract: Contract, isAdded: (type: Joined, field: Joined) => boolean): ShownTypes {
  const types: ShownTypes = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith('__')) continue;
    const ofType = tagsOf(type);
    const fields = Object.values(type.getFields()).filter((field) =>
      shows(contract, [...(isAdded(type, field) ? ofType.filter((tag) => tag !== contract.include) : ofType), ...tagsOf(field)]),
    );
    const target = (field: (typeof fields)[number]) => {
      const named = getNamedType(field.type);
      return isCompositeType(named) ? named : undefined;
    };
    types.set(type.name, new Map(fields.map((field) => [field.name, target(field)])));
  }
  withoutDeadEnds(types, (union) => shows(contract, tagsOf(union)));
  return types;
}

/** True for a field that the firm's own subgraphs alone add to a type of ours: its type's tags are not theirs to show it by. */
function addedTo(schema: GraphQLSchema, foreign: ReadonlySet<string>): (type: Joined, field: Joined) => boolean {
  const theirs = graphsNamed(schema, foreign);
  if (theirs.size === 0) return () => false;
  return (type, field) => {
    const ofField = graphsOf(field, 'join__field');
    return ofField.length > 0 && ofField.every((graph) => theirs.has(graph)) && !graphsOf(type, 'join__type').every((graph) => theirs.has(graph));
  };
}

/** Takes away what leads to a type of which nothing is shown, until nothing leads there. */
function withoutDeadEnds(types: ShownTypes, isShown: (union: GraphQLUnionType) => boolean): void {
  const isDead = (type: GraphQLCompositeType): boolean =>
    isUnionType(type) ? !isShown(type) || type.getTypes().every(isDead) : (types.get(type.name)?.size ?? 0) === 0;
  for (let again = true; again; ) {
    again = false;
    for (const fields of types.values()) for (const [name, target] of fields) if (target && isDead(target)) again = fields.delete(name);
  }
}

function shows({ include, exclude }: Contract, tags: readonly unknown[]): boolean {
  return tags.includes(include) && !exclude.some((tag) => tags.includes(tag));
}

function firstHidden(schema: GraphQLSchema, fields: ReadonlySet<string>, document: DocumentNode): string | undefined {
  const types = new TypeInfo(schema);
  let hidden: string | undefined;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const coordinate = `${types.getParentType()?.name}.${name.value}`;
        // What begins so is the schema's own, and told of by contract.
        const isIntrospection = coordinate.startsWith('__') || name.value.startsWith('__');
        if (types.getFieldDef() && !isIntrospection && !fields.has(coordinate)) hidden ??= coordinate;
      },
    }),
  );
  return hidden;
}
