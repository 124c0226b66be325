import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type FieldNode, type GraphQLFormattedError, visit } from 'graphql';
import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import { type Planning, perPlanning } from './planning.ts';

/**
 * A plan fetches keys under their own names beside what the client asks for. An alias that equals such a name stands in their way: the answer
 * would hold the key, or the key the answer (apollographql/federation#3036). Such aliases travel under another name and get theirs back.
 */
const prefix = 'aliased__';

/** Names that plans may add to a selection: those of keys, requirements and provisions, and the type. */
function namesOf({ supergraphSdl }: Pick<Planning, 'supergraphSdl'>): ReadonlySet<string> {
  const selections = [...supergraphSdl.matchAll(/\b(?:key|requires|provides): "([^"]*)"/g)].flatMap(([, fields]) => fields?.match(/\w+/g) ?? []);
  return new Set(['__typename', ...selections]);
}

export type Aliases = {
  /** The document with aliases that no plan adds; undefined when it has none of the others. */
  renamed(document: DocumentNode): DocumentNode | undefined;
};

/** Knows the names that plans on one state of the graph may add. */
export function aliasesFor(planning: Pick<Planning, 'supergraphSdl'>): Aliases {
  const names = namesOf(planning);
  const isInTheWay = ({ alias, name }: FieldNode) => alias !== undefined && alias.value !== name.value && names.has(alias.value);
  return {
    renamed: (document) => {
      let found = false;
      const other = visit(document, {
        Field: (field) => {
          if (!isInTheWay(field) || !field.alias) return undefined;
          found = true;
          return { ...field, alias: { ...field.alias, value: `${prefix}${field.alias.value}` } };
        },
      });
      return found ? other : undefined;
    },
  };
}

/** Gives the client its names back, in the data and in the paths of errors. */
export function withOwnNames<Result extends { data?: unknown; errors?: readonly GraphQLFormattedError[] }>(result: Result): Result {
  const errors = result.errors?.map((error) => (error.path ? { ...error, path: error.path.map(ownName) } : error));
  return { ...result, data: ownNames(result.data), ...(errors ? { errors } : {}) };
}

function ownNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ownNames);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [ownName(name), ownNames(inner)]));
}

function ownName<Step extends string | number>(step: Step): Step | string {
  return typeof step === 'string' && step.startsWith(prefix) ? step.slice(prefix.length) : step;
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
