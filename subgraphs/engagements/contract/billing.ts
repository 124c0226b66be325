import type { ContractLineInput, ExpenseCategory } from '#generated/engagements.ts';
import { parseDecimal } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';

/** A part of a fixed fee and the day on which it is due; the name says which part it is, whatever its day and amount become. */
export type FeeInstalment = { name: string; dueOn: string; minor: string };

/** How often a retainer is billed in advance, and what becomes of what nobody drew by the end of a period. */
export type RetainerTerms = { every: 'MONTH' | 'QUARTER' | 'YEAR'; unused: 'EXPIRES' | 'ROLLS_OVER' };

/** A mark-up in basis points on what expenses cost, and what categories are sold for by the day whatever they cost. */
export type ExpenseTerms = { markUpBasisPoints: number; perDiems: readonly { category: ExpenseCategory; minor: string }[] };

export type BillingTerms = { instalments: readonly FeeInstalment[] | null; retainer: RetainerTerms | null; expenses: ExpenseTerms | null };

const mostInstalments = 100;
const mostPerDiems = 50;

function invalid(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field: `lines.${field}` });
}

/** What a line says of how it is billed; `currency` is the line's. */
export function billingTermsOf(name: string, input: ContractLineInput, { amount, currency }: { amount: bigint | undefined; currency: string }): BillingTerms {
  const { method, kinds, instalments, retainer, expenses } = input;
  if (instalments && method !== 'FIXED_FEE') throw invalid('instalments', `Only a fixed fee has instalments; the line ${name} is ${method}.`);
  if (retainer && method !== 'RETAINER') throw invalid('retainer', `Only a retainer is drawn down; the line ${name} is ${method}.`);
  if (expenses && !kinds.includes('EXPENSE')) throw invalid('expenses', `The line ${name} bills no expenses.`);
  return {
    instalments: instalments ? instalmentsOf(name, instalments, { amount, currency }) : null,
    retainer: retainer ? { every: retainer.every, unused: retainer.unused } : null,
    expenses: expenses ? expensesOf(name, expenses, currency) : null,
  };
}

type Given<Name extends 'instalments' | 'expenses'> = NonNullable<ContractLineInput[Name]>;

function instalmentsOf(name: string, given: Given<'instalments'>, { amount, currency }: { amount: bigint | undefined; currency: string }): FeeInstalment[] {
  if (given.length > mostInstalments) throw invalid('instalments', `The line ${name} has at most ${mostInstalments} instalments.`);
  const read = given.map((each) => ({
    name: checkText('lines.instalments.name', each.name),
    dueOn: each.dueOn,
    minor: inCurrency(each.amount, 'instalments.amount', currency),
  }));
  const twice = read.find((each, index) => read.findIndex((other) => other.name === each.name) !== index);
  if (twice) throw invalid('instalments.name', `Two instalments of the line ${name} are called ${twice.name}.`);
  const sum = read.reduce((total, { minor }) => total + minor, 0n);
  if (sum !== amount) throw invalid('instalments', `The instalments of the line ${name} do not add up to its amount.`);
  return read.map(({ minor, ...each }) => ({ ...each, minor: minor.toString() }));
}

function expensesOf(name: string, { markUpPercent, perDiems }: Given<'expenses'>, currency: string): ExpenseTerms {
  const markUp = parseDecimal(markUpPercent ?? '0', 2);
  if (markUp === undefined || markUp < 0n || markUp > 100_000n)
    throw invalid('expenses.markUpPercent', 'A mark-up is 0 to 1000 per cent, with at most two fraction digits.');
  const days = (perDiems ?? []).map((each) => ({ category: each.category, minor: inCurrency(each.amount, 'expenses.perDiems.amount', currency).toString() }));
  if (days.length > mostPerDiems) throw invalid('expenses.perDiems', `The line ${name} has at most ${mostPerDiems} day rates.`);
  if (new Set(days.map(({ category }) => category)).size < days.length)
    throw invalid('expenses.perDiems', `The line ${name} has two day rates for one category.`);
  return { markUpBasisPoints: Number(markUp), perDiems: days };
}

function inCurrency(given: { amount: string; currency: string }, field: string, currency: string): bigint {
  const money = readMoney(given, `lines.${field}`);
  if (money.currency !== currency) throw new Refused('CURRENCY_MISMATCH', `The line is in ${currency}, not in ${money.currency}.`, { field: `lines.${field}` });
  if (money.minor <= 0n) throw invalid(field, `${field} is more than zero.`);
  return money.minor;
}

/** The same terms give the same text, in whatever order the database gives their parts. */
export function sayBilling({ instalments, retainer, expenses }: BillingTerms): string | null {
  const parts = [
    ...(instalments ?? []).map(({ name, dueOn, minor }) => `${name} ${dueOn} ${minor}`),
    ...(retainer ? [`${retainer.every} ${retainer.unused}`] : []),
    ...(expenses ? [`+${expenses.markUpBasisPoints}`, ...expenses.perDiems.map(({ category, minor }) => `${category} ${minor}`)] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : null;
}
