import type { CreateContractInput, CreateEngagementInput, CreateProjectInput } from '#generated/engagements.ts';
import type { Db } from '#kernel/db.ts';
import { among } from '#kernel/read.ts';
import { eq } from '#kernel/sql.ts';
import { contractTerms } from '../opportunity/terms.ts';
import { contracts, customers, engagementTable, opportunities, projects, provisionings } from '../tables.ts';

/** What is to follow from an opportunity, and what has so far: with the states of today. */
export async function readOnboarding(db: Db, id: string) {
  const [found] = await db
    .select({ row: opportunities, customer: customers, engagement: engagementTable.status, contract: contracts.status, project: projects.status })
    .from(opportunities)
    .innerJoin(customers, eq(customers.id, opportunities.customerId))
    .leftJoin(engagementTable, eq(engagementTable.id, opportunities.engagementId))
    .leftJoin(contracts, eq(contracts.id, opportunities.contractId))
    .leftJoin(projects, eq(projects.id, opportunities.projectId))
    .where(eq(opportunities.id, id));
  if (!found) throw new Error(`there is no opportunity ${id}`);
  const { row, customer, ...status } = found;
  const { name, description, startDate, endDate, managerId, rateCardId, valueMinor, currency } = row;
  const legalEntityId = row.legalEntityId ?? customer.legalEntityId;
  return {
    ...{ engagementId: row.engagementId, contractId: row.contractId, projectId: row.projectId },
    status,
    customer: { id: customer.id, status: customer.status },
    value: valueMinor === null || currency === null ? null : { minor: valueMinor, currency },
    wanted: {
      engagement: { customerId: customer.id, name, description, startDate, endDate } satisfies CreateEngagementInput,
      contract: {
        name,
        legalEntityId,
        currency,
        startDate: startDate ?? '',
        endDate,
        rateCardId,
        ...contractTerms(row),
      } satisfies Partial<CreateContractInput>,
      project: { name, description, managerId, startDate, endDate } satisfies Partial<CreateProjectInput>,
    },
  };
}

/** What systems outside have answered about a project, by system. */
export async function readProvisioning(db: Db, projectId: string) {
  const { id, system, status, reason, dueAt } = provisionings;
  return db.select({ id, system, status, reason, dueAt }).from(provisionings).where(eq(provisionings.projectId, projectId)).orderBy(system);
}

/** The opportunities that projects came from. */
export async function opportunitiesOfProjects(db: Db, projectIds: readonly string[]): Promise<string[]> {
  if (projectIds.length === 0) return [];
  const rows = await db.select({ id: projects.opportunityId }).from(projects).where(among(projects.id, projectIds));
  return [...new Set(rows.flatMap(({ id }) => id ?? []))];
}
