import { references as engagements } from '#engagements/published.ts';
import type { LaborCategoryRule, NameLaborCategoriesInput } from '#generated/time.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { type CalendarDate, effectiveOn } from '#kernel/period.ts';
import type { AnyDocument } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';

/** Rules of a call at most. */
const rulesAtMost = 100;

type Named = { employeeId: string; projectId: string; customerId: string; workDate: CalendarDate };
type Person = Pick<EmployeeReference, 'laborCategories'>;

/** The category that somebody has on a day; before the first one, the first: HR knew them so from the beginning, as far as it knew them. */
function categoryOf(person: Person | undefined, day: CalendarDate): string | undefined {
  const held = person?.laborCategories ?? [];
  const [first] = [...held].sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return (effectiveOn(held, day) ?? first)?.laborCategoryId;
}

function covers(rule: LaborCategoryRule, entry: Named, held: string | undefined): boolean {
  const among = (ids: readonly string[] | null | undefined, id: string | undefined) => !ids || (id !== undefined && ids.includes(id));
  return (
    among(rule.employeeIds, entry.employeeId) &&
    among(rule.projectIds, entry.projectId) &&
    among(rule.customerIds, entry.customerId) &&
    among(rule.employeeLaborCategoryIds, held) &&
    (!rule.effectiveFrom || entry.workDate >= rule.effectiveFrom) &&
    (!rule.effectiveTo || entry.workDate <= rule.effectiveTo)
  );
}

/** Pure: the category by the first rule that covers the entry and names one; undefined when none does. */
export function categoryByRules(rules: readonly LaborCategoryRule[], entry: Named, person: Person | undefined): string | undefined {
  const held = categoryOf(person, entry.workDate);
  for (const rule of rules) {
    const named = covers(rule, entry, held) ? (rule.laborCategoryId ?? held) : undefined;
    if (named !== undefined) return named;
  }
  return undefined;
}

/** The rules, if each says one thing of what there is. */
export async function demandRules(db: Db, input: NameLaborCategoriesInput): Promise<LaborCategoryRule[]> {
  checkLists('', input);
  const { rules } = input;
  if (rules.length === 0 || rules.length > rulesAtMost)
    throw new Refused('VALIDATION_FAILED', `rules must hold 1 to ${rulesAtMost}; it holds ${rules.length}.`, { field: 'rules' });
  for (const { laborCategoryId, inherited } of rules) {
    if (Boolean(laborCategoryId) === Boolean(inherited))
      throw new Refused('VALIDATION_FAILED', 'Each rule names a laborCategoryId, or says inherited: true; not both.', { field: 'rules' });
  }
  await demandKnown(
    db,
    resources.Employee,
    rules.flatMap((rule) => rule.employeeIds ?? []),
  );
  await demandKnown(
    db,
    engagements.Project,
    rules.flatMap((rule) => rule.projectIds ?? []),
  );
  await demandKnown(
    db,
    engagements.Customer,
    rules.flatMap((rule) => rule.customerIds ?? []),
  );
  await demandKnown(
    db,
    resources.LaborCategory,
    rules.flatMap((rule) => [...(rule.employeeLaborCategoryIds ?? []), ...(rule.laborCategoryId ? [rule.laborCategoryId] : [])]),
  );
  return [...rules];
}

async function demandKnown(db: Db, document: AnyDocument, ids: readonly string[]): Promise<void> {
  const found = await references(db, document, ids.filter(isId));
  const missing = ids.find((id) => !found.has(id.toLowerCase()));
  if (missing !== undefined) throw notFound(document.type, missing, 'rules');
}
