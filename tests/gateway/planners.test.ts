import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { localPlanner } from '#gateway/planner/local.ts';
import { hivePlanner } from '../support/hivePlanner.ts';
import { smallGraphCases } from '../support/smallGraphCases.ts';
import { type SmallGraph, smallGraph } from '../support/smallGraphs.ts';

const planners = { ours: localPlanner, another: hivePlanner };

const unplanned = { data: null, errors: [expect.stringMatching(/^The operation cannot be planned/)] };

describe.each(['ours', 'another'] as const)('through plans of %s', (name) => {
  describe.each(Object.entries(smallGraphCases))('%s', (_, { right, answered = {}, rightOrRefused = [], refused = [], onlyOurs = [], ...graph }) => {
    const { ask, right: truly } = smallGraph(graph, planners[name]);

    test('answers what it can', async () => {
      for (const text of name === 'ours' ? [...right, ...onlyOurs] : right)
        expect(await ask({ text }), text).toEqual({ ...(await truly({ text })), errors: [] });
      for (const [text, data] of Object.entries(answered)) expect(await ask({ text }), text).toEqual({ data, errors: [] });
    });

    if (rightOrRefused.length > 0)
      test.each(rightOrRefused)('answers %s, or says that it cannot', async (text) => {
        const answer = await ask({ text });
        if (answer.errors.length === 0) expect(answer).toEqual(await truly({ text }));
        else if (name === 'ours') expect(answer).toEqual(unplanned);
      });

    if (refused.length > 0)
      test.each(refused)('says that there is no way to %s', async (text) => {
        const answer = await ask({ text });
        expect(answer.errors).toHaveLength(1);
        if (name === 'ours') expect(answer).toEqual(unplanned);
      });
  });
});

test('the other planner still ends its process for an operation that ours plans: no client may get at it (docs/adr/0046)', () => {
  const { supergraphSdl } = smallGraph(smallGraphCases['unions, and lists of lists'] as SmallGraph, localPlanner).planning;
  const text = '{ all { ... on A { next { name(times: 2) } } ... on B { next { name(times: 3) } } } }';
  const script = `const { QueryPlanner } = require('@graphql-hive/router-query-planner');
    try { new QueryPlanner(process.env.SUPERGRAPH).plan(process.env.OPERATION, null, new Set(), 0); } catch {}`;
  const { signal } = spawnSync(process.execPath, ['-e', script], { env: { SUPERGRAPH: supergraphSdl, OPERATION: text } });
  expect(signal).toBe('SIGABRT');
});
