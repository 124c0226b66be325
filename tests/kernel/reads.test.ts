import { describe, expect, test } from 'vitest';
import { addReads, noReads, toldReads, watchReads } from '#kernel/reads.ts';

const watch = watchReads(['time', 'finance', 'log']);

function readBy(text: string, { parameters = [], unconfined = false }: { parameters?: unknown[]; unconfined?: boolean } = {}) {
  const reads = noReads();
  watch(reads, { text, parameters, unconfined });
  return toldReads(reads);
}

describe('what a statement reads', () => {
  test.each([
    ['select * from time.entry', ['time.entry']],
    ['select "time"."entry"."id", "hours" from "time"."entry" where "time"."entry"."id" = any($1::uuid[])', ['time.entry']],
    ['select * from time . entry join "finance".invoice on true', ['time.entry', 'finance.invoice']],
    ['select exists (select from FINANCE.invoice)', ['finance.invoice']],
    ['with own as (select 1) select own.time from own', []],
    ['select public.entry.id from public.entry', []],
    ['select 1 from finance.invoice where finance.invoice.customer_id = any((select log.customers())::uuid[])', ['finance.invoice']],
  ])('is told by %s', (text, own) => {
    expect(readBy(text)).toEqual({ own, all: [] });
  });

  test('past the reader’s limits is told apart', () => {
    expect(readBy('select 1 from time.entry', { unconfined: true })).toEqual({ own: [], all: ['time.entry'] });
  });

  test.each([
    ["select entity_id, data from log.reference where entity_type = 'Project' and entity_id > $1", [], 'Project'],
    ['select entity_id, data from log.reference where entity_type = $1 and entity_id = any($2::uuid[])', ['Customer', []], 'Customer'],
  ])('of references goes by their type: %s', (text, parameters, type) => {
    expect(readBy(text, { parameters })).toEqual({ own: [`log.reference:${type}`], all: [] });
  });

  test.each([
    'select 1 from log.reference as project where project.entity_type = $1',
    "select entity_id from log.reference where entity_type = 'A' or true",
    "select a from log.reference where entity_type = 'A' and entity_id in (select id from log.reference)",
    'select count(*) from log.reference',
  ])('of references is all of them where a text says no more: %s', (text) => {
    expect(readBy(text, { parameters: ['A'] })).toEqual({ own: ['log.reference'], all: [] });
  });

  test.each([
    ['select * from time.entry where day <= current_date', 'current_date'],
    ['select now()', 'now('],
    ['select gen_random_uuid()', 'gen_random_uuid('],
    ['select pg_backend_pid()', 'pg_backend_pid('],
    ["select log.assigned(log.employees(), 'projectId')", 'log.assigned'],
    ['select 1 from finance.sums($1)', 'finance.sums'],
  ])('is not told by %s', (text, untold) => {
    expect(readBy(text)).toMatchObject({ untold });
  });
});

describe('what an operation reads', () => {
  test('is what all its parts read', () => {
    const reads = noReads();
    addReads(reads, { own: ['time.entry'], all: [] }, 'time');
    addReads(reads, { own: ['time.entry'], all: ['log.reference:Project'] }, 'finance');
    expect(toldReads(reads)).toEqual({ own: ['time.entry'], all: ['log.reference:Project'] });
  });

  test('is untold once a part does not say it', () => {
    const reads = noReads();
    addReads(reads, undefined, 'scores');
    addReads(reads, { own: [], all: [], untold: 'the time' }, 'time');
    expect(reads.untold).toBe('scores does not say what it reads');
  });
});
