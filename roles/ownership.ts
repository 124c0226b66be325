import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Owned, Ownership } from '#kernel/ownership.ts';
import { CannotStart } from './cannotStart.ts';

const [crm, psa, hr, erp] = ['crm', 'psa', 'hr', 'erp'];
const of = (owners: readonly string[], more: Omit<Owned, 'owners'> = {}): Owned => ({ owners, ...more });

/** Who owns what unless a firm says otherwise; a kind's system is called like the kind. docs/ownership.md is generated from it. */
export const defaultOwnership: Ownership = {
  kinds: { crm: [crm], psa: [psa], hr: [hr], erp: [erp] },
  entities: {
    Customer: of([crm], { fields: { legalEntityId: [crm, erp], taxProfileId: [crm, erp], billingEmail: [crm, erp], billingAddress: [crm, erp] } }),
    Opportunity: of([crm], { fields: { managerId: [crm, psa, hr], legalEntityId: [crm, erp], rateCardId: [crm, erp] } }),
    Engagement: of([crm, erp], { fields: { status: [crm, erp, psa] } }),
    Contract: of([erp], { parts: ['ContractVersion', 'ContractLine', 'ContractLineTerms', 'ContractRate'] }),
    Amendment: of([erp], { parts: ['AmendmentReceipt'] }),
    Project: of([psa]),
    Provisioning: of([crm, psa, hr, erp]),
    Task: of([psa]),
    Milestone: of([psa]),
    LaborCategory: of([hr]),
    Employee: of([hr], {
      fields: { legalEntityId: [hr, erp], costCenterId: [hr, erp], subcontractorId: [hr, erp] },
      parts: ['Person', 'EmployeeLaborCategory', 'EmployeeSkill', 'EmployeeWorkWeek'],
    }),
    Absence: of([hr]),
    Holiday: of([hr]),
    ResourceRequest: of([psa]),
    Assignment: of([psa], { parts: ['AssignmentRecord'] }),
    Subcontractor: of([erp]),
    Subcontract: of([erp], { parts: ['SubcontractLine'] }),
    Timesheet: of([psa]),
    TimesheetEntry: of([psa]),
    ExpenseItem: of([psa]),
    LegalEntity: of([erp]),
    TaxProfile: of([erp]),
    CostCenter: of([erp]),
    FiscalPeriod: of([erp]),
    RateCard: of([erp], { parts: ['RateCardVersion', 'RateCardLine'] }),
    ExchangeRate: of([erp]),
    IntercompanyTerms: of([erp]),
    IntercompanyCharge: of([erp], { parts: ['IntercompanyChargeLine'] }),
    Actual: of([erp]),
    Invoice: of([erp], { parts: ['InvoiceLine'] }),
    SupplierInvoice: of([erp], { parts: ['SupplierInvoiceLine', 'SupplierInvoiceMatch'] }),
    RerateProposal: of([erp], { parts: ['Rerate'] }),
    BillingRun: of([erp], { parts: ['BillingRunContract'] }),
    Payment: of([erp], { parts: ['PaymentApplication', 'PaymentRefund', 'RemittanceAdvice'] }),
    JournalEntry: of([erp], { parts: ['JournalLine'] }),
    RevenueEvent: of([erp]),
  },
};

const names = z.array(z.string().min(1)).min(1);
const schema = z.strictObject({
  kinds: z.record(z.string(), names).optional(),
  entities: z.record(z.string(), z.strictObject({ owners: names.optional(), fields: z.record(z.string(), names).optional() })).optional(),
});

/** The default with what a firm's file says: which systems are of a kind, and other owners of entities or fields. */
export async function readOwnership(path: string | undefined): Promise<Ownership> {
  if (path === undefined) return defaultOwnership;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CannotStart(`${path} cannot be read; ACCORD_OWNERSHIP names the file that says who owns what.`);
  });
  return ownershipFrom(text, path);
}

/** Reads such a file's text. */
export function ownershipFrom(text: string, path: string): Ownership {
  const said = parsed(text, path);
  const kinds = { ...defaultOwnership.kinds, ...said.kinds };
  const entities: Record<string, Owned> = { ...defaultOwnership.entities };
  for (const [name, { owners, fields }] of Object.entries(said.entities ?? {})) {
    const own = entities[name];
    if (!own) throw new CannotStart(`${path} names the entity ${name}, which nobody owns; entities: ${Object.keys(entities).join(', ')}.`);
    entities[name] = { ...own, ...(owners ? { owners } : {}), fields: { ...own.fields, ...fields } };
  }
  const unknown = Object.values(entities)
    .flatMap(({ owners, fields }) => [...owners, ...Object.values(fields ?? {}).flat()])
    .find((kind) => !Object.hasOwn(kinds, kind));
  if (unknown) throw new CannotStart(`${path} names the owner ${unknown}; owners: ${Object.keys(kinds).join(', ')}.`);
  return { kinds, entities };
}

function parsed(text: string, path: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new CannotStart(`${path} does not say who owns what: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`);
  }
}
