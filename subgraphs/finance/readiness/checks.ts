import { references as engagements } from '#engagements/published.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { references as resources } from '#resources/published.ts';
import { fiscalPeriods, intercompanyTerms, legalEntities, rateCardLines, rateCards, rateCardVersions, taxProfiles } from '../tables.ts';

/** One thing that must be there before work can be billed: what lacks it (`id` and `name`), the sentence behind the name, and the mutation that gives it. */
export type Check = { type: string; says: string; mutation: string; lacking: (asOf: SQL) => SQL };

/** What siblings published of a kind of entity. */
const published = ({ type }: { type: string }, name: string) =>
  sql`(select entity_id as id, data, data ->> 'name' as name, data ->> 'status' as status from log.reference where entity_type = ${type}) as ${sql.identifier(name)}`;

/** A published version of a card of the kind that prices a day; `of` says whose card. */
const priced = (kind: 'SALES' | 'COST', { of, asOf, line = sql`true` }: { of: SQL; asOf: SQL; line?: SQL }) => sql`exists (
  select from ${rateCards} as card join ${rateCardVersions} as version on version.rate_card_id = card.id join ${rateCardLines} as line on line.rate_card_version_id = version.id
  where card.kind = ${kind} and ${of} and version.status <> 'DRAFT' and ${asOf} between version.effective_from and coalesce(version.effective_to, 'infinity') and ${line})`;

const sellingLine = sql`exists (select from jsonb_array_elements(contract.data -> 'versions') as version, jsonb_array_elements(version -> 'lines') as line where line ->> 'method' = 'TIME_AND_MATERIALS')`;
const ownPrice = sql`exists (select from jsonb_array_elements(contract.data -> 'versions') as version
  where version ->> 'rateCardId' is not null or jsonb_array_length(version -> 'rates') > 0)`;

export const checks = {
  NO_LEGAL_ENTITY: {
    type: 'LegalEntity',
    says: 'has no legal entity, so nothing stands in any books.',
    mutation: 'createLegalEntity',
    lacking: () => sql`select null::uuid as id, 'The firm' as name where not exists (select from ${legalEntities})`,
  },
  NO_FISCAL_PERIOD: {
    type: 'LegalEntity',
    says: 'has no open fiscal period for the day, so nothing can be posted.',
    mutation: 'createFiscalPeriods',
    lacking: (asOf) => sql`select books.id, books.name from ${legalEntities} as books where not exists (
      select from ${fiscalPeriods} as period where period.legal_entity_id = books.id and period.status = 'OPEN' and ${asOf} between period.start_date and period.end_date)`,
  },
  NO_COST_CARD: {
    type: 'LegalEntity',
    says: 'has no published cost card for the day. Without the cost of an hour no hour is billed, whatever the contract says.',
    mutation: 'publishRateCardVersion',
    lacking: (asOf) =>
      sql`select books.id, books.name from ${legalEntities} as books where not ${priced('COST', { of: sql`card.scope = 'STANDARD' and card.legal_entity_id = books.id`, asOf })}`,
  },
  TAX_PROFILE_WITHOUT_RATE: {
    type: 'TaxProfile',
    says: 'has no rate for the day and is not exempt, so its invoices cannot be validated.',
    mutation: 'updateTaxProfile',
    lacking: (asOf) => sql`select profile.id, profile.name from ${taxProfiles} as profile where not profile.exempt and not exists (
      select from jsonb_array_elements(profile.rates) as rate
      where ${asOf} between (rate ->> 'effectiveFrom')::date and coalesce((rate ->> 'effectiveTo')::date, 'infinity'))`,
  },
  CUSTOMER_WITHOUT_LEGAL_ENTITY: {
    type: 'Customer',
    says: 'names no legal entity.',
    mutation: 'updateCustomer',
    lacking: () => sql`select id, name from ${published(engagements.Customer, 'customer')} where status = 'ACTIVE' and data ->> 'legalEntityId' is null`,
  },
  CUSTOMER_WITHOUT_TAX_PROFILE: {
    type: 'Customer',
    says: 'names no tax profile, so its invoices cannot be validated.',
    mutation: 'updateCustomer',
    lacking: () => sql`select id, name from ${published(engagements.Customer, 'customer')} where status = 'ACTIVE' and data ->> 'taxProfileId' is null`,
  },
  PROJECT_WITHOUT_MANAGER: {
    type: 'Project',
    says: 'has no manager.',
    mutation: 'updateProject',
    lacking: () => sql`select id, name from ${published(engagements.Project, 'project')} where status = 'ACTIVE' and data ->> 'managerId' is null`,
  },
  PROJECT_WITHOUT_CONTRACT: {
    type: 'Project',
    says: 'is billable and stands under no contract, so its work is sold to nobody.',
    mutation: 'updateProject',
    lacking: () =>
      sql`select id, name from ${published(engagements.Project, 'project')} where status = 'ACTIVE' and (data ->> 'billable')::boolean and data ->> 'contractId' is null`,
  },
  CONTRACT_NOT_CONFIRMED: {
    type: 'Contract',
    says: 'is not confirmed, and active projects stand under it.',
    mutation: 'confirmContract',
    lacking:
      () => sql`select contract.id, contract.name from ${published(engagements.Contract, 'contract')} where contract.status in ('DRAFT', 'IN_REVIEW') and exists (
      select from log.reference as project where project.entity_type = ${engagements.Project.type} and project.data ->> 'status' = 'ACTIVE'
        and project.data ->> 'contractId' = contract.id::text)`,
  },
  CONTRACT_WITHOUT_RATES: {
    type: 'Contract',
    says: 'bills by the hour and has no rates; neither its customer nor its legal entity has a sales card for the day.',
    mutation: 'publishRateCardVersion',
    lacking: (asOf) => sql`select contract.id, contract.name from ${published(engagements.Contract, 'contract')} where contract.status = 'CONFIRMED'
      and ${sellingLine} and not ${ownPrice} and not ${priced('SALES', {
        of: sql`(card.customer_id = (contract.data ->> 'customerId')::uuid or (card.scope = 'STANDARD' and card.legal_entity_id = (contract.data ->> 'legalEntityId')::uuid))`,
        asOf,
      })}`,
  },
  EMPLOYEE_WITHOUT_LABOR_CATEGORY: {
    type: 'Employee',
    says: 'has no labor category, so nothing prices the hours.',
    mutation: 'setEmployeeLaborCategory',
    lacking: () =>
      sql`select id, name from ${published(resources.Employee, 'employee')} where status = 'ACTIVE' and jsonb_array_length(data -> 'laborCategories') = 0`,
  },
  EMPLOYEE_WITHOUT_COST_RATE: {
    type: 'Employee',
    says: 'has a labor category that no cost card prices on the day, nor has a cost rate of their own.',
    mutation: 'publishRateCardVersion',
    lacking: (asOf) => sql`select employee.id, employee.name from ${published(resources.Employee, 'employee')} where employee.status = 'ACTIVE'
      and jsonb_array_length(employee.data -> 'laborCategories') > 0 and not ${priced('COST', {
        of: sql`true`,
        asOf,
        line: sql`(line.employee_id = employee.id or line.labor_category_id::text in (
          select category ->> 'laborCategoryId' from jsonb_array_elements(employee.data -> 'laborCategories') as category))`,
      })}`,
  },
  LENDER_WITHOUT_TERMS: {
    type: 'LegalEntity',
    says: 'without terms for the day: the work costs what the cost card of the borrower says, and nothing is charged.',
    mutation: 'setIntercompanyTerms',
    // People who are planned on a project in the books of another legal entity, now or later.
    lacking: (asOf) => sql`select lender.id, lender.name || ' lends people to ' || borrower.name as name from (
        select distinct (employee.data ->> 'legalEntityId')::uuid as lender, coalesce(project.data ->> 'legalEntityId', contract.data ->> 'legalEntityId',
            customer.data ->> 'legalEntityId')::uuid as borrower
        from ${published(resources.Assignment, 'assignment')} join ${published(resources.Employee, 'employee')} on employee.id::text = assignment.data ->> 'employeeId'
          join ${published(engagements.Project, 'project')} on project.id::text = assignment.data ->> 'projectId'
          left join ${published(engagements.Contract, 'contract')} on contract.id::text = project.data ->> 'contractId'
          left join ${published(engagements.Customer, 'customer')} on customer.id::text = project.data ->> 'customerId'
        where assignment.status <> 'CANCELLED' and (assignment.data ->> 'endDate')::date >= ${asOf} and project.status not in ('CLOSED', 'CANCELLED')) as lent
      join ${legalEntities} as lender on lender.id = lent.lender join ${legalEntities} as borrower on borrower.id = lent.borrower and borrower.id <> lender.id
      where not exists (select from ${intercompanyTerms} as terms where terms.lender_id = lender.id and terms.borrower_id = borrower.id and terms.effective_from <= ${asOf})`,
  },
  NO_APPROVER: {
    type: 'Employee',
    says: 'has fewer than two people in employment: nobody approves what is their own.',
    mutation: 'activateEmployee',
    lacking: () => sql`select null::uuid as id, 'The firm' as name where (
      select count(*) from (select from ${published(resources.Employee, 'employee')} where status in ('ACTIVE', 'ON_LEAVE') limit 2) as people) < 2`,
  },
} as const satisfies Record<string, Check>;

export type GapCode = keyof typeof checks;
