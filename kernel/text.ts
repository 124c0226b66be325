import { Refused } from './errors.ts';

/** What a text may be: how many characters it needs and may have, and whether it may have line breaks and tabs. */
export type TextRule = { least: number; most: number; lines: boolean };

/** The one form in which a text is kept and looked for: composed, and without spaces around it. */
export function keptText(text: string): string {
  return text.normalize('NFC').trim();
}

/** Bytes that a character may take on average: what stands in an index must fit there, however many marks are piled up on a letter. */
const bytesEach = 4;
const control = /\p{Cc}/u;
const controlInLines = /[\p{Cc}--[\t\n\r]]/v;
const lineBreak = /[\n\r\u2028\u2029]/;
const visible = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\u2800]/u;

/** Says what is wrong with a text that was kept; undefined when nothing is. */
export function textFault(text: string, { least, most, lines }: TextRule): string | undefined {
  if (!text.isWellFormed()) return 'holds half a character. Send whole ones, as UTF-8';
  if (!fits(text, most) || (least > 0 && text === '')) return `must have ${least > 0 ? `${least} to` : 'at most'} ${amount(most)} characters`;
  if (Buffer.byteLength(text) > most * bytesEach) return `must have at most ${amount(most * bytesEach)} bytes`;
  if (!lines && lineBreak.test(text)) return 'must be one line';
  if ((lines ? controlInLines : control).test(text)) return 'must not hold control characters';
  if (text !== '' && !visible.test(text)) return 'must have a character that can be seen';
  return undefined;
}

/** Refuses a text that breaks its rule; gives it back as it is kept. */
export function demandText(field: string, text: string | null | undefined, rule: TextRule): string {
  const kept = keptText(text ?? '');
  const fault = textFault(kept, rule);
  if (fault) throw new Refused('VALIDATION_FAILED', `${field} ${fault}.`, { field });
  return kept;
}

/** True when people see no more characters than that. Counting them is slow, and mostly there is no need. */
function fits(text: string, most: number): boolean {
  if (text.length <= most) return true;
  let seen = 0;
  for (const _ of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    seen += 1;
    if (seen > most) return false;
  }
  return true;
}

const amount = (count: number): string => (count < 1000 ? String(count) : `${Math.floor(count / 1000)},${String(count % 1000).padStart(3, '0')}`);
