import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type FieldNode, type GraphQLFormattedError, Kind, visit } from 'graphql';
import { conflictsIn } from './conflicts.ts';
import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import { isRequiredAs } from './planner/plan.ts';
import { type Planning, perPlanning } from './planning.ts';

/**
 * Fields that travel under other names than their client's, and get those back: an alias that equals a key, which plans fetch under its own name
 * (apollographql/federation#3036), and what plans do not tell apart.
 */
const prefix = 'aliased_';
const renamedName = /^aliased_[0-9a-f]*_(.*)$/;

/** Names that plans may add to a selection: those of keys, requirements and provisions, and the type. */
function namesOf({ supergraphSdl }: Pick<Planning, 'supergraphSdl'>): ReadonlySet<string> {
  const selections = [...supergraphSdl.matchAll(/\b(?:key|requires|provides): "([^"]*)"/g)].flatMap(([, fields]) => fields?.match(/\w+/g) ?? []);
  return new Set(['__typename', ...selections]);
}

export type Aliases = {
  /** The document with names that stand in nobody's way; undefined when it has none of the others. */
  renamed(document: DocumentNode): DocumentNode | undefined;
};

/** Knows the names that plans on one state of the graph may add. */
export function aliasesFor(planning: Pick<Planning, 'supergraphSdl'>): Aliases {
  const names = namesOf(planning);
  const isInTheWay = ({ alias, name }: FieldNode) => alias !== undefined && alias.value !== name.value && (names.has(alias.value) || isRequiredAs(alias.value));
  return {
    renamed: (document) => {
      const conflicts = conflictsIn(document);
      let found = false;
      const other = visit(document, {
        Field: (field) => {
          const own = conflicts.get(field) ?? (isInTheWay(field) ? `_${field.alias?.value}` : undefined);
          if (own === undefined) return undefined;
          found = true;
          return { ...field, alias: { kind: Kind.NAME, value: `${prefix}${own}` } };
        },
      });
      return found ? other : undefined;
    },
  };
}

/** Gives the client its names back, in the data and in the paths of errors. */
export function withOwnNames<Result extends { data?: unknown; errors?: readonly GraphQLFormattedError[] }>(result: Result): Result {
  const errors = result.errors?.map((error) => (error.path ? { ...error, path: ownPath(error.path) } : error));
  return { ...result, data: ownNames(result.data), ...(errors ? { errors } : {}) };
}

/** A place in the answer by the client's names. */
export function ownPath(path: readonly (string | number)[]): (string | number)[] {
  return path.map(ownName);
}

function ownNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ownNames);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [ownName(name), ownNames(inner)]));
}

function ownName<Step extends string | number>(step: Step): Step | string {
  return typeof step === 'string' ? step.replace(renamedName, '$1') : step;
}

/** Plans what Apollo Server has validated under names that stand in nobody's way. */
export function aliasPlugin(graph: Pick<Graph, 'planning'>): ApolloServerPlugin<Exchange> {
  const present = perPlanning(graph, (planning) => ({
    aliases: aliasesFor(planning),
    known: new WeakMap<DocumentNode, { other: DocumentNode | undefined }>(),
  }));
  const renamed = (document: DocumentNode): DocumentNode | undefined => {
    const { aliases, known } = present();
    const before = known.get(document);
    if (before) return before.other;
    const other = aliases.renamed(document);
    known.set(document, { other });
    return other;
  };
  return {
    requestDidStart: async () => {
      let isRenamed = false;
      return {
        didResolveOperation: async (context) => {
          const other = renamed(context.document);
          if (!other) return;
          isRenamed = true;
          Object.assign(context, { document: other });
        },
        willSendResponse: async ({ response: { body } }) => {
          if (isRenamed && body.kind === 'single') body.singleResult = withOwnNames(body.singleResult);
        },
      };
    },
  };
}
