import { describe, expect, test } from 'vitest';
import { type Source, sources } from '../support/house.ts';

const domains = 'engagements|resources|time|finance|operations';
/** Each says what it finds, and why it has no place outside the kernel's writer. */
const ways = [
  { name: 'SQL that writes an entity table', pattern: new RegExp(`\\b(insert\\s+into|update|delete\\s+from)\\s+("?)(${domains})\\2\\.`, 'i') },
  { name: 'SQL that writes a table by its name in code', pattern: /\b(insert\s+into|update|delete\s+from)\s+\$\{(?!invoiceSequences\})/i },
  { name: 'SQL that sets a status', pattern: /\bset\s+([a-z_]+\s*=[^;`]*,\s*)?status\s*=[^=]/i },
  { name: 'the query builder as a writer', pattern: /\btx\s*\.(insert|update|delete)\(/ },
] as const;

/** The log's own tables are the kernel's: a delivery is no entity. */
const isLog = (text: string, at: number): boolean => /(insert\s+into|update|delete\s+from)\s+log\.\w+[^;`]*$/i.test(text.slice(Math.max(0, at - 400), at + 20));

function writesIn(source: Source): string[] {
  return ways.flatMap(({ name, pattern }) => {
    const found = [...source.text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].filter((match) => !isLog(source.text, match.index));
    return found.map((match) => `${source.path}:${source.text.slice(0, match.index).split('\n').length} ${name}`);
  });
}

describe('the one way to write', () => {
  test('is the only one outside the kernel', async () => {
    expect((await sources(['subgraphs', 'processes', 'connectors', 'gateway', 'roles'])).flatMap(writesIn)).toEqual([]);
  });

  test.each([
    ["await scope.tx.execute(sql`update finance.invoice set status = 'PAID'`);", 2],
    ['await scope.tx.insert(invoices).values(rows);', 1],
    ['sql`insert into $'.concat('{actuals} select 1`'), 1],
    ["sql`update log.delivery set status = 'SKIPPED' where consumer = 'x'`", 0],
    ['draft.update(invoice, row, { by });', 0],
  ])('judges %s', (text, count) => {
    expect(writesIn({ path: 'subgraphs/finance/x.ts', room: 'subgraphs', text })).toHaveLength(count);
  });
});
