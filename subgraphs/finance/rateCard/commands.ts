import * as engagements from '#engagements/published.ts';
import type { CreateRateCardInput, UpdateRateCardInput, UpsertRateCardItem } from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { published, references } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandVersion, notFound, rowsById } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { rateCard } from '../entities.ts';
import * as own from '../published.ts';
import { externalRefs, legalEntities, type RateCardRow } from '../tables.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertRateCardItem, never, 'legalEntity' | 'customer'>;

/** Beside the cards: the owners that exist, by id. */
type Loaded = Referred<RateCardRow> & { customers: ReadonlySet<string>; legalEntities: ReadonlySet<string> };

const base = { may: 'rate:write', entities: [rateCard] } as const;

/** Creates a rate card. It prices nothing until a version of it is published. */
export const createRateCard: Command<CreateRateCardInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { owners: items }),
  decide: (loaded, input, context) => decide({ before: undefined, fields: created(loaded, input, context.actor), refs: input.externalRefs }, context),
};

/** Renames a rate card; kind, scope and currency are for life, since they say what was priced with it. */
export const updateRateCard: Command<UpdateRateCardInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id) }),
  decide: ({ rows }, { id, expectedVersion, name, externalRefs: refs }, context) => {
    const before = demandCard(rows, { id }, context.actor);
    demandVersion(rateCard.name, before, expectedVersion);
    return decide({ before, fields: name === undefined ? before : { ...before, name: checkText('name', name) }, refs }, context);
  },
};

/** Creates or renames rate cards by external reference; unchanged ones keep their version. */
export const upsertRateCards: Command<Upsert, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { refs: items.map((item) => item.externalRef), owners: items }),
  decide: (loaded, { externalRef, ...item }, context) => {
    const before = findReferred(loaded, externalRef);
    if (before) demandCard(loaded.rows, { id: before.id }, context.actor);
    const fields = before ? renamed(before, item) : created(loaded, item, context.actor);
    return decide({ before, fields, refs: [externalRef] }, context);
  },
  source: { refs: externalRefs, entity: rateCard, of: ({ externalRef }) => externalRef },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: rateCard, ref: externalRef }),
};

type Owner = { legalEntityId?: string | null | undefined; customerId?: string | null | undefined };
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; owners?: readonly Owner[] };

async function load(scope: Scope, { ids = [], refs = [], owners = [] }: Wanted): Promise<Loaded> {
  const referred = await loadReferred(scope, rateCard, { refs: externalRefs, given: refs, ids });
  const customers = await references(scope.tx, engagements.references.Customer, owners.map((owner) => owner.customerId).filter(isId));
  const entities = await rowsById(scope.tx, legalEntities, owners.map((owner) => owner.legalEntityId).filter(isId));
  return { ...referred, customers: new Set(customers.keys()), legalEntities: new Set(entities.keys()) };
}

type Fields = Pick<RateCardRow, 'name' | 'kind' | 'scope' | 'currency' | 'legalEntityId' | 'customerId'>;

function created(loaded: Loaded, input: Omit<CreateRateCardInput, 'idempotencyKey'>, actor: Actor): Fields {
  const { kind, scope, currency, legalEntityId = null, customerId = null } = input;
  const fields = { name: checkText('name', input.name), kind, scope, currency, legalEntityId, customerId };
  demandOwner(loaded, fields, actor);
  return fields;
}

function renamed(before: RateCardRow, item: Omit<Upsert, 'externalRef'>): Fields {
  for (const field of ['kind', 'scope', 'currency', 'legalEntityId', 'customerId'] as const) {
    if ((item[field] ?? null) !== before[field]) throw new Refused('VALIDATION_FAILED', `${field} of a rate card is for life. Create another card.`, { field });
  }
  return { ...before, name: checkText('name', item.name) };
}

/** A STANDARD card belongs to a legal entity, a CUSTOMER card to a customer; cost is only ever standard. */
function demandOwner(loaded: Loaded, { kind, scope, legalEntityId, customerId }: Fields, actor: Actor): void {
  if (kind === 'COST' && scope !== 'STANDARD') throw refusal('scope', 'A COST card is STANDARD: what an hour costs does not depend on the customer.');
  if (kind === 'TRANSFER' && (scope !== 'NAMED' || !legalEntityId))
    throw refusal('scope', 'A TRANSFER card is NAMED by the terms of the legal entity that lends by it, which legalEntityId says.');
  if (scope === 'STANDARD' && !legalEntityId) throw refusal('legalEntityId', 'A STANDARD card needs the legal entity whose standard it is.');
  if ((scope === 'CUSTOMER') !== Boolean(customerId)) throw refusal('customerId', 'customerId stands on CUSTOMER cards, and only there.');
  if (!customerId && !sees(actor, { customerId })) throw new Refused('FORBIDDEN', 'An actor who is confined to customers only writes their cards.');
  if (customerId && (!sees(actor, { customerId }) || !loaded.customers.has(customerId))) throw notFound('Customer', customerId, 'customerId');
  if (legalEntityId && !loaded.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
}

function refusal(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}

/** A card that the actor may write. */
export function demandCard(rows: ReadonlyMap<string, RateCardRow>, { id, field = 'id' }: { id: string; field?: string }, actor: Actor): RateCardRow {
  const card = rows.get(id);
  if (!card || !sees(actor, card)) throw notFound(rateCard.name, id, field);
  return card;
}

type Given = { before: RateCardRow | undefined; fields: Fields; refs: readonly ExternalRefInput[] | null | undefined };

function decide({ before, fields, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const { name, kind, scope, currency, legalEntityId, customerId } = fields;
  const row = before
    ? draft.update(rateCard, before, { changes: { name } })
    : draft.insert(rateCard, { name, kind, scope, currency, legalEntityId, customerId });
  const data = { name, kind, currency, customerId, legalEntityId };
  if (row !== before) draft.publish(published(own.references.RateCard, { id: row.id, version: row.version, data }));
  draft.link({ refs: externalRefs, entity: rateCard, id: row.id }, refs);
  return draft.done(row.id);
}
