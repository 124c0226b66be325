import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/period.ts';
import { at, calendarOf, monthOf, type Scale, sizes } from '#sample/calendar.ts';
import { makeCompany, profileOf } from '#sample/company.ts';
import { makeFirm } from '#sample/firm.ts';
import { randomOf } from '#sample/random.ts';
import { referencesOf } from '#sample/references.ts';
import { externalRefsOf } from '#sample/systems.ts';

const now = new Date('2026-11-22T10:00:00Z');
const firm = makeFirm({ scale: 'S', now });
const { book, company, deals, jobs, workers, clients, calendar } = firm;

describe('the rates of the sample firm', () => {
  test('hold on every day of the history: versions of a card follow each other without a gap', () => {
    for (const card of book.cards) {
      const own = book.versions.filter(({ rateCardId }) => rateCardId === card.id).sort((a, b) => a.number - b.number);
      expect(own.map(({ number }) => number)).toEqual(own.map((_, index) => index + 1));
      expect((own[0]?.effectiveFrom ?? '9999') <= calendar.firstDay, card.name).toBe(true);
      for (const [index, version] of own.entries()) {
        const next = own[index + 1];
        expect([version.status, version.effectiveTo], card.name).toEqual(next ? ['SUPERSEDED', addDays(next.effectiveFrom, -1)] : ['PUBLISHED', null]);
      }
    }
  });

  test('name every labor category once a version, above nothing, in the currency of the card', () => {
    const grades = company.grades.map(({ id }) => id).sort();
    for (const version of book.versions) {
      const lines = book.lines.filter(({ rateCardVersionId }) => rateCardVersionId === version.id);
      const card = book.cards.find(({ id }) => id === version.rateCardId);
      expect(lines.map(({ laborCategoryId }) => laborCategoryId).sort()).toEqual(grades);
      expect(lines.every(({ rateMinor, currency }) => rateMinor > 0n && currency === card?.currency)).toBe(true);
    }
  });

  test('sell for more than work costs, whoever buys', () => {
    for (const { contract, versions } of deals) {
      const { customerId, legalEntityId } = contract;
      const {
        standard,
        customer,
        contract: named,
      } = book.sales({ rateCardId: versions[0]?.row.rateCardId ?? null, customerId, legalEntityId: legalEntityId ?? '' });
      const [cost] = book.cost(legalEntityId ?? '');
      expect(standard).toHaveLength(1);
      for (const { id } of company.grades) {
        const rates = [named, ...customer, ...standard].flatMap((card) => card?.versions.map(({ byLaborCategory }) => byLaborCategory.get(id)?.minor) ?? []);
        const paid = cost?.versions.map(({ byLaborCategory }) => byLaborCategory.get(id)?.minor ?? 0n) ?? [];
        expect(paid.length).toBeGreaterThan(0);
        for (const rate of rates) for (const each of paid) expect(rate && rate > each).toBe(true);
      }
    }
  });
});

describe('what hangs together in the sample firm', () => {
  test('stays in one legal entity, with a tax profile of it', () => {
    const home = new Map(company.taxProfiles.map(({ id, legalEntityId }) => [id, legalEntityId]));
    for (const { legalEntityId, taxProfileId } of clients) expect(home.get(taxProfileId ?? '')).toBe(legalEntityId);
    for (const { id } of company.legalEntities) {
      expect([true, false].map((charges) => profileOf(company, id, charges).exempt)).toEqual([false, true]);
      expect(profileOf(company, id, true).legalEntityId).toBe(id);
    }
  });

  test('lies within its parents: tasks in their projects, projects under their own contract', () => {
    for (const { project, deal, tasks, milestones } of jobs) {
      expect([project.contractId, project.engagementId, project.customerId]).toEqual([deal.contract.id, deal.engagement.id, deal.engagement.customerId]);
      for (const { startDate, endDate, projectId } of tasks) {
        expect(projectId).toBe(project.id);
        expect((startDate ?? '9999') >= (project.startDate ?? '0000') && (endDate ?? '0000') <= (project.endDate ?? '9999')).toBe(true);
      }
      for (const { contractId, currency } of milestones) expect([contractId, currency]).toEqual([deal.contract.id, deal.contract.currency]);
    }
  });

  test('has people who report upwards, in no circle, and to somebody who is there', () => {
    const managers = new Map(workers.map(({ employee }) => [employee.id, employee.managerId]));
    for (const { employee } of workers) {
      const above: string[] = [];
      for (let id = employee.managerId; id; id = managers.get(id) ?? null) {
        expect(managers.has(id) && !above.includes(id)).toBe(true);
        above.push(id);
      }
      expect(above.length).toBeLessThan(6);
    }
    expect(workers.filter(({ employee }) => employee.managerId === null).length).toBeGreaterThan(0);
  });

  test('is published once each, and called by one name each in every system', () => {
    const published = [...referencesOf(firm)].map(({ type, id }) => `${type} ${id}`);
    expect(new Set(published).size).toBe(published.length);
    const refs = Object.values(externalRefsOf(firm, firm.books())).flat();
    expect(refs.length).toBeGreaterThan(150);
    expect(new Set(refs.map(({ system, entityType, externalId }) => `${system} ${entityType} ${externalId}`)).size).toBe(refs.length);
    expect(new Set(refs.map(({ entityType, entityId }) => `${entityType} ${entityId}`)).size).toBe(refs.length);
  });

  test('has closed books only where they are long over', () => {
    for (const { id } of company.legalEntities) {
      const own = company.periods.filter(({ legalEntityId }) => legalEntityId === id);
      const closed = own.filter(({ status }) => status === 'CLOSED');
      expect(closed.length).toBeGreaterThan(0);
      expect(closed.every(({ endDate, closedAt }) => endDate < addDays(calendar.today, -45) && closedAt !== null && closedAt <= now)).toBe(true);
      expect(own.filter(({ startDate, endDate }) => startDate <= calendar.today && calendar.today <= endDate).map(({ status }) => status)).toEqual(['OPEN']);
      for (const [index, { startDate }] of own.entries()) if (index > 0) expect(startDate).toBe(addDays(own[index - 1]?.endDate ?? '', 1));
    }
  });
});

describe('the calendar of a firm', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true });
  const scale = fc.constantFrom<Scale>('S', 'M', 'L');

  test('bills whole cycles of approved weeks, each paper after its weeks and not after today', () => {
    fc.assert(
      fc.property(moment, scale, (today, size) => {
        const { mondays, stateOf, cycleOf, today: day, firstDay } = calendarOf(today, sizes[size]);
        const cycles = mondays.flatMap((monday, week) => {
          const cycle = cycleOf(week);
          if (!cycle) return [];
          expect(stateOf(week)).toBe('APPROVED');
          expect(addDays(monday, 6) <= cycle.cutOff && cycle.cutOff < cycle.invoiceDate && cycle.invoiceDate <= day).toBe(true);
          return [cycle];
        });
        expect(mondays[0]).toBe(firstDay);
        expect(cycles.map(({ number }) => number)).toEqual([...cycles].map((_, index) => Math.floor(index / sizes[size].cycleWeeks)));
        expect(new Set(cycles.filter(({ last }) => last).map(({ number }) => number)).size).toBe(1);
      }),
    );
  });

  test('counts in days of UTC', () => {
    expect(calendarOf(new Date('2026-03-01T23:59:59.999Z'), sizes.S).today).toBe('2026-03-01');
    expect(calendarOf(new Date('2026-03-02T00:00:00.000Z'), sizes.S).mondays.at(-1)).toBe('2026-03-02');
    expect([monthOf('2028-02-29'), at('2028-02-29').toISOString(), at('2028-02-29', '23:59').toISOString()]).toEqual([
      '2028-02-01',
      '2028-02-29T09:00:00.000Z',
      '2028-02-29T23:59:00.000Z',
    ]);
  });

  test('makes the same company for the same seed, whatever was drawn from other branches before', () => {
    const company = (draws: number) => {
      const random = randomOf('same');
      for (let count = 0; count < draws; count += 1) random.branch('others').next();
      return JSON.stringify(makeCompany(random.branch('company'), calendarOf(now, sizes.S)));
    };
    expect(company(0)).toBe(company(17));
  });
});
