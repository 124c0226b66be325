import { isDeepStrictEqual } from 'node:util';
import { Refused } from './errors.ts';

/** Refuses blank and overlong text; gives it back trimmed. */
export function checkText(field: string, text: string | null | undefined, most = 255): string {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed.length > most) throw new Refused('VALIDATION_FAILED', `${field} must have 1 to ${most} characters.`, { field });
  return trimmed;
}

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** The fields that the caller gave: absent means "leave it", null means "clear it". */
export function given<Fields extends Record<string, unknown>>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}

/** Text for ILIKE that matches anywhere, with the wildcards of the caller taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;
}

/** True when one of the given fields is not what the row holds; absent fields count as equal. */
export function differs(row: object, fields: Readonly<Record<string, unknown>>): boolean {
  const held = new Map<string, unknown>(Object.entries(row));
  return Object.entries(fields).some(([name, value]) => value !== undefined && !isDeepStrictEqual(held.get(name), value));
}
