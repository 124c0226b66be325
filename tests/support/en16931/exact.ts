/** Exact numbers as fractions: the norm's arithmetic, without the product's. */
export type Exact = { over: bigint; under: bigint };

export const zero: Exact = { over: 0n, under: 1n };

/** Reads decimal text; undefined when it is none. */
export function exact(text: string): Exact | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const over = BigInt(whole + fraction);
  return { over: sign === '-' ? -over : over, under: 10n ** BigInt(fraction.length) };
}

export const plus = (a: Exact, b: Exact): Exact => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
export const minus = (a: Exact, b: Exact): Exact => plus(a, { over: -b.over, under: b.under });
export const times = (a: Exact, b: Exact): Exact => ({ over: a.over * b.over, under: a.under * b.under });
export const by = (a: Exact, b: Exact): Exact => times(a, b.over < 0n ? { over: -b.under, under: -b.over } : { over: b.under, under: b.over });
export const same = (a: Exact, b: Exact): boolean => a.over * b.under === b.over * a.under;
export const below = (a: Exact, b: Exact): boolean => a.over * b.under < b.over * a.under;
export const size = (a: Exact): Exact => ({ over: a.over < 0n ? -a.over : a.over, under: a.under });
export const sum = (all: readonly Exact[]): Exact => all.reduce(plus, zero);

/** To two decimals, halves away from zero. */
export function rounded(a: Exact): Exact {
  const { over, under } = size(a);
  const hundredths = (over * 200n + under) / (under * 2n);
  return { over: a.over < 0n ? -hundredths : hundredths, under: 100n };
}

/** Digits behind the point, as they are written. */
export function decimals(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
