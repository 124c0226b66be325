import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { and, lte } from '#kernel/sql.ts';
import type { EmployeeReference } from '#resources/published.ts';
import { termsHolding } from '../billing/transfer.ts';
import { type IntercompanyTermsRow, intercompanyTerms, type LegalEntityRow } from '../tables.ts';

/** Who lends an employee to the books in which the work stands, and at what terms. */
export type Lending = { lender: LegalEntityRow; terms: IntercompanyTermsRow };

type Hour = { employeeId: string; workDate: CalendarDate };

/** What one legal entity of the firm lends to another. */
export type Lendings = {
  /** Nothing where the employee is of these very books, or no terms hold on the day. */
  lending(work: Hour, books: LegalEntityRow): Lending | undefined;
  /** What others may lend to these books by. */
  termsOf(borrowerId: string): readonly IntercompanyTermsRow[];
};

type Wanted = { employees: Iterable<EmployeeReference>; borrowerIds: readonly string[]; known?: Date | undefined };

/** The terms by which employees may be lent; nothing is read where nobody is of other books. */
export async function readLendingTerms(db: Db, { employees, borrowerIds, known }: Wanted): Promise<IntercompanyTermsRow[]> {
  const lenders = new Set(
    [...employees].flatMap(({ legalEntityId }) => (legalEntityId && borrowerIds.some((id) => id !== legalEntityId) ? [legalEntityId] : [])),
  );
  if (lenders.size === 0) return [];
  const ofPairs = and(among(intercompanyTerms.lenderId, [...lenders]), among(intercompanyTerms.borrowerId, borrowerIds));
  return rowsWhere(db, intercompanyTerms, known ? and(ofPairs, lte(intercompanyTerms.createdAt, known)) : ofPairs);
}

type Known = {
  terms: readonly IntercompanyTermsRow[];
  employee(id: string): EmployeeReference | undefined;
  legalEntity(id: string): LegalEntityRow | undefined;
};

export function lendingsBy({ terms, employee, legalEntity }: Known): Lendings {
  return {
    termsOf: (borrowerId) => terms.filter((each) => each.borrowerId === borrowerId),
    lending: ({ employeeId, workDate }, { id: borrowerId }) => {
      const lenderId = employee(employeeId)?.legalEntityId;
      if (!lenderId || lenderId === borrowerId) return undefined;
      const holding = termsHolding(terms, { lenderId, borrowerId, date: workDate });
      const lender = holding && legalEntity(lenderId);
      return lender && { lender, terms: holding };
    },
  };
}
