import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measureBilling } from '../../bench/billing.ts';
import { measureBurst } from '../../bench/burst.ts';
import { temporaryFolder } from '../support/embedded.ts';

/** What a measurement says at its end, and the figures that it writes. */
async function measured(measure: (json: string, terminal: Parameters<typeof measureBurst>[1]) => Promise<void>) {
  await using folder = await temporaryFolder();
  const json = join(folder.path, 'figures.json');
  let said = '';
  const out = (text: string) => {
    said += text;
  };
  await measure(json, { say: () => undefined, out, signal: new AbortController().signal });
  return { said, figures: JSON.parse(await readFile(json, 'utf8')) };
}

// Whether it still runs, and counts what it says it counts: how fast that is, is no test.
describe.skipIf(process.platform !== 'linux')('the measurements of the journeys', () => {
  test('a burst approves all of its timesheets, and sees each of them come into the ledger', async () => {
    const { said, figures } = await measured((json, terminal) => measureBurst({ timesheets: 12, json }, terminal));
    expect(said).toContain('12 timesheets were approved');
    expect(figures).toMatchObject({ timesheets: 12, approving: expect.any(Number), draining: expect.any(Number) });
    expect(figures.draining).toBeGreaterThanOrEqual(figures.approving);
    for (const when of ['idle', 'busy']) expect(figures[when].reads.length).toBeGreaterThan(0);
  });

  test('billing drafts, validates and posts what is ready in each firm', async () => {
    const { said, figures } = await measured((json, terminal) => measureBilling({ sizes: [1_200], json }, terminal));
    const [firm] = figures.sizes;
    expect(firm.lines).toBeGreaterThan(50);
    expect(firm.stages.map(({ name }: { name: string }) => name)).toEqual(['draft', 'validate', 'post']);
    expect(said).toContain('per line, as ratios');
  });
});
