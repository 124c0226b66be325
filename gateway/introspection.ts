import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import { type DocumentNode, type ExecutionResult, execute, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import type { Contracts } from './contracts.ts';
import type { Exchange } from './exchange.ts';

/**
 * Answers what asks for the schema alone from the schema that the actor works on. The planner knows no more of introspection than it did years
 * ago, and of contracts nothing.
 */
export function introspectionPlugin(contracts: Contracts): ApolloServerPlugin<Exchange> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue: { actor } }) => {
        const roots = rootFields(operation.selectionSet, document);
        if (!roots.some(isSchema)) return null;
        if (roots.every((name) => name.startsWith('__'))) {
          const schema = contracts.schemaOf(actor);
          const { operationName, variables: variableValues } = request;
          return answered(await execute({ schema, document, operationName, variableValues }));
        }
        // The planner would tell of the whole schema.
        const apart = { message: 'Ask for the schema in an operation of its own.', extensions: { code: 'VALIDATION_FAILED' } };
        return contracts.isNarrowed(actor) ? answered({ errors: [new GraphQLError(apart.message, apart)] }) : null;
      },
    }),
  };
}

function answered(singleResult: ExecutionResult): GraphQLResponse {
  return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } } as GraphQLResponse;
}

function isSchema(name: string): boolean {
  return name === '__schema' || name === '__type';
}

/** Names of the fields at the root, through fragments; validation has refused those that spread themselves. */
function rootFields(set: SelectionSetNode, document: DocumentNode): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(document, selection.name.value);
    return inner ? rootFields(inner.selectionSet, document) : [];
  });
}

function fragmentOf(document: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return document.definitions.find((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
}
