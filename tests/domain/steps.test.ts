import { describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { Refused, toUserErrors } from '#kernel/errors.ts';
import { begin, follow, joined, type Machine, pathTo, step } from '#kernel/machine.ts';

type Status = 'OPEN' | 'FULL' | 'SHUT' | 'GONE';
type Subject = { status: string; limit: number | null };

const machine = {
  entity: 'Box',
  states: ['OPEN', 'FULL', 'SHUT', 'GONE'],
  initial: ['OPEN', 'SHUT'],
  follows: (parts) => (parts.length > 1 ? 'FULL' : 'OPEN'),
  actions: {
    shut: { from: ['OPEN', 'FULL'], to: 'SHUT', may: 'task:write', emits: 'BoxShut', by: 'shutBox' },
    reopen: { from: ['SHUT'], to: ['OPEN', 'FULL'], lead: ({ limit }) => (limit === 0 ? 'FULL' : 'OPEN'), may: 'task:write', by: 'reopenBox' },
    rename: { from: ['OPEN', 'FULL'], to: ['OPEN', 'FULL'], may: 'task:write', by: 'renameBox' },
    burn: { from: ['SHUT', 'OPEN'], to: 'GONE', may: 'milestone:accept', by: 'burnBox' },
  },
} as const satisfies Machine<Status, Subject, 'BoxShut'>;

describe('a step', () => {
  test.each([
    ['stays where several targets have no lead', { status: 'FULL', limit: null }, 'rename', 'FULL'],
    ['goes where the subject leads', { status: 'SHUT', limit: 0 }, 'reopen', 'FULL'],
    ['goes the other way', { status: 'SHUT', limit: 5 }, 'reopen', 'OPEN'],
  ] as const)('%s', (_, subject, action, status) => {
    expect(step(machine, { subject, action, actor: serviceActor('test') })).toMatchObject({ status, action, entity: 'Box' });
  });

  test.each([
    ['SHUT', 'SHUT', []],
    ['OPEN', 'SHUT', ['shut']],
    ['FULL', 'GONE', ['shut', 'burn']],
    ['OPEN', 'GONE', ['burn']],
    ['SHUT', 'OPEN', undefined],
    ['GONE', 'OPEN', undefined],
  ] as const)('from %s to %s goes by %j', (from, to, way) => {
    expect(pathTo(machine, from, to)).toEqual(way);
  });

  test('of several steps in one has the status of the last and a fact of any', () => {
    const actor = serviceActor('test');
    const steps = [
      step(machine, { subject: { status: 'OPEN', limit: 5 }, action: 'shut', actor }),
      step(machine, { subject: { status: 'SHUT', limit: 5 }, action: 'burn', actor }),
    ];
    expect(joined<Status, string>(steps, ['BoxMade'])).toMatchObject({ action: 'burn', status: 'GONE', emits: ['BoxShut', 'BoxMade'] });
    expect(joined([])).toBeUndefined();
  });

  test('names the first guard that refuses or, where the row says so, all of them in their order', () => {
    function roomy({ limit }: Subject): string | undefined {
      return limit === 0 ? 'There is no room.' : undefined;
    }
    function limited({ limit }: Subject): string | undefined {
      return limit === null || limit === 0 ? 'There is no limit.' : undefined;
    }
    const fill = { from: ['OPEN'], to: 'FULL', may: 'task:write', by: 'fillBox', guards: [roomy, limited] } as const;
    const guardsOf = (more: object, limit: number | null) => {
      const guarded: Machine<Status, Subject, 'BoxShut'> = { ...machine, actions: { ...machine.actions, fill: { ...fill, ...more } } };
      try {
        return step(guarded, { subject: { status: 'OPEN', limit }, action: 'fill', actor: serviceActor('test') }).status;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return toUserErrors(error, 'c').map(({ code, guard }) => `${code} ${guard}`);
      }
    };
    expect(guardsOf({}, 0)).toEqual(['GUARD_REFUSED roomy']);
    expect(guardsOf({ allGuards: true }, 0)).toEqual(['GUARD_REFUSED roomy', 'GUARD_REFUSED limited']);
    expect(guardsOf({ allGuards: true }, null)).toEqual(['GUARD_REFUSED limited']);
    expect(guardsOf({ allGuards: true }, 5)).toBe('FULL');
  });

  test('follows parts where the machine has a rule', () => {
    expect(follow(machine, ['a', 'b']).status).toBe('FULL');
    expect(step(machine, { subject: { status: 'SHUT', limit: 0 }, action: 'reopen', actor: serviceActor('test'), parts: ['a'] }).status).toBe('OPEN');
  });

  test('begins in an initial state only, and by name where there are several', () => {
    expect(begin(machine, 'SHUT').status).toBe('SHUT');
    expect(() => begin(machine)).toThrow('OPEN or SHUT');
    expect(() => begin(machine, 'GONE')).toThrow('OPEN or SHUT');
  });
});
