import { references as finance } from '#finance/published.ts';
import type { UpsertHolidayItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, openDraft } from '#kernel/draft.ts';
import { externalKey } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { nextVersions, published as publishedAs, references } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { notFound } from '#kernel/rows.ts';
import { isNull, or } from '#kernel/sql.ts';
import { type HolidayCalendarReference, references as published, wholeFirm } from '../published.ts';
import { externalRefs, type HolidayRow, holiday, holidays } from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';

/** `all`: the holidays of what is published, by id; `versions`: its next versions, by legal entity. */
type LoadedHolidays = Referred<HolidayRow> & {
  legalEntities: ReadonlyMap<string, unknown>;
  all: Map<string, HolidayRow>;
  versions: ReadonlyMap<string, number>;
};
type Upsert = Meant<UpsertHolidayItem, never, 'legalEntity'>;

/** Records or changes holidays by external reference. Unchanged ones keep their version. */
export const upsertHolidays: Command<Upsert, LoadedHolidays> = {
  may: 'employee:write',
  entities: [holiday],
  load: async (scope, items) => {
    const found = await loadReferred(scope, holiday, { refs: externalRefs, given: items.map(({ externalRef }) => externalRef) });
    const named = items.flatMap(({ legalEntityId }) => legalEntityId ?? []);
    const legalEntities = await references(scope.tx, finance.LegalEntity, [...new Set(named)]);
    const keepers = [wholeFirm, ...legalEntities.keys(), ...[...found.rows.values()].map(keeperOf)];
    const versions = await nextVersions(scope, published.HolidayCalendar, keepers);
    // Read under that lock: whoever was faster has committed.
    const rows = await rowsWhere(scope.tx, holidays, or(isNull(holidays.legalEntityId), among(holidays.legalEntityId, [...versions.keys()])));
    return { ...found, legalEntities, versions, all: new Map(rows.map((row) => [row.id, row])) };
  },
  source: { refs: externalRefs, entity: holiday, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, { externalRef, date, name, legalEntityId = null, active }, context) => {
    demandWholeFirm(context.actor);
    if (legalEntityId && !loaded.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef);
    const values = { date, name: checkText('name', name), legalEntityId };
    const row = before
      ? draft.update(holiday, before, { changes: { ...values, active: active ?? undefined } })
      : draft.insert(holiday, { ...values, active: active ?? true });
    draft.link({ refs: externalRefs, entity: holiday, id: row.id }, [externalRef]);
    return draft.done(row.id);
  },
  absorb: (loaded, decision, { externalRef }) => {
    absorbReferred(loaded, decision, { entity: holiday, ref: externalRef });
    absorbRows(loaded.all, decision, holiday);
  },
  conclude: ({ all, versions }, context) => {
    const draft = openDraft(context);
    const kept = Map.groupBy(all.values(), keeperOf);
    for (const [id, version] of versions) draft.publish(publishedAs(published.HolidayCalendar, { id, version, data: referenceOf(kept.get(id) ?? []) }));
    return draft.done('').effects;
  },
};

/** Under which id a holiday is published. */
export const keeperOf = ({ legalEntityId }: HolidayRow): string => legalEntityId ?? wholeFirm;

/** What the siblings may know of holidays. */
export function referenceOf(rows: readonly HolidayRow[]): HolidayCalendarReference {
  const dates = rows.filter(({ active }) => active).map(({ date }) => date);
  return { dates: [...new Set(dates)].toSorted() };
}
