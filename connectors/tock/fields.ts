import { isDecimal } from '#kernel/decimal.ts';
import { isCalendarDate } from '#kernel/period.ts';

/** Reads the fields of one record; what does not fit becomes a problem, with the place where it is. */
export type Fields = {
  text(name: string): string;
  whole(name: string): number;
  flag(name: string): boolean;
  date(name: string): string;
  /** The calendar date of an instant. */
  day(name: string): string;
  decimal(name: string): string;
  /** The key of a record of a model. */
  key(name: string, model: string): number;
  optional<Value>(name: string, read: (name: string) => Value): Value | null;
};

type Parts = { where: string; fields: Readonly<Record<string, unknown>>; keys: ReadonlyMap<string, ReadonlySet<number>>; problems: string[] };

/** The reader of one record's fields. */
export function fieldsOf({ where, fields, keys, problems }: Parts): Fields {
  const wrong = <Value>(name: string, what: string, instead: Value): Value => {
    problems.push(`${where}: ${name} must be ${what}; it is ${JSON.stringify(fields[name]) ?? 'absent'}.`);
    return instead;
  };
  const textThat = (name: string, fits: (text: string) => boolean, what: string): string => {
    const value = fields[name];
    return typeof value === 'string' && fits(value) ? value : wrong(name, what, '');
  };
  const whole = (name: string): number => {
    const value = fields[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : wrong(name, 'a whole number', 0);
  };
  return {
    text: (name) => textThat(name, () => true, 'text'),
    whole,
    flag: (name) => {
      const value = fields[name];
      return typeof value === 'boolean' ? value : wrong(name, 'true or false', false);
    },
    date: (name) => textThat(name, isCalendarDate, 'a date'),
    day: (name) => textThat(name, (text) => isCalendarDate(text.slice(0, 10)), 'an instant').slice(0, 10),
    decimal: (name) => textThat(name, isDecimal, 'a decimal as text'),
    key: (name, model) => {
      const value = whole(name);
      return keys.get(model)?.has(value) || !Number.isSafeInteger(fields[name]) ? value : wrong(name, `the key of a ${model}`, value);
    },
    optional: (name, read) => (fields[name] === null || fields[name] === undefined ? null : read(name)),
  };
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
