import { expect, test } from 'vitest';
import { type Source, sources } from '../support/house.ts';

/** A word of a closed set beside the text: plans are made once for all values (kernel/db.ts), and use no index that holds rare words alone. */
const beside = /\b(?:eq\([\w.]+, '[A-Z_]+'\)|inArray\([\w.]+, \[(?:'|\.\.\.(?:filter|input)\.(?:statuses|states|kinds|classes|methods|sourceTypes)\b))/g;

const wrongIn = ({ path, text }: Source) => [...text.matchAll(beside)].map(([found]) => `${path}: ${found}`);

test('words of a closed set stand in the text of a statement (wordIn)', async () => {
  const all = (await sources()).filter(({ room }) => room === 'subgraphs' || room === 'processes' || room === 'kernel');
  expect(all.length).toBeGreaterThan(300);
  expect(all.flatMap(wrongIn)).toEqual([]);
});

test('the law can fail', () => {
  const text = "and(eq(exceptions.status, 'OPEN'), inArray(row.kind, ['COST']), inArray(row.status, [...filter.statuses]), eq(row.name, name))";
  expect(wrongIn({ path: 'x.ts', room: 'subgraphs', text })).toHaveLength(3);
});
