import { type FieldNode, type GraphQLError, locatedError } from 'graphql';
import { isTooLarge } from '../amount.ts';
import { put, type Row } from '../row.ts';
import type { Complete, Running } from './running.ts';

/** A place of an answer while the answer is made. */
export type Spot = {
  holder: Row | unknown[];
  key: string | number;
  /** The place of the thing or list that holds it; undefined for the whole answer. */
  around: Spot | undefined;
  /** Null may stand here. */
  nullable: boolean;
  /** Null stands here: what comes for anything below comes too late. */
  gone: boolean;
};

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** What is not there yet, with how it is completed when it comes. */
export type Awaited = { promise: PromiseLike<unknown>; spot: Spot; nodes: readonly FieldNode[]; complete: Complete };

export function place({ holder, key }: Spot, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else put(holder, String(key), value);
}

/** Completes a value when it has come. The answer is whole when nothing is awaited any more. */
export function whenCome(running: Running, awaited: Awaited): void {
  running.awaited += 1;
  awaited.promise.then(
    (value) => {
      try {
        place(awaited.spot, awaited.complete(running, value, awaited.spot));
      } catch (error) {
        failLater(running, awaited, error);
      }
      settled(running);
    },
    (error) => {
      failLater(running, awaited, error);
      settled(running);
    },
  );
}

type Failing = Pick<Awaited, 'spot' | 'nodes'>;

/** For what fails while the thing around it is made: null, or thrown on, so that the thing falls with it. */
export function failNow(running: Running, { nodes, spot }: Failing, error: unknown): void {
  const isTold = !isTooLarge(running);
  const told = isTold ? locatedError(error, nodes, pathOf(spot)) : error;
  const isLate = isGone(spot);
  spot.gone = true;
  if (!spot.nullable) throw told;
  if (!isLate && isTold) running.errors.push(told as GraphQLError);
  place(spot, null);
}

/** For what fails afterwards: null up to where null may be. An error below what is null already is nobody's any more. */
function failLater(running: Running, { nodes, spot }: Failing, error: unknown): void {
  if (isGone(spot)) return;
  if (!isTooLarge(running)) running.errors.push(locatedError(error, nodes, pathOf(spot)));
  let at = spot;
  while (!at.nullable && at.around) at = at.around;
  at.gone = true;
  place(at, null);
}

function isGone(spot: Spot): boolean {
  for (let at: Spot | undefined = spot; at; at = at.around) if (at.gone) return true;
  return false;
}

function pathOf(spot: Spot): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = spot; at.around; at = at.around) path.push(at.key);
  return path.reverse();
}

function settled(running: Running): void {
  running.awaited -= 1;
  if (running.awaited === 0) running.whenWhole?.();
}

/** Waits until nothing is awaited. */
export function whole(running: Running): Promise<void> | undefined {
  if (running.awaited === 0) return undefined;
  return new Promise((resolve) => {
    running.whenWhole = resolve;
  });
}
