import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { boolean, check, date, index, integer, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type AbsenceStatus, absenceMachine } from '../absence/machine.ts';
import { resources } from './schema.ts';

/** What an employee can do, and who says so. The migrations bind it to its employee. */
export const employeeSkills = resources.table(
  'employee_skill',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id').notNull(),
    name: text('name').notNull(),
    /** 1, knows of it, to 5, teaches it. */
    level: integer('level').notNull(),
    effectiveFrom: date('valid_from').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    check('employee_skill_level', sql`${table.level} between 1 and 5`),
    uniqueIndex('employee_skill_once').on(table.employeeId, sql`lower(${table.name})`),
    index('employee_skill_by_name').on(sql`lower(${table.name})`, table.level, table.employeeId),
  ],
);
export type EmployeeSkillRow = typeof employeeSkills.$inferSelect;
export const employeeSkill = entity('EmployeeSkill', employeeSkills);

/** When somebody works, by weekday, from `effectiveFrom` to `effectiveTo` (open when null). The migrations keep the days of one employee apart. */
export const employeeWorkWeeks = resources.table(
  'employee_work_week',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    effectiveTo: date('effective_to'),
    /** Seconds of the seven days, Monday first. */
    daySeconds: integer('day_seconds').array().notNull(),
  },
  (table) => [
    check('employee_work_week_days', sql`cardinality(${table.daySeconds}) = 7 and 0 <= all(${table.daySeconds}) and 86400 >= all(${table.daySeconds})`),
    uniqueIndex('employee_work_week_first_day').on(table.employeeId, table.effectiveFrom),
  ],
);
export type EmployeeWorkWeekRow = typeof employeeWorkWeeks.$inferSelect;
export const employeeWorkWeek = entity('EmployeeWorkWeek', employeeWorkWeeks);

/** A day on which nobody of a legal entity works; of the whole firm without one. */
export const holidays = resources.table(
  'holiday',
  {
    ...entityColumns(),
    date: date('date').notNull(),
    name: text('name').notNull(),
    legalEntityId: uuid('legal_entity_id'),
    /** False: it is no holiday after all. */
    active: boolean('active').notNull().default(true),
  },
  (table) => [index('holiday_by_date').on(table.date, table.id), index('holiday_by_updated').on(table.updatedAt, table.id)],
);
export type HolidayRow = typeof holidays.$inferSelect;
export const holiday = entity('Holiday', holidays);

export const absenceKinds = ['VACATION', 'SICKNESS', 'PARENTAL', 'TRAINING', 'OTHER'] as const;

/** Time off of an employee. The migrations bind it to its employee. */
export const absences = resources.table(
  'absence',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id').notNull(),
    status: text('status').$type<AbsenceStatus>().notNull().default('APPROVED'),
    kind: text('kind').$type<(typeof absenceKinds)[number]>().notNull(),
    startDate: date('start_date').notNull(),
    endDate: date('end_date').notNull(),
    /** Of each day; null: all of it. */
    dailySeconds: count('daily_seconds'),
  },
  (table) => [
    oneOf('absence_status', table.status, absenceMachine.states),
    oneOf('absence_kind', table.kind, absenceKinds),
    check('absence_days', sql`${table.endDate} >= ${table.startDate}`),
    check('absence_daily_seconds', sql`${table.dailySeconds} > 0 and ${table.dailySeconds} <= 86400`),
    index('absence_by_start').on(table.startDate, table.id),
    index('absence_by_created').on(table.createdAt, table.id),
    index('absence_by_updated').on(table.updatedAt, table.id),
    index('absence_of_employee').on(table.employeeId, table.startDate, table.id),
    index('absence_standing').on(table.employeeId, table.endDate).where(sql`${table.status} = 'APPROVED'`),
  ],
);
export type AbsenceRow = typeof absences.$inferSelect;
export const absence = entity('Absence', absences);

visible(holidays, { customer: 'anyone', legalEntity: holidays.legalEntityId, client: false, partner: false });
