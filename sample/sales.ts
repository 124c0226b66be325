import type { AgreedVersion } from '#engagements/references.ts';
import type {
  ContractLineRow,
  ContractRateRow,
  ContractRow,
  ContractVersionRow,
  CustomerRow,
  EngagementRow,
  MilestoneRow,
  ProjectRow,
  TaskRow,
} from '#engagements/tables.ts';
import { addDays } from '#kernel/period.ts';
import { at, type Calendar, type Size } from './calendar.ts';
import { type Company, profileOf } from './company.ts';
import { customerNames, engagementName, stagesOf } from './names.ts';
import type { Random } from './random.ts';
import type { RateBook } from './rates.ts';
import { entity, nth } from './rows.ts';

/** A customer who has a legal entity and a currency. */
export type Client = CustomerRow & { legalEntityId: string; currency: string; taxProfileId: string };

/** Customers, each with the legal entity that serves it. The last one is a prospect still. */
export function makeCustomers(random: Random, { company, calendar, size }: { company: Company; calendar: Calendar; size: Size }): Client[] {
  return customerNames(random, size.customers).map((name, index) => {
    const legalEntity = nth(company.legalEntities, index % 3 === 2 ? 1 : 0);
    const taxProfileId = index % 24 === 4 ? company.lapsedProfileId : profileOf(company, legalEntity.id, index % 2 === 0).id;
    const domain = name.toLowerCase().replaceAll(' ', '-');
    const created = at(addDays(calendar.firstDay, -random.int(30, 360)));
    return {
      ...entity(random, { created, version: 2 }),
      name,
      status: 'ACTIVE' as const,
      parentId: null,
      currency: legalEntity.currency,
      legalEntityId: legalEntity.id,
      taxProfileId,
      billingEmail: `accounts.payable@${domain}.example`,
      ...partyOf(legalEntity.countryCode, { index, street: `${random.int(1, 900)} ${nth(streets, index)}` }),
    };
  });
}

const streets = ['Market Street', 'Main Street', 'Station Road', 'Park Avenue'];
const towns: Readonly<Record<'US' | 'DE', readonly (readonly [string, string, string | null])[]>> = {
  US: [
    ['Portland', '97204', 'OR'],
    ['Denver', '80202', 'CO'],
    ['Austin', '78701', 'TX'],
  ],
  DE: [
    ['Köln', '50667', null],
    ['München', '80331', null],
    ['Leipzig', '04109', null],
  ],
};

/** What invoices say of a client, in the country of the legal entity that serves it. */
function partyOf(country: string, { index, street }: { index: number; street: string }) {
  const countryCode = country === 'DE' ? 'DE' : 'US';
  const [city, postalCode, region] = nth(towns[countryCode], index);
  const vatId = countryCode === 'DE' ? `DE${String(200_000_000 + index)}` : null;
  const postalAddress = { lines: [street], city, postalCode, region, countryCode };
  const registrationNumber = `${countryCode === 'DE' ? 'HRB' : 'C'} ${String(10_000 + index)}`;
  return { billingAddress: street, postalAddress, legalName: null, vatId, registrationNumber, buyerReference: null, electronicAddress: null };
}

/** A contract with what hangs on it. */
export type Deal = {
  client: Client;
  engagement: EngagementRow;
  contract: ContractRow & { legalEntityId: string };
  /** What was agreed, and for some what was agreed later. */
  versions: AgreedVersion[];
  /** Bills work by the hour; the others bill milestones. */
  byTheHour: boolean;
};

type Around = { company: Company; calendar: Calendar; size: Size; clients: readonly Client[]; book: RateBook };

/** One engagement and one contract for each deal, dealt out to the customers in turn. */
export function makeDeals(random: Random, around: Around): Deal[] {
  return Array.from({ length: around.size.contracts }, (_, index) => makeDeal(random, index, around));
}

function makeDeal(random: Random, index: number, { company, calendar, clients, book }: Around): Deal {
  const client = nth(clients, index);
  const created = at(addDays(calendar.firstDay, -random.int(10, 25)));
  const dates = { startDate: addDays(calendar.firstDay, -7), endDate: addDays(calendar.today, random.int(60, 300)) };
  const name = engagementName(Math.floor(index / clients.length) * 7 + (index % clients.length));
  const engagement: EngagementRow = { ...entity(random, { created, version: 2 }), customerId: client.id, name, status: 'ACTIVE', description: null, ...dates };
  const byTheHour = index % 5 !== 4;
  const contract: Deal['contract'] = {
    ...entity(random, { created, version: 3 }),
    ...{ customerId: client.id, engagementId: engagement.id, legalEntityId: client.legalEntityId },
    ...{
      name: `${name}: ${byTheHour ? 'time and materials' : 'by milestone'}`,
      status: 'CONFIRMED',
      currency: client.currency,
    },
    startDate: dates.startDate,
    internalNotes: null,
  };
  const version: ContractVersionRow = {
    ...entity(random, { created }),
    ...{ contractId: contract.id, customerId: client.id, number: 1, effectiveFrom: dates.startDate, effectiveTo: null, endDate: dates.endDate },
    rounding: index % 2 ? 'HALF_EVEN' : 'HALF_UP',
    rateCardId: index % 6 === 2 && client.currency === book.named.currency ? book.named.id : null,
    paymentTermDays: nth([30, 14, 30, 45], index),
    notToExceedMinor: null,
    reason: null,
  };
  const limit = index % 5 === 3 ? BigInt(random.int(18, 60)) * 1_000_000n : null;
  const lines = byTheHour
    ? [line(random, { contract, version }, { name: 'Services', kinds: ['TIME', 'EXPENSE'], notToExceedMinor: limit })]
    : [line(random, { contract, version }, { name: 'Milestones', kinds: ['TIME', 'FEE'], notToExceedMinor: null })];
  const agreed = { row: version, content: { lines, rates: index % 3 === 0 && byTheHour ? ratesOf(random, { contract, version }, company) : [] } };
  const amended = index % 6 === 3 && byTheHour ? raised(random, { agreed, from: calendar.middle }) : [agreed];
  return { client, engagement, contract: { ...contract, version: contract.version + amended.length - 1 }, versions: amended, byTheHour };
}

/** The firm got a better price from a day on: a second version with other rates. */
function raised(random: Random, { agreed, from }: { agreed: AgreedVersion; from: string }): AgreedVersion[] {
  const { row, content } = agreed;
  const created = at(addDays(from, -12));
  const next = { ...row, ...entity(random, { created }), number: 2, effectiveFrom: from, reason: 'Yearly adjustment of rates' };
  const owner = (created: Date) => ({ ...entity(random, { created }), contractVersionId: next.id });
  const lines = content.lines.map((line) => {
    const { id: termsId, ...rest } = owner(created);
    return { ...line, ...rest, termsId };
  });
  const rates = content.rates.map((rate) => ({ ...rate, ...owner(created), rateMinor: rate.rateMinor + 500n }));
  return [
    { row: { ...row, effectiveTo: addDays(from, -1), version: 2, updatedAt: created }, content },
    { row: next, content: { lines, rates } },
  ];
}

type Place = { contract: ContractRow; version: ContractVersionRow };

function line(random: Random, { contract, version }: Place, { kinds, ...wish }: Pick<ContractLineRow, 'name' | 'kinds' | 'notToExceedMinor'>): ContractLineRow {
  const method = kinds.includes('FEE') ? 'MILESTONE' : 'TIME_AND_MATERIALS';
  const owner = { contractVersionId: version.id, contractId: contract.id, customerId: contract.customerId, currency: contract.currency };
  const born = entity(random, { created: contract.createdAt });
  return {
    ...born,
    termsId: born.id,
    ...owner,
    place: 0,
    ...wish,
    method,
    kinds,
    projectIds: [],
    amountMinor: null,
    instalments: null,
    retainer: null,
    expenses: null,
    startDate: null,
    endDate: null,
  };
}

/** Agreed prices for two kinds of work. */
function ratesOf(random: Random, { contract, version }: Place, { grades }: Company): ContractRateRow[] {
  return grades
    .filter(({ code }) => code === 'CON' || code === 'SEN')
    .map(({ id, rate }) => {
      const owner = {
        contractVersionId: version.id,
        contractId: contract.id,
        customerId: contract.customerId,
        currency: contract.currency,
        lineId: null,
        employeeId: null,
        laborCategoryId: id,
      };
      return {
        ...entity(random, { created: contract.createdAt }),
        ...owner,
        rateMinor: BigInt(rate - 15) * 100n,
        effectiveFrom: contract.startDate,
        effectiveTo: null,
      };
    });
}

/** A project of a deal with its tasks and milestones. */
export type Job = { deal: Deal; project: ProjectRow; tasks: TaskRow[]; milestones: MilestoneRow[]; lastDay: string };

/** A project for each deal, and a second one for some: one that has ended, or has not begun. */
export function makeJobs(
  random: Random,
  { deals, calendar, size, managers }: { deals: readonly Deal[]; calendar: Calendar; size: Size; managers: ReadonlyMap<string, readonly string[]> },
): Job[] {
  return Array.from({ length: size.projects }, (_, index) => {
    const deal = nth(deals, index);
    const second = index - deals.length;
    const status = second < 0 ? 'ACTIVE' : nth(['DRAFT', 'COMPLETED', 'ACTIVE', 'ACTIVE'] as const, second);
    const managerId = nth(managers.get(deal.client.legalEntityId) ?? [], index);
    return makeJob(random, { deal, status, managerId, calendar, label: second < 0 ? '' : ', phase 2' });
  });
}

type JobWish = { deal: Deal; status: 'DRAFT' | 'ACTIVE' | 'COMPLETED'; managerId: string; calendar: Calendar; label: string };

function makeJob(random: Random, { deal, status, managerId, calendar, label }: JobWish): Job {
  const { client, engagement, contract } = deal;
  const endDate = status === 'COMPLETED' ? calendar.middle : addDays(nth(deal.versions, 0).row.endDate ?? calendar.today, -random.int(0, 30));
  const startDate = status === 'DRAFT' ? addDays(calendar.today, 21) : calendar.firstDay;
  const created = at(addDays(calendar.firstDay, -random.int(2, 9)));
  const project: ProjectRow = {
    ...entity(random, { created, version: status === 'DRAFT' ? 1 : status === 'ACTIVE' ? 3 : 4 }),
    ...{ customerId: client.id, engagementId: engagement.id, contractId: contract.id, name: `${engagement.name}${label}`, status },
    ...{ description: null, opportunityId: null, billable: true, selfAssignable: false, managerId, startDate, endDate, internalNotes: null },
  };
  const names = stagesOf(random.int(3, 6));
  const tasks = names.map((name, place): TaskRow => {
    const open = status === 'DRAFT' ? 'NOT_STARTED' : status === 'COMPLETED' ? 'DONE' : place === 0 && names.length > 4 ? 'DONE' : 'IN_PROGRESS';
    return {
      ...entity(random, { created, version: { NOT_STARTED: 1, IN_PROGRESS: 2, DONE: 3 }[open] }),
      customerId: client.id,
      projectId: project.id,
      name,
      status: open,
      description: null,
      billable: true,
      startDate,
      endDate,
    };
  });
  return { deal, project, tasks, milestones: deal.byTheHour || status !== 'ACTIVE' ? [] : milestonesOf(random, { deal, project, calendar }), lastDay: endDate };
}

/** Four milestones: two accepted long ago, one lately, one to come. */
function milestonesOf(random: Random, { deal, project, calendar }: { deal: Deal; project: ProjectRow; calendar: Calendar }): MilestoneRow[] {
  const { contract, versions } = deal;
  const { lines } = nth(versions, 0).content;
  const reached = [addDays(calendar.firstDay, 14), addDays(calendar.middle, 3), addDays(calendar.today, -6)];
  return ['Concept accepted', 'Prototype accepted', 'Pilot accepted', 'Go-live'].map((name, index) => {
    const day = reached[index];
    const owner = { customerId: contract.customerId, projectId: project.id, contractId: contract.id, contractLineId: nth(lines, 0).id };
    const days = { plannedOn: day ?? addDays(calendar.today, 45), reachedOn: day ?? null, acceptedOn: day ? addDays(day, 1) : null };
    const money = { amountMinor: BigInt(random.int(12, 60)) * 100_000n, currency: contract.currency };
    return { ...entity(random, { created: project.createdAt, version: day ? 3 : 1 }), ...owner, name, status: day ? 'ACCEPTED' : 'PLANNED', ...money, ...days };
  });
}
