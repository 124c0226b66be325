/** Withdrawn codes that Intl still lists: two became the euro (2023, 2026), the others another unit of the same country (2021 to 2025). */
const withdrawn = ['HRK', 'CUC', 'ANG', 'SLL', 'ZWL', 'BGN'];
/** Present codes that Intl leaves out: units of account and funds codes that contracts are written in. */
const unlisted = ['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'VED'];

const inUse: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency').concat(unlisted)).difference(new Set(withdrawn));

/** True for the code of a currency that ISO 4217 knows today. */
export function isCurrency(code: string): boolean {
  return inUse.has(code);
}

/** Exponents of ISO 4217 that are not 2. Intl's digits are how people write prices: it gives HUF, COP or IDR none. */
const exponents: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Digits after the point that an amount of the currency has. */
export function minorDigits(code: string): number {
  return exponents.get(code) ?? 2;
}
