import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emits, factsOf, type Life, targets } from './life.ts';
import { type GridWorld, gridWorld } from './world.ts';

/** Executes every row of these machines from every state, by the mutation that the row names. */
export function describeGrid(lives: readonly Life[]): void {
  let world: GridWorld;
  beforeAll(async () => {
    world = await gridWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  describe.each(lives.map((life) => ({ name: life.machine.entity, life })))('$name', ({ life }) => {
    const actions = Object.entries(life.machine.actions);
    const allowed = actions.flatMap(([action, { from }]) => from.map((state) => ({ state, action }))).filter((cell) => !closedBy(life, cell));

    test.each(allowed)('$state: $action happens', (cell) => happens(world, life, cell));

    test.each(life.machine.states.map((state) => ({ state })))('$state: whatever else is asked changes nothing', async ({ state }) => {
      const id = await world.bring(life, state);
      expect((await world.row(life, id)).status).toBe(state);
      for (const [action, { from }] of actions) {
        const guard = closedBy(life, { state, action });
        if (guard || !from.includes(state)) await isRefused(world, life, { id, state, action, guard });
      }
    });

    const guarded = actions.flatMap(([action, { from }]) =>
      Object.keys(life.guarded?.[action] ?? {}).map((guard) => ({ state: from[0] ?? '', action, guard })),
    );
    test.each(guarded)('$action: $guard refuses', (cell) => isGuarded(world, life, cell));

    test('nobody does any of it without the permission', async () => {
      for (const [action, { from }] of actions) {
        const id = await world.bring(life, from[0] ?? '', action);
        const input = await life.inputs[action]?.(world, id);
        const before = await world.row(life, id);
        const refusal = await world.call(life.machine.actions[action]?.by ?? '', input ?? {}, { role: 'analyst' });
        expect(refusal, action).toMatchObject({ code: 'FORBIDDEN' });
        expect(await world.row(life, id), action).toEqual(before);
      }
    });
  });
}

type Cell = { state: string; action: string };

const closedBy = (life: Life, { state, action }: Cell): string | undefined => life.closed?.[`${state} ${action}`];

/** The status that the row names, a newer version, and the row's facts; none that only other rows of the machine state. */
async function happens(world: GridWorld, life: Life, { state, action }: Cell): Promise<void> {
  const id = await world.bring(life, state, action);
  const input = await life.inputs[action]?.(world, id);
  const before = await world.row(life, id);
  const { last } = await world.stated(0);
  expect(before.status).toBe(state);
  expect(await world.call(life.machine.actions[action]?.by ?? '', input ?? {})).toBeUndefined();
  const after = await world.row(life, id);
  expect(targets(life, action)).toContain(after.status);
  expect(after.version).toBeGreaterThan(before.version);
  const { types } = await world.stated(last);
  const own = factsOf(life, action);
  expect(types).toEqual(expect.arrayContaining([...own]));
  // What the mutation does to whatever it was asked of is another row's affair.
  if (life.indirect?.includes(action)) return;
  const others = Object.keys(life.machine.actions).flatMap((each) => (each === action ? [] : emits(life, each)));
  const mine = new Set([...own, ...emits(life, action)]);
  expect(types.filter((type) => others.includes(type) && !mine.has(type))).toEqual([]);
}

/** Refused by the guard, and nothing happened. */
async function isGuarded(world: GridWorld, life: Life, { state, action, guard }: Cell & { guard: string }): Promise<void> {
  const id = await world.bring(life, state, action);
  const input = await life.guarded?.[action]?.[guard]?.(world, id);
  const before = await world.row(life, id);
  const { last } = await world.stated(0);
  expect(await world.call(life.machine.actions[action]?.by ?? '', input ?? {})).toMatchObject({ code: 'GUARD_REFUSED', guard });
  expect(await world.row(life, id)).toEqual(before);
  expect((await world.stated(last)).types).toEqual([]);
}

async function isRefused(world: GridWorld, life: Life, { id, state, action, guard }: Cell & { id: string; guard: string | undefined }): Promise<void> {
  const input = await life.inputs[action]?.(world, id);
  if (!input) return;
  const before = await world.row(life, id);
  const { last } = await world.stated(0);
  const refusal = await world.call(life.machine.actions[action]?.by ?? '', input);
  const cell = `${state}: ${action}`;
  expect(await world.row(life, id), cell).toEqual(before);
  if (life.indirect?.includes(action)) return;
  expect((await world.stated(last)).types, cell).toEqual([]);
  if (guard) expect(refusal, cell).toMatchObject({ code: 'GUARD_REFUSED', guard });
  else expect((life.refusals?.[action] ?? 'INVALID_TRANSITION').split('|'), `${cell}: ${JSON.stringify(refusal)}`).toContain(refusal?.code);
}
