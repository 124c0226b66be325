import { type GraphQLObjectType, isNonNullType } from 'graphql';
import { count } from '../amount.ts';
import { put, type Row } from '../row.ts';
import type { Shape, ShapeField } from '../shape.ts';
import { callOf, constantArgs } from './call.ts';
import { completeOf, completerOf, entitiesOf } from './completer.ts';
import type { Field, Running } from './running.ts';
import { failNow, isPromise, type Spot, whenCome } from './spot.ts';

/** Shapes live as long as the documents that they are of. */
const compiled = new WeakMap<Shape, Map<GraphQLObjectType, readonly Field[]>>();

/** The fields that a shape has on a type, compiled when they are met. */
export function fieldsOf(shape: Shape, type: GraphQLObjectType): readonly Field[] {
  let known = compiled.get(shape);
  if (!known) {
    known = new Map();
    compiled.set(shape, known);
  }
  let fields = known.get(type);
  if (!fields) {
    fields = shape.fieldsOf(type).map((each) => fieldOf(type, each));
    known.set(type, fields);
  }
  return fields;
}

function fieldOf(parent: GraphQLObjectType, { name, nodes, field: called, below }: ShapeField): Field {
  const definition = parent.getFields()[called];
  const [node] = nodes;
  const field: Field = { name, nodes, parent, definition, nullable: true, completer: { leaf: () => parent.name }, args: undefined };
  if (!definition || !node) return field;
  field.nullable = !isNonNullType(definition.type);
  field.args = constantArgs(definition, node);
  field.completer = isEntities(field) && below ? entitiesOf(field, below) : completerOf({ field, type: definition.type, below });
  return field;
}

const isEntities = ({ parent, definition }: Field): boolean => parent.name === 'Query' && definition?.name === '_entities';

type Thing = { shape: Shape; type: GraphQLObjectType; source: unknown; spot: Spot };

/** A thing with the fields that are selected of it. Throws when it falls with one of them. */
export function completeThing(running: Running, { shape, type, source, spot }: Thing): Row {
  count(running);
  const thing: Row = {};
  for (const field of fieldsOf(shape, type)) completeField(running, field, { thing, source, spot });
  return thing;
}

/** Sets a field of a thing, now or when it has come. */
export function completeField(running: Running, field: Field, { thing, source, spot: around }: { thing: Row; source: unknown; spot: Spot }): void {
  const { name, nullable, completer, nodes } = field;
  let spot: Spot | undefined;
  try {
    const value = given(running, field, source);
    if (completer.leaf && !isPromise(value)) {
      put(thing, name, completer.leaf(value));
      return;
    }
    spot = { holder: thing, key: name, around, nullable, gone: false };
    // Keeps its turn among the names.
    put(thing, name, undefined);
    if (isPromise(value)) whenCome(running, { promise: value, spot, nodes, complete: completeOf(completer) });
    else if (completer.below) put(thing, name, completer.below(running, value, spot));
  } catch (error) {
    failNow(running, { nodes, spot: spot ?? { holder: thing, key: name, around, nullable, gone: false } }, error);
  }
}

/** What its resolver gives, or the property of its name. */
function given(running: Running, field: Field, source: unknown): unknown {
  const { definition } = field;
  if (!definition) return undefined;
  if (isEntities(field)) return callOf(running, field).args.representations;
  if (definition.resolve) {
    const { args, info } = callOf(running, field);
    return definition.resolve(source, args, running.context, info);
  }
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Row)[definition.name];
  if (typeof value !== 'function') return value;
  const { args, info } = callOf(running, field);
  return value.call(source, args, running.context, info);
}
