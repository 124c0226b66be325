import { documentRules } from './documentRules.ts';
import { orderRules } from './order.ts';
import { type Rule, subjectOf } from './subject.ts';
import { taxRules } from './taxRules.ts';
import { parseXml } from './tree.ts';

/** The rules by which a document is judged: written from the norm's list, and sharing nothing with what builds it. */
export const rules: Readonly<Record<string, Rule>> = { ...documentRules, ...taxRules, ...orderRules };

/** The ids of the rules that a document breaks. */
export function violations(xml: string): string[] {
  const subject = subjectOf(parseXml(xml));
  return Object.keys(rules).filter((id) => !rules[id]?.(subject));
}
