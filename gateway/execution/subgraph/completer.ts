import {
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { referenceOf } from '#kernel/subgraphSchema.ts';
import type { Shape } from '../shape.ts';
import { callOf } from './call.ts';
import { completeThing } from './field.ts';
import type { Complete, Completer, Field, Running } from './running.ts';
import { failNow, isPromise, place, type Spot, whenCome } from './spot.ts';

type Declared = { field: Field; type: GraphQLOutputType; below: Shape | undefined };

/** How values of a type are completed in a field, as a GraphQL server does it. */
export function completerOf(declared: Declared): Completer {
  const { field, type } = declared;
  if (isNonNullType(type)) return demanded(completerOf({ ...declared, type: type.ofType }), `${field.parent.name}.${field.definition?.name}`);
  if (isLeafType(type)) return { leaf: leafOf(type) };
  if (isListType(type)) return { below: listOf(declared, type.ofType) };
  const { below } = declared;
  if (!below) throw new Error(`${field.name} selects nothing`);
  return { below: isObjectType(type) ? thingOf(below, type) : abstractOf(declared, below, type) };
}

function demanded({ leaf, below }: Completer, coordinate: string): Completer {
  const there = (value: unknown): unknown => {
    if (value === null) throw new Error(`Cannot return null for non-nullable field ${coordinate}.`);
    return value;
  };
  return leaf ? { leaf: (value) => there(leaf(value)) } : { below: (running, value, spot) => there(below(running, value, spot)) };
}

/** True for what is not there. An error may come as a value. */
function isNothing(value: unknown): value is null | undefined {
  if (value instanceof Error) throw value;
  return value === null || value === undefined;
}

const texts = new Set(['String', 'ID']);

function leafOf(type: GraphQLLeafType): (value: unknown) => unknown {
  const isText = texts.has(type.name);
  return (value) => {
    if (isText && typeof value === 'string') return value;
    if (isNothing(value)) return null;
    const written: unknown = type.serialize(value);
    if (written === null || written === undefined) throw new Error(`${type.name} says nothing for a value that is there.`);
    return written;
  };
}

function thingOf(shape: Shape, type: GraphQLObjectType): Complete {
  return (running, source, spot) => (isNothing(source) ? null : completeThing(running, { shape, type, source, spot }));
}

function abstractOf({ field }: Declared, shape: Shape, declared: GraphQLAbstractType): Complete {
  const thing = (running: Running, source: unknown, { name, spot }: { name: unknown; spot: Spot }): unknown => {
    const type = running.schema.getType(String(name));
    if (!isObjectType(type) || !running.schema.isSubType(declared, type))
      throw new GraphQLError(`Abstract type "${declared.name}" was resolved to "${String(name)}", which is no type of it.`);
    return completeThing(running, { shape, type, source, spot });
  };
  return (running, source, spot) => {
    if (isNothing(source)) return null;
    const { info } = callOf(running, field);
    const name = declared.resolveType ? declared.resolveType(source, running.context, info, declared) : (source as { __typename?: unknown }).__typename;
    if (!isPromise(name)) return thing(running, source, { name, spot });
    whenCome(running, { promise: name, spot, nodes: field.nodes, complete: (_, come) => thing(running, source, { name: come, spot }) });
    return undefined;
  };
}

function listOf(declared: Declared, type: GraphQLOutputType): Complete {
  const { field } = declared;
  const nullable = !isNonNullType(type);
  const completer = completerOf({ ...declared, type });
  return (running, value, around) => {
    if (isNothing(value)) return null;
    if (!isIterable(value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${field.parent.name}.${field.definition?.name}".`);
    const list: unknown[] = [];
    for (const item of value) {
      list.push(undefined);
      completeItem(running, { field, completer, item }, { holder: list, key: list.length - 1, around, nullable, gone: false });
    }
    return list;
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && Symbol.iterator in value);
}

type Item = { field: Field; completer: Completer; item: unknown };

/** Sets an item of a list, now or when it has come. */
export function completeItem(running: Running, { field: { nodes }, completer, item }: Item, spot: Spot): void {
  try {
    if (isPromise(item)) whenCome(running, { promise: item, spot, nodes, complete: completeOf(completer) });
    else place(spot, completer.leaf ? completer.leaf(item) : completer.below(running, item, spot));
  } catch (error) {
    failNow(running, { nodes, spot }, error);
  }
}

/** The same for what comes later. */
export function completeOf({ leaf, below }: Completer): Complete {
  return leaf ? (_, value) => leaf(value) : below;
}

/** Entities as the gateway asks for them: each by the resolver of its type, told by which one it is. */
export function entitiesOf(field: Field, shape: Shape): Completer {
  const completers = new Map<GraphQLObjectType, Completer>();
  const completerFor = (type: GraphQLObjectType): Completer => {
    const made = completers.get(type) ?? { below: thingOf(shape, type) };
    completers.set(type, made);
    return made;
  };
  return {
    below: (running, representations, around) => {
      const list: unknown[] = [];
      for (const representation of representations as readonly { __typename?: unknown }[]) {
        const type = running.schema.getType(String(representation.__typename));
        if (!isObjectType(type)) throw new Error(`There are no entities of type "${String(representation.__typename)}" here.`);
        const spot: Spot = { holder: list, key: list.length, around, nullable: true, gone: false };
        list.push(undefined);
        try {
          completeItem(running, { field, completer: completerFor(type), item: referred(running, { field, type, representation }) }, spot);
        } catch (error) {
          failNow(running, { nodes: field.nodes, spot }, error);
        }
      }
      return list;
    },
  };
}

type Referred = { field: Field; type: GraphQLObjectType; representation: unknown };

function referred(running: Running, { field, type, representation }: Referred): unknown {
  const reference = referenceOf(type);
  return reference ? reference(representation, running.context, callOf(running, field).info) : representation;
}
