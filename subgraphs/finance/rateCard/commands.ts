import type { CreateRateCardInput, UpdateRateCardInput, UpsertRateCardItem } from '#generated/finance.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { eachItem, type Outcome } from '#kernel/mutation.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRow, lockRow, notFound, saveRow } from '#kernel/rows.ts';
import { demandCustomer, demandLegalEntities, demandSeen } from '../known.ts';
import { references } from '../published.ts';
import { externalRefs, type RateCardRow, rateCards } from '../tables.ts';

/** Creates a rate card. It prices nothing until a version of it is published. */
export async function createRateCard(scope: Scope, input: CreateRateCardInput): Promise<RateCardRow> {
  demand(scope.actor, 'rate:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  const name = checkText('name', input.name);
  await demandOwner(scope, input);
  return tell(scope, await insertRow(scope, rateCards, { id: newId(scope.now.getTime()), ...fields, name }), refs);
}

/** Renames a rate card; kind, scope and currency are for life, since they say what was priced with it. */
export async function updateRateCard(scope: Scope, input: UpdateRateCardInput): Promise<RateCardRow> {
  demand(scope.actor, 'rate:write');
  const { id, expectedVersion, name } = input;
  const before = await lockRow(scope, rateCards, { entity: 'RateCard', id, expectedVersion });
  demandSeen(scope, { entity: 'RateCard', id, customerId: before.customerId });
  return tell(
    scope,
    await saveRow(scope, rateCards, { row: before, changes: name === undefined ? {} : { name: checkText('name', name) } }),
    input.externalRefs,
  );
}

/** Creates or renames rate cards by external reference; unchanged ones keep their version. */
export async function upsertRateCards(scope: Scope, items: readonly UpsertRateCardItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'rate:write');
  const known = await findByExternalRefs(scope, externalRefs, { entityType: 'RateCard', refs: items.map((item) => item.externalRef) });
  return eachItem(scope, items, async (inner, { externalRef, ...item }) => {
    const id = known.get(externalKey(externalRef));
    const card = id ? await renameIfOther(inner, id, item) : await createRateCard(inner, { ...item, externalRefs: [externalRef] });
    known.set(externalKey(externalRef), card.id);
    return card;
  });
}

async function renameIfOther(scope: Scope, id: string, item: Omit<UpsertRateCardItem, 'externalRef'>): Promise<RateCardRow> {
  const before = await lockRow(scope, rateCards, { entity: 'RateCard', id });
  for (const field of ['kind', 'scope', 'currency', 'legalEntityId', 'customerId'] as const) {
    if ((item[field] ?? null) !== before[field]) throw new Refused('VALIDATION_FAILED', `${field} of a rate card is for life. Create another card.`, { field });
  }
  return item.name.trim() === before.name ? before : updateRateCard(scope, { id, name: item.name });
}

/** A STANDARD card belongs to a legal entity, a CUSTOMER card to a customer; cost is only ever standard. */
async function demandOwner(scope: Scope, input: CreateRateCardInput): Promise<void> {
  const { kind, scope: prices, legalEntityId, customerId } = input;
  if (kind === 'COST' && prices !== 'STANDARD') throw refusal('scope', 'A COST card is STANDARD: what an hour costs does not depend on the customer.');
  if (prices === 'STANDARD' && !legalEntityId) throw refusal('legalEntityId', 'A STANDARD card needs the legal entity whose standard it is.');
  if ((prices === 'CUSTOMER') !== Boolean(customerId)) throw refusal('customerId', 'customerId stands on CUSTOMER cards, and only there.');
  if (!customerId && !seesCustomer(scope.actor, customerId)) throw new Refused('FORBIDDEN', 'An actor who is confined to customers only writes their cards.');
  if (customerId) await demandCustomer(scope, customerId);
  if (legalEntityId) await demandLegalEntities(scope, [legalEntityId]);
}

function refusal(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}

async function tell(scope: Scope, card: RateCardRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<RateCardRow> {
  const { id, version, name, kind, currency, customerId, legalEntityId } = card;
  await linkExternalRefs(scope, externalRefs, { entityType: 'RateCard', links: [{ entityId: id, refs: refs ?? [] }] });
  await publish(scope, [published(references.RateCard, { id, version, data: { name, kind, currency, customerId, legalEntityId } })]);
  return card;
}

/** A card that the actor may write, locked: one change of its versions at a time. */
export async function lockCard(scope: Scope, id: string, field: string): Promise<RateCardRow> {
  const card = await lockRow(scope, rateCards, { entity: 'RateCard', id }).catch((error: unknown) => {
    throw error instanceof Refused && error.code === 'NOT_FOUND' ? notFound('RateCard', id, field) : error;
  });
  if (!seesCustomer(scope.actor, card.customerId)) throw notFound('RateCard', id, field);
  return card;
}
