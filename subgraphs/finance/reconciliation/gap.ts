import { type SQL, sql } from '#kernel/sql.ts';

/** What a stage holds of a project's week; the hash tells one set of rows from another. */
type Sums = { count: number; seconds: bigint; minor: bigint; hash: string };

/** Where the later of two stages does not hold what the earlier one does, by one cause. */
export type StageGap<Cause extends string> = {
  cause: Cause;
  code: string | null;
  customerId: string;
  projectId: string | null;
  legalEntityId: string | null;
  /** The Monday of the week. */
  week: string;
  currency: string;
  left: Sums;
  right: Sums;
  atRisk: Omit<Sums, 'hash'>;
  exampleIds: string[];
};

export const idList = (values: readonly string[]): SQL => sql`${sql.param([...values])}::uuid[]`;
export const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const whole = (value: unknown): bigint => BigInt(String(value ?? 0));

/** A gap as statements here give it: `left_`, `right_` and plain sums, by the columns' names. */
export function gapOf<Cause extends string>(cause: Cause, row: Readonly<Record<string, unknown>>): StageGap<Cause> {
  const sums = (side: string) => ({
    ...{ count: Number(row[`${side}count`] ?? 0), seconds: whole(row[`${side}seconds`]), minor: whole(row[`${side}minor`]) },
    hash: String(row[`${side}hash`] ?? ''),
  });
  const { hash: _, ...atRisk } = sums('');
  return {
    ...{ cause, code: textOf(row.code), customerId: String(row.customer_id), projectId: textOf(row.project_id) },
    ...{ legalEntityId: textOf(row.legal_entity_id), week: String(row.week), currency: String(row.currency) },
    ...{ left: sums('left_'), right: sums('right_'), atRisk, exampleIds: Array.isArray(row.example_ids) ? row.example_ids.map(String) : [] },
  };
}

/** The cause that a statement found, of those that it may find. */
export function causeIn<Cause extends string>(causes: readonly Cause[], found: unknown): Cause | 'UNKNOWN' {
  return causes.find((cause) => cause === found) ?? 'UNKNOWN';
}
