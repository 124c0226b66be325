import type { SetDunningPolicyInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { demandVersion, lockRows, notFound } from '#kernel/rows.ts';
import { demandWholeFirm, sees } from '#kernel/visibility.ts';
import { dunningPolicy } from '../entities.ts';
import { type LegalEntityRow, legalEntities, type StoredDunningPolicy } from '../tables.ts';
import { checkLevels, defaultLevels } from './levels.ts';
import { policiesOf } from './load.ts';

type Loaded = { legalEntities: ReadonlyMap<string, LegalEntityRow>; policies: ReadonlyMap<string, StoredDunningPolicy> };

/** Says how a legal entity reminds. Whoever holds its row holds its policy. */
export const setDunningPolicy: Command<SetDunningPolicyInput, Loaded> = {
  may: 'dunning:write',
  entities: [dunningPolicy],
  load: async (scope, items) => {
    const held = await lockRows(
      scope,
      legalEntities,
      items.map((item) => item.id),
    );
    return { legalEntities: held, policies: await policiesOf(scope.tx, [...held.keys()]) };
  },
  decide: (loaded, { id, expectedVersion, active, levels }, context) => {
    if (!loaded.legalEntities.has(id) || !sees(context.actor, { legalEntityId: id })) throw notFound('LegalEntity', id);
    if (context.actor.customerIds) demandWholeFirm(context.actor, 'How customers are reminded');
    if (active === null) throw new Refused('VALIDATION_FAILED', 'active is true or false.', { field: 'active' });
    const before = loaded.policies.get(id);
    demandVersion(dunningPolicy.name, before ?? { version: 0 }, expectedVersion);
    const kept = levels === undefined ? (before?.levels ?? defaultLevels) : levels === null ? defaultLevels : checkLevels(levels);
    const draft = openDraft(context);
    if (before) draft.update(dunningPolicy, before, { changes: { active, levels: kept } });
    else draft.insert(dunningPolicy, { legalEntityId: id, active: active ?? true, levels: kept });
    return draft.done(id);
  },
};
