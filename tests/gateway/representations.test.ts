import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinct, spread } from '#gateway/representations.ts';

const representation = fc.record({ __typename: fc.constantFrom('A', 'B'), id: fc.constantFrom('1', '2', '3') });
type Representation = { __typename: string; id: string };

/** A subgraph that answers each representation by itself, and refuses those with the id 3. */
function answered(representations: readonly Representation[]) {
  const errors = representations.flatMap(({ id }, index) => (id === '3' ? [{ message: 'no', path: ['_entities', index, 'name'] }] : []));
  return {
    data: { _entities: representations.map(({ __typename, id }) => ({ name: id === '3' ? null : `${__typename}${id}` })) },
    ...(errors.length > 0 ? { errors } : {}),
  };
}

test('asking once for each and spreading the answer gives what asking for all gives', () => {
  fc.assert(
    fc.property(fc.array(representation), (wanted) => {
      const unique = distinct(wanted);
      if (!unique) {
        expect(new Set(wanted.map((each) => JSON.stringify(each))).size).toBe(wanted.length);
        return;
      }
      expect(unique.representations.length).toBeLessThan(wanted.length);
      const { data, errors } = spread(answered(unique.representations as Representation[]), unique);
      const all = answered(wanted);
      expect(data).toEqual(all.data);
      const places = (list: readonly { path?: readonly unknown[] }[] | undefined) => (list ?? []).map(({ path }) => path?.join('.')).sort();
      expect(places(errors)).toEqual(places(all.errors));
    }),
  );
});

test('an answer without entities stays as it is, and so do errors of the whole fetch', () => {
  const unique = distinct([{ id: '1' }, { id: '1' }]);
  if (!unique) throw new Error('two of the same');
  const error = { message: 'gone' };
  expect(spread({ data: null, errors: [error] }, unique)).toEqual({ data: null, errors: [error] });
  expect(spread({ errors: [error] }, unique)).toEqual({ data: undefined, errors: [error] });
});

test('nothing to save in one, in none, in no list', () => {
  for (const nothing of [undefined, null, [], [{ id: '1' }], [{ id: '1' }, { id: '2' }]]) expect(distinct(nothing)).toBeUndefined();
});
