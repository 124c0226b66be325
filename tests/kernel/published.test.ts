import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  anyId,
  day,
  decimal,
  digits,
  type Field,
  firmOnly,
  flag,
  id,
  ids,
  instant,
  internal,
  list,
  nullable,
  oneOf,
  shownMoney,
  text,
  thing,
  whole,
} from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, type DataOf, demandFit, document, documents, fact, type PayloadOf, upcast } from '#kernel/published.ts';

const fits = (field: Field<unknown>, value: unknown): boolean => field.schema.safeParse(value).success;

const words: readonly { name: string; field: Field<unknown>; good: readonly unknown[]; bad: readonly unknown[] }[] = [
  { name: 'id', field: id('Customer'), good: [newId()], bad: ['', 'abc', newId().toUpperCase(), null, undefined, 1] },
  { name: 'anyId', field: anyId('Whose.'), good: [newId()], bad: ['abc', null] },
  { name: 'ids', field: ids('Task', 'Which.'), good: [[], [newId(), newId()]], bad: [null, [null], ['abc'], newId()] },
  { name: 'text', field: text('Words.'), good: ['', 'a'], bad: [1, null, undefined, ['a']] },
  { name: 'decimal', field: decimal('Exact.'), good: ['0', '-1.50', '12345678901234567890.1'], bad: [1.5, '1e3', '1.', '.5', '', 'NaN', '1,5'] },
  { name: 'digits', field: digits('Minor units.'), good: ['0', '-7', '9007199254740993'], bad: [7, '1.0', '', '+1', 7n] },
  {
    name: 'day',
    field: day('When.'),
    good: ['2026-02-28', '0001-01-01'],
    bad: ['2026-02-30', '2026-2-1', '26-02-01', '2026-02-28T00:00:00Z', null, new Date()],
  },
  { name: 'instant', field: instant('When.'), good: ['2026-02-28T10:00:00.000Z'], bad: ['2026-02-28', '10:00', 5] },
  { name: 'whole', field: whole('How many.'), good: [0, -3, 2 ** 31], bad: [1.5, '1', Number.NaN, Number.POSITIVE_INFINITY, 1n, null] },
  { name: 'flag', field: flag('Whether.'), good: [true, false], bad: [0, 'true', null] },
  { name: 'oneOf', field: oneOf(['A', 'B'], 'Which.'), good: ['A', 'B'], bad: ['C', '', null] },
  {
    name: 'shownMoney',
    field: shownMoney('How much.'),
    good: [{ amount: '1.00', currency: 'EUR' }],
    bad: [{ amount: 1, currency: 'EUR' }, { amount: '1', currency: 'Euro' }, { amount: '1' }, { amount: '1', currency: 'EUR', minor: '100' }, null],
  },
  { name: 'nullable', field: nullable(text('Words.')), good: [null, 'a'], bad: [undefined, 1] },
  { name: 'list', field: list(whole('One.')), good: [[], [1, 2]], bad: [[1, 'b'], {}, null] },
  { name: 'thing', field: thing({ n: whole('One.') }, 'A thing.'), good: [{ n: 1 }, { n: 1, more: true }], bad: [{}, { n: '1' }, null, []] },
];

describe('the words of the published language', () => {
  test.each(words)('$name takes what it says, and nothing else', ({ field, good, bad }) => {
    expect(good.filter((value) => !fits(field, value))).toEqual([]);
    expect(bad.filter((value) => fits(field, value))).toEqual([]);
    expect(fits(nullable(field), null)).toBe(true);
    expect(field.shown).toBeDefined();
  });

  test('know how the event contract shows them', () => {
    expect(id('Customer').shown).toEqual({ kind: 'entity', type: 'Customer' });
    expect(ids('Task', 'Which.').shown).toEqual({ kind: 'entities', type: 'Task' });
    expect(nullable(day('When.'))).toMatchObject({ shown: { kind: 'scalar', type: 'Date' }, nullable: true, description: 'When.' });
    expect([firmOnly(id('Timesheet')).firmOnly, internal(id('Timesheet')).internal, id('Timesheet').firmOnly]).toEqual([true, true, false]);
  });
});

const facts = catalogue('test', {
  Moved: fact({
    subject: 'Thing',
    description: 'A thing moved.',
    read: 'task:read',
    fields: { thingId: id('Thing'), to: text('Where to.'), steps: list(whole('A step.')) },
    version: 3,
    upcasts: {
      1: ({ place, ...rest }) => ({ ...rest, to: place }),
      2: (payload) => ({ ...payload, steps: [] }),
    },
  }),
  Stayed: fact({
    subject: 'Thing',
    description: 'A thing stayed.',
    read: 'task:read',
    outside: ['CLIENT'],
    hides: ({ secret }) => secret,
    fields: { secret: flag('Whether it is.') },
  }),
});

describe('a catalogue', () => {
  test('gives each fact its name, and its payload a type', () => {
    expect(facts.Moved).toMatchObject({ type: 'Moved', subgraph: 'test', subject: 'Thing', version: 3, read: 'task:read', outside: [] });
    expect(facts.Stayed).toMatchObject({ type: 'Stayed', version: 1, outside: ['CLIENT'] });
    expect([facts.Stayed.hides({ secret: true }), facts.Stayed.hides({ secret: false })]).toEqual([true, false]);
    expectTypeOf<PayloadOf<typeof facts.Moved>>().toEqualTypeOf<{ thingId: string; to: string; steps: readonly number[] }>();
    expectTypeOf(facts.Stayed.type).toEqualTypeOf<'Stayed'>();
  });

  test('does not start without an upcast for each version that may stand in the log', () => {
    const row = { subject: 'Thing', description: 'A thing.', read: 'task:read', fields: {}, version: 3 } as const;
    expect(() => catalogue('test', { Gone: fact({ ...row, upcasts: { 2: (payload) => payload } }) })).toThrow('Gone is at version 3 and has no upcast from 1');
  });

  test.each([
    { from: 1, payload: { thingId: 't', place: 'here' } },
    { from: 2, payload: { thingId: 't', to: 'here' } },
    { from: 3, payload: { thingId: 't', to: 'here', steps: [] } },
  ])('lifts a payload of version $from to the newest', ({ from, payload }) => {
    const stated = structuredClone(payload);
    expect(upcast(facts.Moved, { version: from, payload })).toEqual({ thingId: 't', to: 'here', steps: [] });
    expect(payload).toEqual(stated);
  });

  test('knows nothing of a version that is still to come', () => {
    expect(() => upcast(facts.Moved, { version: 4, payload: {} })).toThrow('Moved is stated at version 4; this program knows it up to 3');
  });

  test('takes from a writer what is declared, and from a newer writer more than that', () => {
    const payload = { thingId: newId(), to: 'here', steps: [1] };
    const more = { ...payload, speed: 'slow' };
    expect(() => demandFit('Moved', facts.Moved.exact, payload)).not.toThrow();
    expect(() => demandFit('Moved', facts.Moved.exact, more)).toThrow(/^Moved does not fit its schema: .*"speed"/);
    expect(() => demandFit('Moved', facts.Moved.schema, more)).not.toThrow();
    expect(() => demandFit('Moved', facts.Moved.schema, { ...payload, steps: [1, 'two'] })).toThrow(/Moved does not fit its schema: .*steps\[1\]/);
    expect(() => demandFit('Moved', facts.Moved.schema, undefined)).toThrow(/^Moved does not fit/);
  });
});

test('a document knows its name, and its data a type', () => {
  const references = documents('test', { Thing: document('A thing.', { name: text('Its name.'), size: nullable(whole('Its size.')) }) });
  expect(references.Thing).toMatchObject({ type: 'Thing', subgraph: 'test', description: 'A thing.' });
  expectTypeOf<DataOf<typeof references.Thing>>().toEqualTypeOf<{ name: string; size: number | null }>();
  expect(() => demandFit('Thing', references.Thing.exact, { name: 'A' })).toThrow(/Thing does not fit its schema: .*size/);
});
