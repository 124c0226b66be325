import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { isCurrency } from './currency.ts';
import { isDecimal } from './decimal.ts';
import { durationOfSeconds, secondsOfDuration } from './duration.ts';
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

/** RFC 3339 lets its letters be small, which Date.parse does not; and days and hours that Date.parse would carry over are none. */
function instantOf(text: string): Date | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2})T(?!24).*(?:Z|(?!-00:00)[+-]\d{2}:\d{2})$/i.exec(text) ?? [];
  if (!day || !isCalendarDate(day)) return undefined;
  const instant = new Date(text.toUpperCase());
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const writeText = (value: unknown): string => String(value);

/** The scalars of every subgraph. */
export const scalars = {
  Date: textScalar({ name: 'Date', description: 'A calendar date, YYYY-MM-DD.', read: (text) => (isCalendarDate(text) ? text : undefined), write: writeText }),
  DateTime: textScalar({
    name: 'DateTime',
    description: 'An instant in UTC, ISO 8601 with milliseconds.',
    read: instantOf,
    write: (value) => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString()),
  }),
  Decimal: textScalar({
    name: 'Decimal',
    description: 'An exact decimal as text, such as "12.50". Never a float.',
    read: (text) => (isDecimal(text) ? text : undefined),
    write: writeText,
  }),
  Duration: textScalar({
    name: 'Duration',
    description:
      'A length of time, exact to the second: ISO 8601 in whole hours, minutes and seconds, such as "PT50M" or "PT37H30M". No days: a day of work has no one length.',
    read: (text) => {
      const seconds = secondsOfDuration(text);
      return seconds === undefined ? undefined : durationOfSeconds(seconds);
    },
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
