import { dividedYears } from '#finance/fiscalPeriod/calendar.ts';
import type { CostCenterRow, FiscalPeriodRow, LegalEntityRow, TaxProfileRow } from '#finance/tables.ts';
import { addDays } from '#kernel/period.ts';
import type { LaborCategoryRow } from '#resources/tables.ts';
import { at, type Calendar } from './calendar.ts';
import type { Random } from './random.ts';
import { entity, nth } from './rows.ts';

/** A kind of work with what an hour of it is sold for and costs, in whole units of the first legal entity's currency. */
export type Grade = LaborCategoryRow & { rate: number; cost: number };

export type Company = {
  legalEntities: LegalEntityRow[];
  /** Per legal entity: those who are charged nothing, then those who are charged. */
  taxProfiles: TaxProfileRow[];
  costCenters: CostCenterRow[];
  periods: FiscalPeriodRow[];
  /** How a customer is taxed whose rate nobody renewed: it ends before the last billing cycle. */
  lapsedProfileId: string;
  grades: Grade[];
  /** A kind of work that no rate card knows yet. */
  unpriced: LaborCategoryRow;
};

const grades = [
  ['ANL', 'Analyst', 145, 58],
  ['CON', 'Consultant', 185, 76],
  ['SEN', 'Senior Consultant', 235, 98],
  ['ENG', 'Engineer', 195, 82],
  ['SRE', 'Senior Engineer', 245, 104],
  ['DES', 'Designer', 175, 70],
  ['MGR', 'Manager', 295, 125],
  ['PRN', 'Principal', 380, 170],
] as const;

const us = {
  postalAddress: { lines: ['1 Harbor Square'], city: 'Boston', postalCode: '02110', region: 'MA', countryCode: 'US' },
  ...{ vatId: null, registrationNumber: 'MA-0041927', taxNumber: '04-1927000', bankAccount: '000123456789', bic: 'BOFAUS3N' },
  ...{ contactEmail: 'billing@northlight.example', electronicAddress: null, locale: 'en-US' },
};
const de = {
  postalAddress: { lines: ['Am Sandtorkai 7'], city: 'Hamburg', postalCode: '20457', region: null, countryCode: 'DE' },
  ...{ vatId: 'DE136695976', registrationNumber: 'HRB 104927', taxNumber: '27/123/45678', bankAccount: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  ...{ contactEmail: 'rechnung@northlight.example', electronicAddress: 'EM:rechnung@northlight.example', locale: 'de-DE' },
};

/** The firm's own side: legal entities, how they tax, cost centers, fiscal periods, labor categories. */
export function makeCompany(random: Random, calendar: Calendar): Company {
  const created = at(addDays(calendar.firstDay, -400));
  const own = () => entity(random, { created });
  const legalEntities: LegalEntityRow[] = [
    { ...own(), code: 'NL-US', name: 'Northlight Consulting Inc.', currency: 'USD', countryCode: 'US', ...us },
    { ...own(), code: 'NL-DE', name: 'Northlight Consulting GmbH', currency: 'EUR', countryCode: 'DE', ...de },
  ];
  const lapsed = lapsedProfile(own, nth(legalEntities, 0), calendar);
  return {
    legalEntities,
    lapsedProfileId: lapsed.id,
    taxProfiles: [...legalEntities.flatMap((legalEntity) => profilesOf(own, legalEntity)), lapsed],
    costCenters: legalEntities.flatMap(({ id }) =>
      [
        ['100', 'Advisory'],
        ['200', 'Engineering'],
        ['900', 'Operations'],
      ].map(([code = '', name = '']) => ({ ...own(), legalEntityId: id, code, name, startDate: null, endDate: null })),
    ),
    periods: legalEntities.flatMap(({ id }) => periodsOf(own, id, calendar)),
    grades: grades.map(([code, name, rate, cost]) => ({ ...own(), code, name, description: null, active: true, rate, cost })),
    unpriced: { ...own(), code: 'DAT', name: 'Data Scientist', description: null, active: true },
  };
}

type Own = () => ReturnType<typeof entity>;

function profilesOf(own: Own, { id, countryCode }: LegalEntityRow): TaxProfileRow[] {
  const basisPoints = countryCode === 'DE' ? 1900 : 600;
  const exempt =
    countryCode === 'DE'
      ? { code: 'DE-REVERSE', name: 'Reverse charge', category: 'REVERSE_CHARGE' as const, note: 'Reverse charge: VAT is due from the recipient.' }
      : { code: 'US-EXEMPT', name: 'Exempt services', category: 'EXEMPT' as const, note: 'Services that are exempt from sales tax.' };
  const charged = countryCode === 'DE' ? { code: 'DE-19', name: 'VAT 19 %' } : { code: 'US-6', name: 'Sales tax 6 %' };
  return [
    { ...own(), legalEntityId: id, ...exempt, exempt: true, rates: [] },
    {
      ...own(),
      legalEntityId: id,
      ...charged,
      exempt: false,
      category: null,
      note: null,
      rates: [{ basisPoints, effectiveFrom: '2020-01-01', effectiveTo: null }],
    },
  ];
}

/** A rate that held until the last billing cycle began. */
function lapsedProfile(own: Own, { id }: LegalEntityRow, { mondays, cycleOf }: Calendar): TaxProfileRow {
  const renewed = mondays.find((_, week) => cycleOf(week)?.last) ?? nth(mondays, 0);
  const rates = [{ basisPoints: 625, effectiveFrom: '2020-01-01', effectiveTo: addDays(renewed, -1) }];
  return { ...own(), legalEntityId: id, code: 'US-625', name: 'Sales tax 6.25 %', exempt: false, category: null, note: null, rates };
}

/** Months of the years that the history touches and of the next. Those over are closed, once all is loaded: the first day of the history always lies in one. */
function periodsOf(own: Own, legalEntityId: string, { firstDay, today }: Calendar): FiscalPeriodRow[] {
  const firstYear = Number(firstDay.slice(0, 4));
  const years = Number(today.slice(0, 4)) - firstYear + 2;
  const over = addDays(today, -38);
  return dividedYears({ firstYear, years, startMonth: 1, length: 'MONTH' }).map((period) => {
    const closed = period.endDate < over;
    return {
      ...own(),
      version: closed ? 2 : 1,
      legalEntityId,
      ...period,
      status: closed ? 'CLOSED' : 'OPEN',
      closedAt: closed ? at(addDays(period.endDate, 10)) : null,
      lockedAt: null,
    };
  });
}

/** A tax profile of a legal entity: the one that charges, or the other. */
export function profileOf({ taxProfiles }: Company, legalEntityId: string, charges: boolean): TaxProfileRow {
  return nth(
    taxProfiles.filter((profile) => profile.legalEntityId === legalEntityId && profile.exempt !== charges),
    0,
  );
}
