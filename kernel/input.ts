import { Refused } from './errors.ts';
import { demandText } from './text.ts';

/** Refuses text that is blank, overlong or more than a line; gives it back as it is kept. */
export function checkText(field: string, text: string | null | undefined, most = 255): string {
  return demandText(field, text, { least: 1, most, lines: false });
}

/** The same for text that may have line breaks. */
export function checkLines(field: string, text: string | null | undefined, most: number): string {
  return demandText(field, text, { least: 1, most, lines: true });
}

/** Refuses what is no single e-mail address: a line break or a comma would make another one of it. */
export function checkEmail(field: string, text: string): string {
  const address = checkText(field, text, 254);
  if (/^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+$/u.test(address) && !/\.\.|^\.|\.@|@\.|\.$/.test(address)) return address;
  throw new Refused('VALIDATION_FAILED', `${field} must be an e-mail address, such as invoices@client.example.`, { field });
}

/** Refuses a link that is no https address: what people click must not run or reach into a house. Gives it back as it was written. */
export function checkLink(field: string, text: string): string {
  const link = checkText(field, text, 2000);
  const url = URL.parse(link);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new Refused('VALIDATION_FAILED', `${field} must be an https address, such as https://receipts.example/1.pdf.`, { field });
  return link;
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

/** Values that a list of an input holds at most; who has more asks in parts. */
export const listLimit = 250;

/** Refuses an input with a longer list anywhere in it. `path` is where the input stands. */
export function checkLists(path: string, input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  if (Array.isArray(input) && input.length > listLimit) {
    throw new Refused('VALIDATION_FAILED', `${path} holds ${input.length} values; it takes ${listLimit} at most. Ask in parts.`, { field: path });
  }
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'object') checkLists(Array.isArray(input) ? path : [path, name].filter(Boolean).join('.'), value);
  }
}
