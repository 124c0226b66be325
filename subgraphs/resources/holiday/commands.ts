import { references as finance } from '#finance/published.ts';
import type { UpsertHolidayItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { externalKey } from '#kernel/external.ts';
import { checkText } from '#kernel/input.ts';
import { references } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { notFound } from '#kernel/rows.ts';
import { externalRefs, type HolidayRow, holiday } from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';

type LoadedHolidays = Referred<HolidayRow> & { legalEntities: ReadonlyMap<string, unknown> };
type Upsert = Meant<UpsertHolidayItem, never, 'legalEntity'>;

/** Records or changes holidays by external reference. Unchanged ones keep their version. */
export const upsertHolidays: Command<Upsert, LoadedHolidays> = {
  may: 'employee:write',
  entities: [holiday],
  load: async (scope, items) => ({
    ...(await loadReferred(scope, holiday, { refs: externalRefs, given: items.map(({ externalRef }) => externalRef) })),
    legalEntities: await references(scope.tx, finance.LegalEntity, [...new Set(items.flatMap(({ legalEntityId }) => legalEntityId ?? []))]),
  }),
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
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: holiday, ref: externalRef }),
};
