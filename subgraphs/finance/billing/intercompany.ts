import { credit, debit, type EntryLine } from './entries.ts';

/** What a lender asks for somebody's work on a project: in its own currency, and what that is in the borrower's books. */
type Asked = { projectId: string; employeeId: string; transactionClass: 'TIME' | 'EXPENSE'; reversing: boolean; seconds: bigint | null } & Amounts;
type Amounts = { minor: bigint; borrowerMinor: bigint };

export type ChargeLine = Asked & { actuals: bigint };

/** Lines by project, employee and class; what gives back what was charged before stands on lines of its own. */
export function chargeLines(work: readonly Asked[]): ChargeLine[] {
  const keyOf = ({ projectId, employeeId, transactionClass, reversing }: Asked) => `${reversing ? 1 : 0} ${projectId} ${employeeId} ${transactionClass}`;
  const byKey = [...Map.groupBy(work, keyOf)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return byKey.flatMap(([, own]) => {
    const [first] = own;
    if (!first) return [];
    const seconds = first.transactionClass === 'TIME' ? sumOf(own, (each) => each.seconds ?? 0n) : null;
    return [{ ...first, seconds, ...amountsOf(own), actuals: BigInt(own.length) }];
  });
}

/** What all of it comes to, on both sides. */
export function amountsOf(work: readonly Amounts[]): Amounts {
  return { minor: sumOf(work, (each) => each.minor), borrowerMinor: sumOf(work, (each) => each.borrowerMinor) };
}

function sumOf<Each>(all: readonly Each[], of: (each: Each) => bigint): bigint {
  return all.reduce((sum, each) => sum + of(each), 0n);
}

type Books = { legalEntityId: string; currency: string };

/** In the lender's books, per project: Dr intercompany, Cr intercompany revenue. What is given back turns the sides. */
export function lenderEntry({ legalEntityId, currency }: Books, lines: readonly ChargeLine[]): EntryLine[] {
  return byProject(lines).flatMap(({ projectId, minor }) => {
    const side = { legalEntityId, currency, projectId };
    return [...debit({ ...side, account: 'INTERCOMPANY' }, minor), ...credit({ ...side, account: 'INTERCOMPANY_REVENUE' }, minor)];
  });
}

/** In the borrower's books, per project: Dr cost of services, Cr intercompany. */
export function borrowerEntry({ legalEntityId, currency }: Books, lines: readonly ChargeLine[]): EntryLine[] {
  return byProject(lines).flatMap(({ projectId, borrowerMinor }) => {
    const side = { legalEntityId, currency, projectId };
    return [...debit({ ...side, account: 'COST_OF_SERVICES' }, borrowerMinor), ...credit({ ...side, account: 'INTERCOMPANY' }, borrowerMinor)];
  });
}

function byProject(lines: readonly ChargeLine[]): (Amounts & { projectId: string })[] {
  return [...Map.groupBy(lines, ({ projectId }) => projectId)].map(([projectId, own]) => ({ projectId, ...amountsOf(own) }));
}
