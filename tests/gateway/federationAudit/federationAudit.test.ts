import { describe, expect, test } from 'vitest';
import { underArguments } from './arguments.ts';
import { interfaces } from './interfaces.ts';
import { keys } from './keys.ts';
import { moved } from './moved.ts';
import { objects } from './objects.ts';
import { offerings } from './offerings.ts';
import { provides } from './provides.ts';
import { requires } from './requires.ts';
import { roots } from './roots.ts';
import { type Answer, type Case, type Suite, suiteWorld } from './suite.ts';
import { unions } from './unions.ts';

const suites: Readonly<Record<string, Suite>> = {
  ...keys,
  ...moved,
  ...provides,
  ...requires,
  ...underArguments,
  ...roots,
  ...interfaces,
  ...objects,
  ...unions,
  ...offerings,
};

const matched = (errors: Case['errors'] = []) => errors.map((error) => (typeof error === 'string' ? error : expect.stringMatching(error)));

/** As the audit compares: the data, and whether there are errors. */
const seen = ({ data, errors }: Pick<Answer, 'data' | 'errors'>) => ({ data, hasErrors: errors.length > 0 });

describe.each(Object.entries(suites))('%s', (_, suite) => {
  const world = suiteWorld(suite);

  test.each(suite.cases)('answers $ask', async (asked) => {
    const { data, errors, faults } = await world.ask(asked);
    expect({ data, errors, faults }).toEqual({ data: asked.gives, errors: matched(asked.errors), faults: asked.faults ?? 0 });
  });

  test.each(suite.cases)('@apollo/gateway makes the same of $ask, or is known not to', async (asked) => {
    const { gives: data, errors = [], onlyOurs = false } = asked;
    const same = { data, hasErrors: errors.length > 0 };
    const theirs = seen(await world.askStock(asked));
    if (onlyOurs) expect(theirs).not.toEqual(same);
    else expect(theirs).toEqual(same);
  });
});
