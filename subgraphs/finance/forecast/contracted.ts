import type { ContractLineTerms, ContractReference } from '#engagements/published.ts';
import { type ContractTerms, termsOn } from '../billing/price.ts';
import { retainersOf } from '../billing/retainer.ts';
import type { ContractedLine, GapCode } from './report.ts';

/** What is contracted for a project: null where a line that bills it has no sum, or shares it with other projects. */
export type Contracted = { minor: bigint | null; lines: readonly ContractedLine[] };

type Of = { projectId: string /** No other project is under the contract. */; alone: boolean };

/** The last version: applied amendments count from now on, whenever they begin. */
function lastTerms(contract: ContractReference): ContractTerms | undefined {
  const last = contract.versions.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1)).at(-1);
  return last && termsOn(contract, last.effectiveFrom);
}

/** The value of the contract's lines as they are after all applied amendments, as far as it is the project's. */
export function contractedOf(contract: ContractReference, { projectId, alone }: Of): Contracted {
  const terms = lastTerms(contract);
  const own = (terms?.lines ?? []).filter(({ projectIds }) => projectIds.length === 0 || projectIds.includes(projectId));
  const lines = own.map((line): ContractedLine => {
    const { id: contractLineId, name, method } = line;
    const shared = !(line.projectIds.length === 1 || (line.projectIds.length === 0 && alone));
    const value = shared ? without('SHARED', `The line ${name} bills other projects, too, and says nothing of each one's part.`) : worthOf(contract, line);
    return { contractLineId, name, method, ...value };
  });
  const most = alone && terms?.notToExceedMinor ? BigInt(terms.notToExceedMinor) : undefined;
  return { minor: within(sumOf(lines), lines, most), lines };
}

function within(sum: bigint | null, lines: readonly ContractedLine[], most: bigint | undefined): bigint | null {
  if (most === undefined) return sum;
  if (sum !== null) return sum < most ? sum : most;
  // Open-ended lines are ended by what the contract may bill in all.
  return lines.every(({ gap }) => gap === undefined || gap.code === 'OPEN_ENDED') ? most : null;
}

function sumOf(lines: readonly ContractedLine[]): bigint | null {
  let sum = 0n;
  for (const { minor } of lines) {
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

type Value = Pick<ContractedLine, 'minor' | 'gap'>;
const without = (code: GapCode, message: string): Value => ({ minor: null, gap: { code, message } });
const worth = (minor: string | bigint): Value => ({ minor: BigInt(minor), gap: undefined });

function worthOf(contract: ContractReference, line: ContractLineTerms): Value {
  const { name, method, amountMinor, notToExceedMinor, retainer } = line;
  if (retainer) return retained(contract, line);
  if (amountMinor) return worth(amountMinor);
  if (notToExceedMinor) return worth(notToExceedMinor);
  return method === 'TIME_AND_MATERIALS'
    ? without('OPEN_ENDED', `The line ${name} bills what is worked, and has no limit.`)
    : without('AMOUNT_UNKNOWN', `The line ${name} has no amount.`);
}

/** A retainer is worth all its periods, where it ends. */
function retained(contract: ContractReference, { id, name, endDate }: ContractLineTerms): Value {
  const ends = endDate ?? lastTerms(contract)?.endDate;
  if (!ends) return without('OPEN_ENDED', `The retainer ${name} has no last day.`);
  const found = retainersOf(contract, ends).find(({ lineId }) => lineId === id);
  return worth((found?.periods ?? []).reduce((sum, { minor }) => sum + minor, 0n));
}
