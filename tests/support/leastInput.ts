import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { newId } from '#kernel/ids.ts';

type Fill = { id: (field: string) => string; text: string };

/** The least that a mutation's input must hold: ids by the field that asks for them, the same text everywhere. */
export function leastInput(type: GraphQLInputType | undefined, fill: Fill, field = ''): unknown {
  if (!type) return undefined;
  if (isNonNullType(type)) return leastInput(type.ofType, fill, field);
  if (isListType(type)) return [leastInput(type.ofType, fill, field)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields()).flatMap((each) => (isNonNullType(each.type) ? [[each.name, leastInput(each.type, fill, each.name)]] : [])),
    );
  const plain: Record<string, unknown> = {
    ID: field === 'idempotencyKey' ? newId() : fill.id(field),
    Int: 1,
    Boolean: true,
    Date: '2020-01-06',
    Decimal: '1',
    CurrencyCode: 'EUR',
    DateTime: '2020-01-06T00:00:00.000Z',
  };
  return plain[type.name] ?? fill.text;
}
