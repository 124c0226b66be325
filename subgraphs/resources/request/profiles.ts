import type { Db } from '#kernel/db.ts';
import { rowsById } from '#kernel/rows.ts';
import { spanOf } from '../assignment/capacity.ts';
import { weeksAround } from '../capacity/calendar.ts';
import { workloadsOf } from '../capacity/queries.ts';
import { laborCategoriesOf } from '../employee/laborCategories.ts';
import { skillsOf } from '../employee/parts.ts';
import { type EmployeeRow, laborCategories } from '../tables.ts';
import type { Profile, Wish } from './matching.ts';

/** Profiles by employee, and the names of labor categories that are spoken of. */
export type Profiles = { profiles: Map<string, Profile>; names: Map<string, string> };

/** What is known of people in the days of requests: seven statements, however many they are. */
export async function profilesOf(db: Db, people: readonly EmployeeRow[], wishes: readonly Wish[]): Promise<Profiles> {
  const span = spanOf(wishes);
  if (!span || people.length === 0) return { profiles: new Map(), names: new Map() };
  const ids = people.map(({ id }) => id);
  const [loads, held, skills] = await Promise.all([workloadsOf(db, people, weeksAround(span)), laborCategoriesOf(db, ids), skillsOf(db, ids)]);
  const spokenOf = [...wishes.flatMap(({ laborCategoryId }) => laborCategoryId ?? []), ...[...held.values()].flat().map((row) => row.laborCategoryId)];
  const categories = await rowsById(db, laborCategories, spokenOf);
  const profiles = people.flatMap((employee): [string, Profile][] => {
    const load = loads.get(employee.id);
    return load ? [[employee.id, { ...load, employee, laborCategories: held.get(employee.id) ?? [], skills: skills.get(employee.id) ?? [] }]] : [];
  });
  return { profiles: new Map(profiles), names: new Map([...categories].map(([id, { name }]) => [id, name])) };
}
