import { randomUUID } from 'node:crypto';
import { type Firm, firmAt } from './firmAt.ts';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';

export type Deal = Awaited<ReturnType<typeof dealAt>>;

const selection = `id version status onboarding lostReason name value { amount currency }
  engagement { id status } contract { id status startDate lines { name method kinds amount { amount } } rates { rate { amount } laborCategory { id } } }
  project { id status manager { id } provisionings { system status remindedAt reason } externalRefs { system externalId } }
  availableActions { name refusals }
  exceptions { nodes { id code status message owner moneyAtRisk { amount } } } runs { nodes { id state reason steps { name state compensates } } }`;

/** A customer of a firm, and an opportunity with all that the rules of winning ask for, as a CRM brings them. */
export async function dealAt({ graph }: Pick<FlowWorld, 'graph'>, more: Record<string, unknown> = {}, firm?: Firm) {
  const own = firm ?? (await firmAt(graph));
  const crm = { role: 'crm', system: 'crm' } as const;
  const key = randomUUID();
  const ref = { system: 'crm', externalId: `deal ${key}` };
  const customerRef = { system: 'crm', externalId: `customer ${key}` };
  const customer = { externalRef: customerRef, name: `Buyer ${key}`, currency: 'EUR', legalEntityId: own.legalEntityId, taxProfileId: own.taxProfileId };
  await graph.done('upsertCustomers', { items: [customer] }, { wish: crm, select: 'results { userErrors { code field message } }' });
  const item = {
    ...{ externalRef: ref, customerRef, name: `Deal ${key}`, description: 'A first project', method: 'TIME_AND_MATERIALS' },
    ...{ value: { amount: '50000.00', currency: 'EUR' }, expectedCloseOn: '2026-02-15', startDate: '2026-01-01', managerId: own.approverId },
    rates: [{ laborCategoryId: own.categoryId, rate: { amount: '140.00', currency: 'EUR' } }],
    ...more,
  };
  const upsert = (fields: Record<string, unknown> = {}) =>
    graph.mutate(
      'upsertOpportunities',
      { idempotencyKey: randomUUID(), items: [{ ...item, ...fields }] },
      { wish: crm, select: 'succeeded results { opportunity { id version status } userErrors { code field guard message } }' },
    );
  /** The opportunity, with all that has followed from it. */
  const now = async (): Promise<Json> => {
    const query = `query ($refs: [ExternalRefInput!]) { opportunities(filter: { externalRefs: $refs }) { nodes { ${selection} } } }`;
    return (await graph.ok(query, { refs: [ref] })).opportunities.nodes[0];
  };
  const win = (fields: Record<string, unknown> = {}) =>
    graph.mutate('winOpportunity', { idempotencyKey: randomUUID(), externalRef: ref, ...fields }, { wish: crm, select: 'opportunity { id status }' });
  return { firm: own, crm, ref, customerRef, item, upsert, win, now };
}

/** What there is in the world of one opportunity: never more than one of each that stands. */
export async function standing({ sql }: Pick<FlowWorld, 'sql'>, opportunityId: string) {
  const [row] = await sql`select
    (select count(*)::int from engagements.project where opportunity_id = ${opportunityId} and status <> 'CANCELLED') as projects,
    (select count(*)::int from engagements.engagement join engagements.project on project.engagement_id = engagement.id
      where opportunity_id = ${opportunityId} and engagement.status <> 'CANCELLED') as engagements,
    (select count(*)::int from engagements.contract join engagements.project on project.contract_id = contract.id
      where opportunity_id = ${opportunityId} and contract.status <> 'LOST') as contracts`;
  return row;
}
