import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLError,
  GraphQLField,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Amount } from '../amount.ts';
import type { Spot } from './spot.ts';

/** Makes of what a resolver gave what the client gets, for a place of the answer. Throws where nothing may stand there. */
export type Complete = (running: Running, value: unknown, spot: Spot) => unknown;

/** How values of a field are completed; what has nothing below needs no place of its own. */
export type Completer = { leaf: (value: unknown) => unknown; below?: never } | { below: Complete; leaf?: never };

/** A field of a selection on a type that is known: all of it that no request changes. */
export type Field = {
  name: string;
  nodes: readonly FieldNode[];
  parent: GraphQLObjectType;
  /** Undefined for __typename. */
  definition: GraphQLField<unknown, unknown> | undefined;
  nullable: boolean;
  completer: Completer;
  /** Its arguments where no variable stands in them. */
  args: Record<string, unknown> | undefined;
};

/** What a field is called with, once for all things that have it. */
export type Call = { args: Record<string, unknown>; info: GraphQLResolveInfo };

/** An operation that is carried out: its request, and how far it is. */
export type Running = Amount & {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Record<string, unknown>;
  context: unknown;
  errors: GraphQLError[];
  calls: Map<Field, Call>;
  /** How many values have not come yet. */
  awaited: number;
  whenWhole: (() => void) | undefined;
};
