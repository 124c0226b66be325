import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { isCurrency } from './currency.ts';
import { isDecimal } from './decimal.ts';
import { isCalendarDate } from './period.ts';

type Scalar<Internal> = { name: string; description: string; read: (text: string) => Internal | undefined; write: (value: unknown) => string };

function textScalar<Internal>({ name, description, read, write }: Scalar<Internal>): GraphQLScalarType<Internal, string> {
  const parse = (value: unknown, written = JSON.stringify(value) ?? typeof value, nodes?: ValueNode): Internal => {
    const parsed = typeof value === 'string' ? read(value) : undefined;
    if (parsed !== undefined) return parsed;
    throw new GraphQLError(`${name} cannot represent ${shortened(written)}. ${description}`, {
      ...(nodes ? { nodes } : {}),
      extensions: { code: 'VALIDATION_FAILED' },
    });
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: write,
    parseValue: (value) => parse(value),
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, print(node), node),
  });
}

/** Enough of a wrong value to know it again. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

const writeText = (value: unknown): string => String(value);

/** The scalars of every subgraph. */
export const scalars = {
  Date: textScalar({ name: 'Date', description: 'A calendar date, YYYY-MM-DD.', read: (text) => (isCalendarDate(text) ? text : undefined), write: writeText }),
  DateTime: textScalar({
    name: 'DateTime',
    description: 'An instant in UTC, ISO 8601 with milliseconds.',
    read: (text) => (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : undefined),
    write: (value) => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString()),
  }),
  Decimal: textScalar({
    name: 'Decimal',
    description: 'An exact decimal as text, such as "12.50". Never a float.',
    read: (text) => (isDecimal(text) ? text : undefined),
    write: writeText,
  }),
  CurrencyCode: textScalar({
    name: 'CurrencyCode',
    description: 'An ISO 4217 code in use today, such as "USD".',
    read: (text) => (isCurrency(text) ? text : undefined),
    write: writeText,
  }),
  Cursor: textScalar({
    name: 'Cursor',
    description: 'An opaque place in a list or in the log. Keep it as it is.',
    read: (text) => (text.length <= 1024 ? text : undefined),
    write: writeText,
  }),
};
