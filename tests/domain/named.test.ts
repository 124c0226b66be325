import { expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { namedIn } from '#kernel/named.ts';

const [a, b, c] = [newId(), newId(), newId()];

test('what an input names: ids by the fields that end so, at any depth', () => {
  const input = { id: a, employeeId: b, lines: [{ laborCategoryId: c, rate: '1' }, { laborCategoryId: null }], projectIds: [a, 'no id', 7], idempotencyKey: a };
  expect(namedIn(input)).toEqual([
    { field: 'employeeId', id: b },
    { field: 'laborCategoryId', id: c },
    { field: 'projectIds', id: a },
  ]);
});

test('filters, items and the ids of other systems are judged elsewhere', () => {
  expect(namedIn({ filter: { customerIds: [a] }, items: [{ employeeId: b }], externalRef: { system: 'crm', externalId: c }, projectId: 'x' })).toEqual([]);
  for (const nothing of [null, undefined, 'text', 5, []]) expect(namedIn(nothing)).toEqual([]);
});
