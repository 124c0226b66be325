import type { AbsenceFilter, AbsenceOrderField } from '#generated/resources.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type AbsenceRow, absences, externalRefs } from '../tables.ts';

const absencesById = visibleById(absences, 'absence:read');

/** Time off, if there is one that the actor may know of. */
export function readAbsence(context: Context, id: string): Promise<AbsenceRow | undefined> {
  return context.load(absencesById, id);
}

export const absenceRefs = externalRefsOf(externalRefs, 'Absence');

export const absenceList: List<typeof absences, AbsenceFilter, AbsenceOrderField> = {
  table: absences,
  read: 'absence:read',
  orders: { START_DATE: absences.startDate, CREATED_AT: absences.createdAt, UPDATED_AT: absences.updatedAt },
  defaultOrder: { field: 'START_DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(absences, filter.updatedSince),
    wordIn(absences.status, filter.statuses),
    idIn(absences.employeeId, filter.employeeIds),
    filter.activeFrom ? gte(absences.endDate, filter.activeFrom) : undefined,
    filter.activeTo ? lte(absences.startDate, filter.activeTo) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Absence', id: absences.id }, filter.externalRefs),
  ],
};

export const employeeAbsencesList = childList(absenceList, absences.employeeId);
