import { type DatabaseError, databaseError, Refused } from './errors.ts';

/** What became of one item of a bulk mutation. */
export type Outcome = { id: string } | { refused: Refused; id?: string | undefined };

/** The refusal behind a thrown thing, also where the database was the one to refuse; anything else is a bug and goes on up. */
export function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const broken = databaseError(error);
  if (broken?.code === 'AC001') return new Refused('PERIOD_CLOSED', broken.message);
  if (broken?.code === 'AC002') return new Refused('GUARD_REFUSED', broken.message, { guard: broken.constraint_name, field: broken.column_name });
  if (broken?.code === '23505' && broken.constraint_name?.startsWith('external_ref')) {
    return new Refused('DUPLICATE_EXTERNAL_REF', 'Another entity already has this external reference.', { field: 'externalRefs' });
  }
  if (broken?.code === '22021' || broken?.code === '22P05') return new Refused('VALIDATION_FAILED', 'Text must not contain the character U+0000.');
  if (broken?.code === '23502') return new Refused('VALIDATION_FAILED', 'A field that must not be null is null.');
  if (broken && ['23505', '23514', '23P01', '23503'].includes(broken.code)) {
    return new Refused('VALIDATION_FAILED', sentenceOf(broken), { guard: broken.constraint_name });
  }
  throw error;
}

/** A broken rule in words: its name, less that of the table, says what it is about. */
function sentenceOf({ code, constraint_name: rule = '', table_name: table = '' }: DatabaseError): string {
  const entity = table.replaceAll('_', ' ') || 'row';
  const about = rule.startsWith(`${table}_`) ? ` (${rule.slice(table.length + 1).replaceAll('_', ' ')})` : '';
  if (code === '23505') return `Another ${entity} is there in its place, and only one may be${about}.`;
  if (code === '23P01') return `It would overlap another ${entity}${about}.`;
  if (code === '23503') return `The ${entity} names something that is not there, or something that stays names it${about}.`;
  return `The values of the ${entity} do not fit together${about}.`;
}

/** What a decision gives, or the refusal that it throws. */
export function attempt<Value>(decide: () => Value): Value | Refused {
  try {
    return decide();
  } catch (error) {
    return asRefused(error);
  }
}
