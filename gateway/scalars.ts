import { type GraphQLSchema, isScalarType } from 'graphql';
import { scalars } from '#kernel/scalars.ts';

/**
 * Makes a composed schema judge our scalars as the subgraphs do, literals and variables alike: a composed schema knows their names only, and
 * what it lets pass fails in the middle of an operation, after what stood before it was carried out. Values stay as they came.
 */
export function checkScalars(schema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.parseValue = (value) => {
      parseValue(value);
      return value;
    };
    type.parseLiteral = (node, variables) => {
      parseLiteral(node, variables);
      return 'value' in node ? node.value : undefined;
    };
  }
}
