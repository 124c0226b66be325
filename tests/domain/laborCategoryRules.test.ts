import { expect, test } from 'vitest';
import { categoryByRules } from '../../subgraphs/time/laborCategory/rules.ts';

const entry = { employeeId: 'ada', projectId: 'build', customerId: 'acme', workDate: '2026-03-10' };
const grades = (...starts: [string, string][]) => ({ laborCategories: starts.map(([laborCategoryId, effectiveFrom]) => ({ laborCategoryId, effectiveFrom })) });
const senior = { laborCategoryId: 'senior' };

test('the first rule that covers the entry and names a category counts', () => {
  expect(categoryByRules([senior, { laborCategoryId: 'junior' }], entry, undefined)).toBe('senior');
  expect(categoryByRules([{ inherited: true }, senior], entry, grades())).toBe('senior');
  expect(categoryByRules([{ inherited: true }, senior], entry, grades(['junior', '2026-01-01']))).toBe('junior');
  expect(categoryByRules([], entry, undefined)).toBeUndefined();
});

test.each([
  ['the employee', { employeeIds: ['ada'] }, { employeeIds: ['eve'] }],
  ['the project', { projectIds: ['build'] }, { projectIds: [] }],
  ['the customer', { customerIds: ['acme'] }, { customerIds: ['other'] }],
  ['the first day', { effectiveFrom: '2026-03-10' }, { effectiveFrom: '2026-03-11' }],
  ['the last day', { effectiveTo: '2026-03-10' }, { effectiveTo: '2026-03-09' }],
  ['the grade', { employeeLaborCategoryIds: ['junior'] }, { employeeLaborCategoryIds: ['senior'] }],
])('%s decides', (_, covered, uncovered) => {
  const person = grades(['junior', '2026-01-01']);
  expect(categoryByRules([{ ...senior, ...covered }], entry, person)).toBe('senior');
  expect(categoryByRules([{ ...senior, ...uncovered }], entry, person)).toBeUndefined();
});

test('a person is what they were on the day or, before their first grade, what they became first', () => {
  const risen = grades(['senior', '2026-06-01'], ['junior', '2026-03-11']);
  const on = (workDate: string) => categoryByRules([{ inherited: true }], { ...entry, workDate }, risen);
  expect([on('2026-03-10'), on('2026-03-11'), on('2026-05-31'), on('2026-06-01')]).toEqual(['junior', 'junior', 'junior', 'senior']);
});
