import { CannotStart } from './cannotStart.ts';

type Meaning<Name extends string> = {
  names: readonly Name[];
  /** Why a part of the text is refused, and what to write instead. */
  refusal: (part: string) => string;
};

/** Whole numbers above 0 by name, as settings have them: `portal=100,whole=5`. Whatever is not named is not in it. */
export function namedNumbers<Name extends string>(text: unknown, { names, refusal }: Meaning<Name>): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  if (typeof text !== 'string' || text.trim() === '') return found;
  for (const part of text.split(',')) {
    const [word = '', number] = part.split('=').map((each) => each.trim());
    const name = names.find((each) => each === word);
    const value = Number(number);
    if (!name || !Number.isSafeInteger(value) || value < 1) throw new CannotStart(refusal(part.trim()));
    found[name] = value;
  }
  return found;
}
