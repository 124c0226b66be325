import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { type Source, sources } from '../support/house.ts';

/** A statement that writes rows of a subgraph; `log` belongs to the kernel, whose tests are its own. */
const write = /\b(insert into|update|delete from|truncate)\s+"?(engagements|resources|time|finance|operations)"?\./i;
const planted = /^(plantCorruption|plantVolume)\(/;

type Found = { tagged: string[]; loose: string[]; unsafe: string[]; queries: string[] };

/** Statements by how they are run: in a tagged template, as a text that something else runs, by `unsafe`; and writes by the query builder. */
function statementsIn({ path, text }: Source): Found {
  const found: Found = { tagged: [], loose: [], unsafe: [], queries: [] };
  const at = (start: number) => `${path}:${text.slice(0, start).split('\n').length}`;
  const covered: [number, number][] = [];
  const inside = (start: number) => covered.some(([from, to]) => from <= start && start < to);
  const texts: { start: number; text: string }[] = [];
  new Visitor({
    TaggedTemplateExpression: (node) => {
      covered.push([node.start, node.end]);
      const tag = text.slice(node.tag.start, node.tag.end);
      if (write.test(text.slice(node.quasi.start, node.quasi.end)) && !planted.test(tag)) found.tagged.push(at(node.start));
    },
    CallExpression: (node) => {
      const callee = text.slice(node.callee.start, node.callee.end);
      if (planted.test(callee)) covered.push([node.start, node.end]);
      else if (callee.endsWith('.unsafe') && !/^\s*['"`]\s*(select|explain|analyze|with)\b/i.test(text.slice(node.callee.end + 1, node.end)))
        found.unsafe.push(at(node.start));
      // The kernel's tests make tables of their own.
      if (/\b(db|tx)\.(insert|update|delete)$/.test(callee) && !path.startsWith('tests/kernel/')) found.queries.push(at(node.start));
    },
    Literal: (node) => {
      if (typeof node.value === 'string') texts.push({ start: node.start, text: node.value });
    },
    TemplateLiteral: (node) => void texts.push({ start: node.start, text: text.slice(node.start, node.end) }),
  }).visit(parseSync(path, text).program);
  found.loose = texts.filter((each) => write.test(each.text) && !inside(each.start)).map((each) => at(each.start));
  return found;
}

describe('tests', () => {
  test('write past the commands only to plant corruption, or rows by the thousand', async () => {
    const all = (await sources(['tests'])).map(statementsIn);
    expect(all.flatMap(({ tagged, queries }) => [...tagged, ...queries])).toEqual([]);
    // A text is nothing until it is run: where there is one, nothing runs texts but what plants them.
    expect(all.flatMap(({ loose, unsafe }) => (loose.length > 0 ? unsafe : []))).toEqual([]);
  });

  test('would be told so', () => {
    const wrong = (text: string) => statementsIn({ path: 'tests/graph/wrong.test.ts', room: 'tests', text });
    expect(wrong('await sql`update finance.actual set status = 1`').tagged).toHaveLength(1);
    expect(wrong('await plantCorruption(sql)`update finance.actual set status = 1`').tagged).toEqual([]);
    expect(wrong('const bad = "delete from time.timesheet"; await sql.unsafe(bad)')).toMatchObject({
      loose: [expect.any(String)],
      unsafe: [expect.any(String)],
    });
    expect(wrong('await plantVolume(sql).unsafe("insert into time.timesheet values (1)")')).toMatchObject({ loose: [], unsafe: [] });
    expect(wrong('await open.db.insert(customers).values({})').queries).toHaveLength(1);
  });
});
