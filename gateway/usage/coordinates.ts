import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The places of the schema that an operation uses, as schema coordinates: fields, arguments, and what is written of inputs and enums. What comes in variables
 * or in answers is not known before: of those stands the type alone.
 */
export function coordinatesOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  const enter = {
    VariableDefinition: ({ type }: { type: Parameters<typeof typeFromAST>[1] }) => addInput(found, typeFromAST(schema, type as never)),
    Field: (node: { name: { value: string }; arguments?: readonly { name: { value: string } }[] | undefined }) => {
      const parent = info.getParentType();
      const field = info.getFieldDef();
      if (!parent || !field || field.name.startsWith('__')) return;
      const coordinate = `${parent.name}.${field.name}`;
      found.add(coordinate);
      for (const { name } of node.arguments ?? []) found.add(`${coordinate}(${name.value}:)`);
      const type = getNamedType(field.type);
      if (isEnumType(type) || isUnionType(type)) found.add(type.name);
    },
    ObjectValue: ({ fields }: { fields: readonly unknown[] }) => {
      const type = getNamedType(info.getInputType() as GraphQLInputType | undefined);
      if (type && fields.length === 0) found.add(type.name);
    },
    ObjectField: ({ name }: { name: { value: string } }) => {
      const type = getNamedType(info.getParentInputType() as GraphQLInputType | undefined);
      if (type) found.add(`${type.name}.${name.value}`);
    },
    EnumValue: ({ value }: { value: string }) => {
      const type = getNamedType(info.getInputType() as GraphQLInputType | undefined);
      if (type) found.add(`${type.name}.${value}`);
    },
  };
  visit(own, visitWithTypeInfo(info, { enter: (node) => void (enter as Record<string, ((node: never) => void) | undefined>)[node.kind]?.(node as never) }));
  return [...found];
}

/** A type that comes in a variable, with all that may come in it. */
function addInput(found: Set<string>, type: ReturnType<typeof typeFromAST> | undefined): void {
  const named: GraphQLNamedType | undefined = type && getNamedType(type);
  if (!named || found.has(named.name)) return;
  if (isEnumType(named)) found.add(named.name);
  if (!isInputObjectType(named)) return;
  found.add(named.name);
  for (const field of Object.values(named.getFields())) addInput(found, getNamedType(field.type));
}

/** What of a schema is deprecated, as schema coordinates, with the reason. */
export function deprecatedIn(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const note = (coordinate: string, reason: string | null | undefined) => void (reason && found.set(coordinate, reason));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.deprecationReason);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field.deprecationReason);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.deprecationReason);
      for (const argument of field.args) note(`${type.name}.${field.name}(${argument.name}:)`, argument.deprecationReason);
    }
  }
  return found;
}
