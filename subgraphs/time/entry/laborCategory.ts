import type { AssignLaborCategoryItem } from '#generated/time.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { isId } from '#kernel/ids.ts';
import { step } from '#kernel/machine.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';
import { timeEntry, timesheet } from '../entities.ts';
import { facts } from '../published.ts';
import { absorbTime, demandEntry, type LoadedTimesheets, lockTimesheetsOf } from '../timesheet/load.ts';
import { entryMachine } from './machine.ts';
import { followEntriesOf } from './record.ts';

type Loaded = { timesheets: LoadedTimesheets; categories: ReadonlySet<string>; touched: Set<string> };

/** The controller's repair of LABOR_CATEGORY_MISSING. The approval stands, so its version identifies the actuals still to come. */
export const assignLaborCategory: Command<AssignLaborCategoryItem, Loaded> = {
  may: entryMachine.actions.assignLaborCategory.may,
  entities: [timesheet, timeEntry],
  load: async (scope, items) => {
    const timesheets = await lockTimesheetsOf(
      scope,
      items.map((item) => item.id),
    );
    const categories = await references(scope.tx, resources.LaborCategory, items.map((item) => item.laborCategoryId).filter(isId));
    return { timesheets, categories: new Set(categories.keys()), touched: new Set() };
  },
  decide: ({ timesheets, categories }, { id, expectedVersion, laborCategoryId }, context) => {
    const { entry } = demandEntry(timesheets, { id, expectedVersion }, context.actor);
    if (!categories.has(laborCategoryId)) throw notFound('LaborCategory', laborCategoryId, 'laborCategoryId');
    const draft = openDraft(context);
    const by = step(entryMachine, { subject: { ...entry, approverId: undefined }, action: 'assignLaborCategory', actor: context.actor });
    const row = draft.update(timeEntry, entry, { changes: { laborCategoryId, laborCategorySource: 'ENTRY' }, by });
    const { timesheetId, employeeId, customerId, engagementId, projectId, legalEntityId } = row;
    const keys = { customerId, engagementId, projectId, employeeId, legalEntityId };
    const payload = { timeEntryId: row.id, timesheetId, employeeId, customerId, projectId, laborCategoryId };
    for (const fact of by.emits) draft.state(facts[fact], { subject: row, keys, payload });
    return draft.done(id);
  },
  absorb: ({ timesheets, touched }, decision, { id: entryId }) => {
    absorbTime(timesheets, decision);
    for (const [id, { entries }] of timesheets) if (entries.has(entryId)) touched.add(id);
  },
  conclude: ({ timesheets, touched }, context) => followEntriesOf(timesheets, touched, context),
};
