import { isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Reading } from '#kernel/wanted.ts';
import { reads } from '../../generate/reads.ts';
import { schemaOf } from '../../roles/openSubgraph.ts';
import { subgraphs } from '../../roles/subgraphs.ts';

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const { content } = await reads(root);
const all = JSON.parse(content) as Record<string, Record<string, Record<string, string[]>>>;

describe('what resolvers read of their rows', () => {
  test('is told of those that take it out by name, and of no other', () => {
    const entry = all.time?.TimesheetEntry;
    expect(entry).toMatchObject({ hours: ['seconds'], employee: ['employeeId'] });
    // It takes the whole entry.
    expect(entry).not.toHaveProperty('availableActions');
    expect(all.time).not.toHaveProperty('Query');
  });

  test.each(subgraphs)('is all that the resolvers of $name ask of a row', async (subgraph) => {
    const schema = await schemaOf(subgraph);
    const asked: string[] = [];
    let tried = 0;
    for (const [type, fields] of Object.entries(all[subgraph.name] ?? {})) {
      const found = schema.getType(type);
      for (const [name, names] of Object.entries(fields)) {
        const field = isObjectType(found) ? found.getFields()[name] : undefined;
        if (!field?.resolve) throw new Error(`${type}.${name} has no resolver`);
        expect((field.extensions as Reading).reads).toEqual(names);
        const row = new Proxy(
          {},
          { get: (_, property) => void asked.push(`${type}.${name} ${names.includes(String(property)) ? '' : String(property)}`.trim()) },
        );
        tried += 1;
        // Without a database most of them fail, after they took what they take.
        try {
          await (field.resolve(row, {}, {} as never, {} as never) as Promise<unknown>);
        } catch {}
      }
    }
    expect(tried).toBeGreaterThan(5);
    expect(asked.filter((each) => each.includes(' '))).toEqual([]);
  });
});
