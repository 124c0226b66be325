import { pgSchema, uuid } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { visible } from '#kernel/visibility.ts';
import { policiesNow, policyStatements } from '../../generate/policies.ts';

const [box, lid] = ['"test"."box"', '"test"."lid"'];

describe('the statements that a migration needs for policies', () => {
  test('secure a new table: no row of it is seen, or written, before somebody may', () => {
    expect(policyStatements({ [box]: 'a' }, { [box]: 'a', [lid]: 'b' })).toEqual([
      [
        `ALTER TABLE ${lid} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
        `CREATE POLICY commanding ON ${lid} TO accord_command USING (true) WITH CHECK (true);`,
        `CREATE POLICY reading ON ${lid} FOR SELECT USING (b);`,
      ].join('\n'),
    ]);
  });

  test('change who reads where the table says otherwise than before, and nothing else', () => {
    expect(policyStatements({ [box]: 'a', [lid]: 'b' }, { [box]: 'a', [lid]: 'c' })).toEqual([
      `DROP POLICY reading ON ${lid};\nCREATE POLICY reading ON ${lid} FOR SELECT USING (c);`,
    ]);
  });

  test('are none where nothing changed, or a table is gone', () => {
    expect(policyStatements({ [box]: 'a', [lid]: 'b' }, { [box]: 'a' })).toEqual([]);
  });
});

test('each table has its policy by its name; one that does not say who sees it is a fault', () => {
  const schema = pgSchema('test');
  const said = schema.table('box', { id: uuid('id') });
  visible(said, { customer: 'anyone', legalEntity: 'none', client: true, partner: true });
  expect(Object.keys(policiesNow({ said, again: said, other: 'no table' }))).toEqual([box]);
  expect(() => policiesNow({ silent: schema.table('lid', { id: uuid('id') }) })).toThrow('lid does not say who may see its rows');
});
