import type { ContractLineInput, ContractRateInput, OpportunityLineInput } from '#generated/engagements.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { draftContent } from '../contract/content.ts';
import { contentGuards } from '../contract/machine.ts';
import { noContent } from '../contract/rows.ts';
import type { OpportunityRow, WishedLine, WishedRate } from '../tables.ts';

type Given = { lines?: readonly OpportunityLineInput[] | null | undefined; rates?: readonly ContractRateInput[] | null | undefined };

const shown = (money: { amount: string; currency: string } | null | undefined, field: string) => (money ? showMoney(readMoney(money, field)) : null);

/** Lines and rates as they are kept: each field there, amounts with all the digits of their currency. Null clears. */
export function wishedTerms({ lines, rates }: Given): { lines?: WishedLine[]; rates?: WishedRate[] } {
  return {
    ...(lines === undefined ? {} : { lines: (lines ?? []).map(wishedLine) }),
    ...(rates === undefined ? {} : { rates: (rates ?? []).map(wishedRate) }),
  };
}

function wishedLine({ name, method, kinds, amount, notToExceed }: OpportunityLineInput): WishedLine {
  return { name, method, kinds: [...new Set(kinds)], amount: shown(amount, 'lines.amount'), notToExceed: shown(notToExceed, 'lines.notToExceed') };
}

function wishedRate({ employeeId, laborCategoryId, rate, effectiveFrom, effectiveTo }: ContractRateInput): WishedRate {
  return {
    employeeId: employeeId?.toLowerCase() ?? null,
    laborCategoryId: laborCategoryId?.toLowerCase() ?? null,
    rate: showMoney(readMoney(rate, 'rates.rate')),
    effectiveFrom: effectiveFrom ?? null,
    effectiveTo: effectiveTo ?? null,
  };
}

/** What an opportunity says of the contract that it would become. */
export type Terms = Pick<OpportunityRow, 'method' | 'currency' | 'valueMinor' | 'startDate' | 'rateCardId' | 'lines' | 'rates'>;

const ownName = { TIME_AND_MATERIALS: 'Time and materials', FIXED_FEE: 'Fixed fee', MILESTONE: 'Milestones', RETAINER: 'Retainer' } as const;

/** The lines and rates of that contract. Without lines there is one of the method, over the whole value where it has a sum. */
export function contractTerms({ method, currency, valueMinor, lines, rates }: Terms): { lines: ContractLineInput[]; rates: ContractRateInput[] } {
  if (lines.length > 0 || !method) return { lines: [...lines], rates: [...rates] };
  const byHour = method === 'TIME_AND_MATERIALS';
  const amount = byHour || valueMinor === null || !currency ? null : showMoney({ minor: valueMinor, currency });
  return { lines: [{ name: ownName[method], method, kinds: byHour ? ['TIME', 'EXPENSE'] : ['TIME', 'FEE'], amount }], rates: [...rates] };
}

/** True when hours would be billed as such. */
export function isPricedByHour({ method, lines }: Terms): boolean {
  return lines.length > 0 ? lines.some((line) => line.method === 'TIME_AND_MATERIALS') : method === 'TIME_AND_MATERIALS';
}

/** The content of the contract as it would be drafted; refused for what no contract could hold. Until somebody names a currency it is in ISO 4217's code for none. */
function draftedContent(terms: Terms) {
  const place = { contract: { id: newId(), customerId: newId(), currency: terms.currency ?? 'XXX' }, lineIds: new Map<string, string>() };
  const version = { id: newId(), effectiveFrom: terms.startDate ?? '2000-01-01' };
  return draftContent({ now: new Date(0), newId: () => newId() }, { ...place, version }, { before: noContent, input: contractTerms(terms) });
}

/** Refuses lines and rates that no contract could hold; a sum that is yet to be named is no fault of theirs. */
export function checkTerms(terms: Terms): void {
  draftedContent(terms.lines.length > 0 ? terms : { ...terms, method: null });
}

/** What the guards of the contract would have against it, as sentences. */
export function contractFaults(terms: Terms, cardCurrency: string | undefined): string[] {
  if (!terms.currency) return [];
  const { currency } = terms;
  const card = cardCurrency && cardCurrency !== currency ? [`The rate card is in ${cardCurrency}, the value in ${currency}.`] : [];
  try {
    const content = draftedContent(terms);
    return [...card, ...contentGuards.flatMap((guard) => guard({ currency, ...content }) ?? [])];
  } catch (error) {
    if (error instanceof Refused) return [...card, error.message];
    throw error;
  }
}
