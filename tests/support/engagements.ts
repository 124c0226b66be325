import { references as finance } from '#finance/published.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { entityField } from './graphClient.ts';
import { aLaborCategory, aLegalEntity, anEmployee, aRateCard, aTaxProfile } from './siblings.ts';
import type { subgraphWorld } from './subgraph.ts';

type World = Awaited<ReturnType<typeof subgraphWorld>>;
type Input = Record<string, unknown>;

/** Ids that the siblings of the engagements subgraph published. */
export async function siblings(world: World) {
  const ids = {
    legalEntity: newId(),
    taxProfile: newId(),
    manager: newId(),
    laborCategory: newId(),
    salesCard: newId(),
    costCard: newId(),
    otherCard: newId(),
  };
  const legalEntityId = ids.legalEntity;
  await world.publish(finance.LegalEntity, [{ id: ids.legalEntity, data: aLegalEntity() }]);
  await world.publish(finance.TaxProfile, [{ id: ids.taxProfile, data: aTaxProfile({ legalEntityId }) }]);
  await world.publish(resources.Employee, [{ id: ids.manager, data: anEmployee() }]);
  await world.publish(resources.LaborCategory, [{ id: ids.laborCategory, data: aLaborCategory({ code: 'GRADE-1' }) }]);
  await world.publish(finance.RateCard, [
    { id: ids.salesCard, data: aRateCard({ legalEntityId }) },
    { id: ids.costCard, data: aRateCard({ legalEntityId, kind: 'COST' }) },
    { id: ids.otherCard, data: aRateCard({ legalEntityId, customerId: newId() }) },
  ]);
  return ids;
}

type Options = { select?: string; actor?: Actor };

/** A mutation of one entity: gives the answer, whatever it is. */
export async function mutate(world: World, mutation: string, input: Input, options: Options = {}) {
  const { select = 'id version status', ...call } = options;
  const inputType = world.schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  const entity = entityField(world.schema, mutation);
  const text = `mutation ($input: ${inputType}) { ${mutation}(input: $input) { ${entity} { ${select} } userErrors { code message field guard } } }`;
  const data = await world.ok(text, { variables: { input }, ...call });
  return { entity: data[mutation][entity], errors: data[mutation].userErrors };
}

/** The same, and it must succeed. */
export async function made(world: World, mutation: string, input: Input, options: Options = {}) {
  const { entity, errors } = await mutate(world, mutation, input, options);
  if (!entity) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
  return entity;
}

/** An action, and its first refusal if there is one. */
export async function action(world: World, mutation: string, input: Input, options: Options = {}) {
  const { entity, errors } = await mutate(world, mutation, input, options);
  return { status: entity?.status, version: entity?.version, refused: errors[0] };
}

/** A bulk upsert: its results with a selection of the entity. */
export async function upsert(world: World, entity: 'Engagement' | 'Contract' | 'Project' | 'Task', input: Input, select = 'id version status name') {
  const text = `mutation ($input: Upsert${entity}sInput!) { upsert${entity}s(input: $input) { succeeded failed replayed userErrors { code } results { index ${entity.toLowerCase()} { ${select} } userErrors { code field guard } } } }`;
  const data = await world.ok(text, { variables: { input } });
  return data[`upsert${entity}s`];
}

/** An ACTIVE customer with an engagement, a confirmed contract and nothing else. */
export async function engaged(world: World, ids: Awaited<ReturnType<typeof siblings>>, name = 'Acme') {
  const customer = await made(world, 'createCustomer', { name, currency: 'USD', legalEntityId: ids.legalEntity, taxProfileId: ids.taxProfile });
  await action(world, 'activateCustomer', { id: customer.id });
  const engagement = await made(world, 'createEngagement', { customerId: customer.id, name: `${name} programme` });
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
  const contract = await made(world, 'createContract', { engagementId: engagement.id, name: `${name} terms`, startDate: '2026-01-01', lines: [line] });
  await action(world, 'submitContract', { id: contract.id });
  await action(world, 'confirmContract', { id: contract.id });
  return { customer: customer.id, engagement: engagement.id, contract: contract.id };
}

/** A project of an engagement, ACTIVE. */
export async function running(
  world: World,
  ids: Awaited<ReturnType<typeof siblings>>,
  of: { engagement: string; contract: string },
  more: Input = {},
): Promise<string> {
  const { id } = await made(world, 'createProject', { engagementId: of.engagement, contractId: of.contract, name: 'Build', managerId: ids.manager, ...more });
  await action(world, 'provisionProject', { id });
  const { status, refused } = await action(world, 'activateProject', { id });
  if (status !== 'ACTIVE') throw new Error(JSON.stringify(refused));
  return id;
}

/** What siblings can read of an entity. */
export async function reference(world: World, type: string, id: string): Promise<{ version: number; data: Record<string, unknown> } | undefined> {
  const [row] = await world.sql`select version, data from log.reference where entity_type = ${type} and entity_id = ${id}`;
  return row ? { version: Number(row.version), data: row.data } : undefined;
}

/** The facts that `work` states: type, keys and payload. */
export async function factsOf(world: World, work: () => Promise<unknown>) {
  const [last] = await world.sql`select coalesce(max(sequence), 0) as sequence from log.pending`;
  await work();
  return world.sql`select type, keys -> 'customerId' ->> 0 as customer_id, keys -> 'engagementId' ->> 0 as engagement_id, keys -> 'projectId' ->> 0 as project_id,
    keys -> 'legalEntityId' ->> 0 as legal_entity_id, subject_version, payload from log.pending where sequence > ${last?.sequence} order by sequence`;
}
