import { describe, expect, test } from 'vitest';
import { type OpportunitySubject, opportunityMachine, winRules } from '#engagements/opportunity/machine.ts';
import { contractFaults, contractTerms, isPricedByHour, type Terms } from '#engagements/opportunity/terms.ts';
import { provisioningMachine } from '#engagements/provisioning/machine.ts';
import { Refused } from '#kernel/errors.ts';
import { step } from '#kernel/machine.ts';
import { gridOf } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

const actor = { ...allowed, permissions: ['*'] };
const customer = { name: 'Acme', status: 'ACTIVE', legalEntityId: 'l', taxProfileId: 't' };

/** An opportunity that no rule has anything against. */
const sound: OpportunitySubject = {
  ...{ status: 'OPEN', customer, above: [], legalEntityId: null, method: 'TIME_AND_MATERIALS', valueMinor: 1n, startDate: '2026-01-01', endDate: null },
  ...{ managerId: 'm', managerStatus: 'ACTIVE', pricedByHour: true, priced: true, contractFaults: [] },
};

function brokenBy(flaw: Partial<OpportunitySubject>): (string | undefined)[] {
  try {
    step(opportunityMachine, { subject: { ...sound, ...flaw }, action: 'win', actor });
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [error, ...error.also].map(({ guard }) => guard);
  }
}

describe('winning', () => {
  test.each<[string, Partial<OpportunitySubject>, string[]]>([
    ['nothing', {}, []],
    ['a customer who is not known', { customer: undefined, legalEntityId: 'l' }, ['customerKnown', 'taxProfileKnown']],
    ['a customer who is INACTIVE', { customer: { ...customer, status: 'INACTIVE' } }, ['customerKnown']],
    ['a customer who is a prospect', { customer: { ...customer, status: 'PROSPECT' } }, []],
    [
      'a prospect without a legal entity of its own',
      { customer: { ...customer, status: 'PROSPECT', legalEntityId: null }, legalEntityId: 'l' },
      ['legalEntityKnown'],
    ],
    ['a customer who belongs to itself', { above: [{ name: 'Acme', status: 'ACTIVE', itself: true }] }, ['hierarchySound']],
    ['a parent that is INACTIVE', { above: [{ name: 'Up', status: 'INACTIVE', itself: false }] }, ['hierarchySound']],
    ['a parent that is ACTIVE', { above: [{ name: 'Up', status: 'ACTIVE', itself: false }] }, []],
    ['no legal entity', { customer: { ...customer, legalEntityId: null } }, ['legalEntityKnown']],
    ['a legal entity of its own', { customer: { ...customer, legalEntityId: null }, legalEntityId: 'own' }, []],
    ['no tax profile', { customer: { ...customer, taxProfileId: null } }, ['taxProfileKnown']],
    ['no contract type', { method: null }, ['contractTypeKnown']],
    ['no value', { valueMinor: null }, ['valuePositive']],
    ['a value of 0', { valueMinor: 0n }, ['valuePositive']],
    ['hours that nothing prices', { priced: false }, ['hoursPriced']],
    ['no hours and no rates', { priced: false, pricedByHour: false }, []],
    ['a contract that could not be', { contractFaults: ['No.'] }, ['contractSound']],
    ['nobody who would lead', { managerId: null, managerStatus: undefined }, ['managerActive']],
    ['somebody whom HR does not know', { managerStatus: undefined }, ['managerActive']],
    ['somebody who has left', { managerStatus: 'TERMINATED' }, ['managerActive']],
    ['no first day', { startDate: null }, ['datesKnown']],
    ['a last day before the first', { endDate: '2025-12-31' }, ['datesKnown']],
  ])('with %s', (_, flaw, guards) => {
    expect(brokenBy(flaw)).toEqual(guards);
  });

  test('with everything wrong at once names every rule, in their order', () => {
    const nothing = { method: null, valueMinor: null, startDate: null, managerId: null, managerStatus: undefined, priced: false, contractFaults: ['No.'] };
    const above = [{ name: 'Up', status: 'INACTIVE', itself: false }];
    const unfit = { ...customer, status: 'INACTIVE', legalEntityId: null, taxProfileId: null };
    expect(brokenBy({ ...nothing, above, customer: unfit })).toEqual(winRules.map(({ name }) => name));
  });
});

test('the grids of the opportunity and of the provisioning', () => {
  const refused = 'INVALID_TRANSITION';
  expect(gridOf(opportunityMachine, (status) => ({ ...sound, status: status as 'OPEN' }), actor)).toEqual({
    OPEN: { win: 'WON', lose: 'LOST', reopen: refused },
    WON: { win: refused, lose: refused, reopen: refused },
    LOST: { win: refused, lose: refused, reopen: 'OPEN' },
  });
  expect(gridOf(provisioningMachine, (status) => ({ status: status as 'PENDING', projectStatus: 'PROVISIONING' }), actor)).toEqual({
    PENDING: { acknowledge: 'ACKNOWLEDGED', refuse: 'REFUSED' },
    ACKNOWLEDGED: { acknowledge: refused, refuse: refused },
    REFUSED: { acknowledge: refused, refuse: refused },
  });
});

describe('the contract that it would become', () => {
  const money = (amount: string, currency = 'EUR') => ({ amount, currency });
  const terms: Terms = { method: 'FIXED_FEE', currency: 'EUR', valueMinor: 5000n, startDate: '2026-01-01', rateCardId: null, lines: [], rates: [] };
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'], amount: null, notToExceed: null } as const;
  const wished = (more: object = {}) => ({ ...line, kinds: [...line.kinds], ...more });

  test('has the lines that are wished for or, without any, one of its type over the whole value', () => {
    expect(contractTerms(terms).lines).toEqual([{ name: 'Fixed fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: money('50.00') }]);
    expect(contractTerms({ ...terms, method: 'TIME_AND_MATERIALS' }).lines).toMatchObject([{ kinds: ['TIME', 'EXPENSE'], amount: null }]);
    expect(contractTerms({ ...terms, lines: [wished()] }).lines).toEqual([wished()]);
    expect(contractTerms({ ...terms, method: null }).lines).toEqual([]);
  });

  test('is priced by the hour where a line says so, whatever its type', () => {
    expect(isPricedByHour(terms)).toBe(false);
    expect(isPricedByHour({ ...terms, method: 'TIME_AND_MATERIALS' })).toBe(true);
    expect(isPricedByHour({ ...terms, lines: [wished()] })).toBe(true);
  });

  test.each<[string, Partial<Terms>, string | undefined, RegExp | undefined]>([
    ['nothing', {}, undefined, undefined],
    ['a card in its currency', {}, 'EUR', undefined],
    ['a card in another currency', {}, 'USD', /rate card is in USD, the value in EUR/],
    ['a line in another currency', { lines: [wished({ method: 'FIXED_FEE', amount: money('1.00', 'USD') })] }, undefined, /in USD/],
    ['two lines over the same', { lines: [wished(), wished({ name: 'Other' })] }, undefined, /both bill the same/],
    ['a fee without a sum', { lines: [wished({ method: 'FIXED_FEE' })] }, undefined, /needs an amount/],
    ['no value yet', { currency: null, valueMinor: null }, 'USD', undefined],
  ])('with %s', (_, more, card, fault) => {
    const faults = contractFaults({ ...terms, ...more }, card);
    if (fault) expect(faults.join(' ')).toMatch(fault);
    else expect(faults).toEqual([]);
  });
});
