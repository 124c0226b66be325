import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weeksIn } from '#resources/capacity/calendar.ts';
import { requestMachine } from '#resources/request/machine.ts';
import { match, type Profile, type Wish, weeklyWanted } from '#resources/request/matching.ts';
import { attempt, gridOf } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

const hour = 3600n;
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const stamp = { version: 1, createdAt: new Date(0), updatedAt: new Date(0) };

/** Four weeks from Monday, 2026-03-02. */
const wish = (more: Partial<Wish> = {}): Wish => ({
  ...{ laborCategoryId: null, skills: [], weeklySeconds: 20n * hour, percent: null },
  ...{ startDate: '2026-03-02', endDate: '2026-03-27', employerId: null, ...more },
});
const profile = (more: Partial<Profile> = {}): Profile => ({
  employee: {
    ...{ id: id(1), ...stamp, personId: id(2), name: 'Ada', title: null, workEmail: null, workerType: 'EMPLOYEE', status: 'ACTIVE', hiredOn: '2020-01-01' },
    ...{ terminatedOn: null, weeklySeconds: 40n * hour, managerId: null, legalEntityId: id(3), costCenterId: null, subcontractorId: null },
  },
  ...{ calendar: { weeklySeconds: 40n * hour, weeks: [], holidays: new Set(), timeOff: [] }, booked: [], tentative: [] },
  ...{ laborCategories: [], skills: [], ...more },
});
const skill = (name: string, level: number, effectiveFrom = '2020-01-01') => ({
  ...stamp,
  id: id(9),
  employeeId: id(1),
  name,
  level,
  effectiveFrom,
  source: 'hr',
});
const names = new Map([[id(20), 'Engineer']]);
const judged = (asked: Wish, who: Profile) => match(asked, who, { names, span: weeksIn(asked) });
const messages = (asked: Wish, who: Profile) =>
  judged(asked, who).reasons.map(({ concern, fits, points, message }) => `${concern} ${fits} ${points} ${message}`);

describe('a match', () => {
  test('of somebody who has all that is asked for', () => {
    const asked = wish({ laborCategoryId: id(20), employerId: id(3), skills: [{ name: 'Go', level: 3 }] });
    const held = { ...stamp, id: id(8), employeeId: id(1), laborCategoryId: id(20), effectiveFrom: '2020-01-01', effectiveTo: null };
    const who = profile({ laborCategories: [held], skills: [skill('go', 3)] });
    expect(judged(asked, who)).toMatchObject({ score: 100, fits: true });
    expect(messages(asked, who)).toEqual([
      'LABOR_CATEGORY true 30 Is Engineer.',
      'SKILL true 20 Has the skill go at level 3.',
      'AVAILABILITY true 40 Is free for all 80.00 hours.',
      'EMPLOYMENT true 20 Is employed on all days.',
      'EMPLOYER true 10 Is employed by the legal entity asked for.',
    ]);
  });

  test.each([
    ['another labor category', wish({ laborCategoryId: id(20) }), profile(), 'LABOR_CATEGORY false 0 Is no labor category on 2026-03-02, not Engineer.'],
    [
      'a skill at a lower level',
      wish({ skills: [{ name: 'Go', level: 4 }] }),
      profile({ skills: [skill('Go', 3)] }),
      'SKILL false 14 Has the skill Go at level 3, below 4.',
    ],
    ['a skill to come', wish({ skills: [{ name: 'Go', level: 1 }] }), profile({ skills: [skill('Go', 5, '2026-03-03')] }), 'SKILL false 0 Lacks the skill Go.'],
    ['another employer', wish({ employerId: id(4) }), profile(), 'EMPLOYER false 0 Is employed by another legal entity.'],
    [
      'a week off',
      wish({ weeklySeconds: 40n * hour }),
      profile({ calendar: { ...profile().calendar, timeOff: [{ startDate: '2026-03-09', endDate: '2026-03-13', dailySeconds: null }] } }),
      'AVAILABILITY false 30 Is free for 120.00 of 160.00 hours; in the week of 2026-03-09 for 0.00 of 40.00.',
    ],
  ])('tells of %s', (_, asked, who, message) => {
    expect(messages(asked, who)).toContain(message);
    expect(judged(asked, who)).toMatchObject({ fits: false });
  });

  test('asks a percentage of the week that holds on the first day', () => {
    const day = 6 * 3600;
    const weeks = [{ ...stamp, id: id(7), employeeId: id(1), effectiveFrom: '2026-01-01', effectiveTo: null, daySeconds: [day, day, day, day, 0, 0, 0] }];
    const asked = wish({ weeklySeconds: null, percent: 50 });
    expect(weeklyWanted(asked, profile())).toBe(20n * hour);
    expect(weeklyWanted(asked, profile({ calendar: { ...profile().calendar, weeks } }))).toBe(12n * hour);
  });
});

const anySkills = fc.uniqueArray(fc.tuple(fc.constantFrom('Go', 'SQL', 'Rust'), fc.integer({ min: 1, max: 5 })), { selector: ([name]) => name });

test('a score is 0 to 100, is 100 with all that fits alone, and never falls with a skill', () => {
  fc.assert(
    fc.property(anySkills, anySkills, fc.integer({ min: 1, max: 80 }), (asks, has, hours) => {
      const asked = wish({ skills: asks.map(([name, level]) => ({ name, level })), weeklySeconds: BigInt(hours) * hour });
      const skills = has.map(([name, level]) => skill(name, level));
      const { score, fits } = judged(asked, profile({ skills }));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      if (fits) expect(score).toBe(100);
      const better = judged(asked, profile({ skills: skills.map((each) => ({ ...each, level: 5 })) }));
      expect(better.score).toBeGreaterThanOrEqual(score);
      expect(judged(asked, profile({ skills: [] })).score).toBeLessThanOrEqual(score);
    }),
  );
});

test('the grid of a request', () => {
  const subject = (status: string) => ({ status, projectStatus: 'ACTIVE', unexplained: [] });
  const no = 'INVALID_TRANSITION';
  expect(gridOf(requestMachine, subject, allowed)).toEqual({
    DRAFT: { update: 'DRAFT', submit: 'SUBMITTED', propose: no, accept: no, reject: no, cancel: 'CANCELLED' },
    SUBMITTED: { update: 'SUBMITTED', submit: no, propose: 'PROPOSED', accept: no, reject: no, cancel: 'CANCELLED' },
    PROPOSED: { update: no, submit: no, propose: no, accept: 'FULFILLED', reject: 'SUBMITTED', cancel: 'CANCELLED' },
    FULFILLED: { update: no, submit: no, propose: no, accept: no, reject: no, cancel: no },
    CANCELLED: { update: no, submit: no, propose: no, accept: no, reject: no, cancel: no },
  });
  const over = (status: string) => ({ ...subject(status), projectStatus: 'CLOSED' });
  expect(gridOf(requestMachine, over, allowed).PROPOSED).toMatchObject({ accept: 'GUARD_REFUSED projectNeedsPeople', reject: 'SUBMITTED' });
  expect(attempt(() => gridOf(requestMachine, (status) => ({ ...subject(status), unexplained: ['Ada: Lacks.'] }), allowed).SUBMITTED?.propose ?? '')).toBe(
    'GUARD_REFUSED proposalsFit',
  );
});
