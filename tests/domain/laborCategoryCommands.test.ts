import { describe, expect, test } from 'vitest';
import { createLaborCategory, type LoadedLaborCategories, updateLaborCategory, upsertLaborCategories } from '#resources/laborCategory/commands.ts';
import type { LaborCategoryRow } from '#resources/tables.ts';
import { contextOf, id, outcomeOf, stamp, writtenBy } from '../support/decide.ts';

const context = contextOf();
const senior: LaborCategoryRow = { ...stamp, id: id(1), code: 'SEN', name: 'Senior', description: null, active: true };
const junior: LaborCategoryRow = { ...senior, id: id(2), code: 'JUN', name: 'Junior' };
const loaded = (): LoadedLaborCategories => ({
  rows: new Map([senior, junior].map((row) => [row.id, row])),
  owners: new Map([senior, junior].map((row) => [row.code, row.id])),
  byRef: new Map([['hr 1', id(1)]]),
  written: new Set(),
});

describe('a labor category', () => {
  test.each([
    ['is created in use, and published', { code: ' LEAD ', name: 'Lead' }, ['new LaborCategory v1', '> LaborCategory v1']],
    [
      'brings its references along',
      { code: 'LEAD', name: 'Lead', externalRefs: [{ system: 'hr', externalId: '9' }] },
      ['new LaborCategory v1', '> LaborCategory v1', '= LaborCategory hr 9'],
    ],
    ['needs a code', { code: ' ', name: 'Lead' }, 'VALIDATION_FAILED code'],
    ['needs a name', { code: 'LEAD', name: '' }, 'VALIDATION_FAILED name'],
    ['takes no code of another', { code: 'SEN', name: 'Another' }, 'VALIDATION_FAILED code'],
  ])('%s', (_, input, then) => {
    expect(outcomeOf(() => createLaborCategory.decide(loaded(), input, context))).toEqual(then);
  });

  test('stands as it was given, trimmed', () => {
    expect(writtenBy(createLaborCategory.decide(loaded(), { code: ' LEAD ', name: ' Lead ', description: 'Leads.' }, context))).toMatchObject([
      { code: 'LEAD', name: 'Lead', description: 'Leads.', active: true },
    ]);
  });

  test.each([
    ['changes', { name: 'Expert' }, ['LaborCategory v2', '> LaborCategory v2']],
    ['goes out of use', { active: false }, ['LaborCategory v2', '> LaborCategory v2']],
    ['keeps its version without a change', { name: 'Senior', code: 'SEN' }, []],
    ['keeps its own code', { code: 'SEN', description: 'x' }, ['LaborCategory v2', '> LaborCategory v2']],
    ['takes no code of another', { code: 'JUN' }, 'VALIDATION_FAILED code'],
    ['keeps a name', { name: null }, 'VALIDATION_FAILED name'],
    ['is in use or not', { active: null }, 'VALIDATION_FAILED active'],
    ['is changed by who saw it last', { expectedVersion: 4, name: 'x' }, 'STALE_VERSION expectedVersion'],
    ['is one that is there', { id: id(9) }, 'NOT_FOUND id'],
  ])('%s', (_, input, then) => {
    expect(outcomeOf(() => updateLaborCategory.decide(loaded(), { id: id(1), ...input }, context))).toEqual(then);
  });
});

describe('an upsert of labor categories', () => {
  const hr = (externalId: string) => ({ system: 'hr', externalId });
  test.each([
    ['finds by reference', { externalRef: hr('1'), code: 'SEN2', name: 'Senior' }, ['LaborCategory v2', '> LaborCategory v2', '= LaborCategory hr 1']],
    ['finds by code', { code: 'JUN', name: 'Junior', active: false }, ['LaborCategory v2', '> LaborCategory v2']],
    ['leaves alone what says the same', { externalRef: hr('1'), code: 'SEN', name: 'Senior' }, ['= LaborCategory hr 1']],
    ['creates the rest', { externalRef: hr('7'), code: 'LEAD', name: 'Lead' }, ['new LaborCategory v1', '> LaborCategory v1', '= LaborCategory hr 7']],
    ['takes no code of another', { externalRef: hr('1'), code: 'JUN', name: 'Senior' }, 'VALIDATION_FAILED code'],
  ])('%s', (_, item, then) => {
    expect(outcomeOf(() => upsertLaborCategories.decide(loaded(), item, context))).toEqual(then);
  });

  test.each([
    ['by code', { code: 'LEAD', name: 'Lead' }, { code: 'LEAD', name: 'Other' }],
    ['by reference, then by code', { externalRef: hr('1'), code: 'SEN', name: 'Senior' }, { code: 'SEN', name: 'Other' }],
  ])('refuses the second item about one, %s', (_, first, second) => {
    const given = loaded();
    upsertLaborCategories.absorb?.(given, upsertLaborCategories.decide(given, first, context), first);
    expect(outcomeOf(() => upsertLaborCategories.decide(given, second, context))).toBe('VALIDATION_FAILED code');
  });

  test('takes a reference once a call', () => {
    expect(upsertLaborCategories.once?.({ externalRef: hr('1'), code: 'A', name: 'A' })).toEqual({ field: 'externalRef', key: 'hr 1' });
    expect(upsertLaborCategories.once?.({ code: 'A', name: 'A' })).toBeUndefined();
  });
});
