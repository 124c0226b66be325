import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { check, date, index, integer, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type SubcontractStatus, subcontractMachine } from '../subcontract/machine.ts';
import type { SubcontractorDocument } from '../subcontractor/documents.ts';
import { type SubcontractorStatus, subcontractorMachine } from '../subcontractor/machine.ts';
import { resources } from './schema.ts';

/** Firms that work for ours. */
export const subcontractors = resources.table(
  'subcontractor',
  {
    ...entityColumns(),
    name: text('name').notNull(),
    status: text('status').$type<SubcontractorStatus>().notNull().default('DRAFT'),
    legalEntityId: uuid('legal_entity_id').notNull(),
    currency: text('currency').notNull(),
    taxNumber: text('tax_number'),
    email: text('email'),
    documents: jsonb('documents').$type<SubcontractorDocument[]>().notNull(),
    submittedBy: text('submitted_by'),
    approvedBy: text('approved_by'),
    decisionNote: text('decision_note'),
  },
  (table) => [
    oneOf('subcontractor_status', table.status, subcontractorMachine.states),
    index('subcontractor_by_name').on(table.name, table.id),
    index('subcontractor_by_created').on(table.createdAt, table.id),
    index('subcontractor_by_updated').on(table.updatedAt, table.id),
    index('subcontractor_by_status').on(table.status, table.name, table.id),
    index('subcontractor_of_legal_entity').on(table.legalEntityId, table.name, table.id),
  ],
);
export type SubcontractorRow = typeof subcontractors.$inferSelect;
export type SubcontractorDocumentRow = SubcontractorDocument;
export const subcontractor = entity('Subcontractor', subcontractors);

/** Orders to subcontractors. */
export const subcontracts = resources.table(
  'subcontract',
  {
    ...entityColumns(),
    subcontractorId: uuid('subcontractor_id')
      .notNull()
      .references(() => subcontractors.id),
    /** The subcontractor's. */
    legalEntityId: uuid('legal_entity_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<SubcontractStatus>().notNull().default('DRAFT'),
    currency: text('currency').notNull(),
    toleranceMinor: count('tolerance_minor').notNull(),
    closedOn: date('closed_on'),
  },
  (table) => [
    oneOf('subcontract_status', table.status, subcontractMachine.states),
    check('subcontract_tolerance', sql`${table.toleranceMinor} >= 0`),
    check('subcontract_closed', sql`(${table.status} = 'CLOSED') = (${table.closedOn} is not null)`),
    index('subcontract_by_created').on(table.createdAt, table.id),
    index('subcontract_by_updated').on(table.updatedAt, table.id),
    index('subcontract_by_status').on(table.status, table.createdAt, table.id),
    index('subcontract_of_subcontractor').on(table.subcontractorId, table.createdAt, table.id),
    index('subcontract_of_legal_entity').on(table.legalEntityId, table.createdAt, table.id),
  ],
);
export type SubcontractRow = typeof subcontracts.$inferSelect;
/** Written as DRAFT, then its lines, then confirmed: the database freezes the lines of what is no draft. */
export const subcontract = entity('Subcontract', subcontracts, { stepwise: true });

/** What an order pays by the hour: one person's work on a project, or that of everybody of a labor category. */
export const subcontractLines = resources.table(
  'subcontract_line',
  {
    ...entityColumns(),
    subcontractId: uuid('subcontract_id')
      .notNull()
      .references(() => subcontracts.id),
    /** The order's, by which rows are seen. */
    legalEntityId: uuid('legal_entity_id').notNull(),
    number: integer('number').notNull(),
    projectId: uuid('project_id').notNull(),
    employeeId: uuid('employee_id'),
    laborCategoryId: uuid('labor_category_id'),
    unitRateMinor: count('unit_rate_minor').notNull(),
    currency: text('currency').notNull(),
    startDate: date('start_date').notNull(),
    endDate: date('end_date').notNull(),
    limitSeconds: count('limit_seconds'),
    limitMinor: count('limit_minor'),
  },
  (table) => [
    check('subcontract_line_whose', sql`num_nonnulls(${table.employeeId}, ${table.laborCategoryId}) = 1`),
    check('subcontract_line_rate', sql`${table.unitRateMinor} > 0`),
    check('subcontract_line_limits', sql`${table.limitSeconds} > 0 and ${table.limitMinor} > 0`),
    check('subcontract_line_days', sql`${table.endDate} >= ${table.startDate}`),
    uniqueIndex('subcontract_line_number').on(table.subcontractId, table.number),
    index('subcontract_line_of_project').on(table.projectId, table.subcontractId),
    index('subcontract_line_of_employee').on(table.employeeId, table.subcontractId).where(sql`employee_id is not null`),
  ],
);
export type SubcontractLineRow = typeof subcontractLines.$inferSelect;
export const subcontractLine = entity('SubcontractLine', subcontractLines);

// What the firm pays is no customer's affair, nor another supplier's.
const ofTheFirm = { customer: 'firm', client: false, partner: false } as const;
visible(subcontractors, { ...ofTheFirm, legalEntity: subcontractors.legalEntityId });
visible(subcontracts, { ...ofTheFirm, legalEntity: subcontracts.legalEntityId });
visible(subcontractLines, { ...ofTheFirm, legalEntity: subcontractLines.legalEntityId });
