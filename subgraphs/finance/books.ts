import { type ContractReference, references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Db } from '#kernel/db.ts';
import { references } from '#kernel/reference.ts';

/** In whose books work on projects stands: the project says it, or else its contract, or else its customer. */
export type Books = { contracts: ReadonlyMap<string, ContractReference>; of: (project: ProjectReference) => string | null };

type ReadContracts = (ids: readonly string[]) => Promise<ReadonlyMap<string, ContractReference>>;

/** Two statements, however many projects. */
export async function readBooks(
  db: Db,
  projects: ReadonlyMap<string, ProjectReference>,
  readContracts: ReadContracts = (ids) => references(db, engagements.Contract, ids),
): Promise<Books> {
  const all = [...projects.values()];
  const contracts = await readContracts(all.flatMap(({ contractId }) => contractId ?? []));
  const customers = await references(
    db,
    engagements.Customer,
    all.flatMap(({ legalEntityId, customerId }) => (legalEntityId ? [] : (customerId ?? []))),
  );
  const ofContract = ({ contractId }: ProjectReference) => (contractId ? contracts.get(contractId)?.legalEntityId : null);
  const of = (project: ProjectReference) => project.legalEntityId ?? ofContract(project) ?? customers.get(project.customerId ?? '')?.legalEntityId ?? null;
  return { contracts, of };
}
