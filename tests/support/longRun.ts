import { CannotStart } from '../../roles/cannotStart.ts';

/** The number that an option of a long run says. */
export function wholeNumber<Name extends string>(values: Readonly<Record<Name, string>>, name: Name, below = 100_000): number {
  const value = Number(values[name]);
  if (!(Number.isInteger(value) && value > 0 && value < below)) throw new CannotStart(`--${name} must be a whole number above 0.`);
  return value;
}

/** Ends with the code that the run gives; a mistake in the call is one line, and 1. */
export async function endWith(run: () => Promise<number>): Promise<never> {
  try {
    process.exit(await run());
  } catch (error) {
    if (!(error instanceof CannotStart) && !(error instanceof TypeError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
