import { describe, expect, test } from 'vitest';
import { addContractVersion, contractAction, createContract, updateContract, upsertContracts } from '#engagements/contract/commands.ts';
import type { LoadedContracts } from '#engagements/contract/load.ts';
import type { ContractRow } from '#engagements/tables.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';
import { agreedVersion, contractRow, customerRow, engagementRow, projectRow, siblingsOf } from '../support/engagementsRows.ts';

const context = contextOf();
const psa = (externalId: string) => ({ system: 'psa', externalId });
const time = { name: 'Time', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] } as const;
const fee = { name: 'Fee', method: 'FIXED_FEE', kinds: ['FEE'], amount: { amount: '100', currency: 'EUR' } } as const;
const line = { id: id(11), termsId: id(12), name: 'Time' };
const legal = { legalEntityId: id(5) };

/** The contract 4 with one version, that bills time by the line 11; its project is 6. */
function loaded(more: Partial<ContractRow> = {}, rest: Partial<LoadedContracts> = {}): LoadedContracts {
  const own = contractRow({ id: id(4), ...more });
  return {
    rows: new Map([[own.id, own]]),
    byRef: new Map([['psa 4', own.id]]),
    engagements: new Map([
      [id(3), engagementRow({ id: id(3) })],
      [id(33), engagementRow({ id: id(33), status: 'CLOSED' })],
    ]),
    customers: new Map([[id(2), customerRow({ id: id(2), currency: 'EUR', legalEntityId: id(5) })]]),
    siblings: siblingsOf(id(5), id(8)),
    projects: new Map([
      [id(6), projectRow({ id: id(6) })],
      [id(66), projectRow({ id: id(66), engagementId: id(33) })],
    ]),
    billedLines: new Map(),
    versions: new Map([[own.id, [agreedVersion({ lines: [line] })]]]),
    lines: new Map([[own.id, [{ ...stamp, id: id(11), contractId: own.id, customerId: id(2), name: 'Time' }]]]),
    begun: new Map(),
    amendments: new Map(),
    written: new Set(),
    ...rest,
  };
}

const stated = (version: number, fact = 'ContractUpdated') => [`> Contract v${version}`, `+ ${fact}`];
const made = ['new Contract DRAFT v1', 'new ContractVersion v1'];
const madeTime = [...made, 'new ContractLine v1', 'new ContractLineTerms v1'];

describe('a contract', () => {
  test.each([
    ['is drafted without content', {}, [...made, ...stated(1)]],
    ['is drafted with lines', { lines: [time] }, [...madeTime, ...stated(1)]],
    [
      'is drafted with the rates of a line',
      { lines: [{ ...time, rates: [{ rate: { amount: '90', currency: 'EUR' } }] }] },
      [...madeTime, 'new ContractRate v1', ...stated(1)],
    ],
    ['is that of an engagement', { engagementId: id(99) }, 'NOT_FOUND engagementId'],
    ['does not begin in a closed engagement', { engagementId: id(33) }, 'GUARD_REFUSED engagementOpen'],
    ['needs a day to start on', { startDate: null }, 'VALIDATION_FAILED startDate'],
    ['is with a legal entity that is there', { legalEntityId: id(99) }, 'NOT_FOUND legalEntityId'],
    ['bills projects of its engagement', { lines: [{ ...time, projectIds: [id(66)] }] }, 'NOT_FOUND lines.projectIds'],
    ['has rates of those who are there', { rates: [{ employeeId: id(99), rate: { amount: '90', currency: 'EUR' } }] }, 'NOT_FOUND rates.employeeId'],
    ['is paid within a year', { paymentTermDays: 366 }, 'VALIDATION_FAILED paymentTermDays'],
    ['ends after it starts', { endDate: '2025-12-31' }, 'VALIDATION_FAILED endDate'],
  ])('%s', (_, more, then) => {
    const input = { engagementId: id(3), name: 'C', startDate: '2026-01-01', ...more };
    expect(outcomeOf(() => createContract.decide(loaded(), input as never, context))).toEqual(then);
  });

  test('takes currency and legal entity of its customer', () => {
    const input = { engagementId: id(3), name: 'C', startDate: '2026-01-01' };
    expect(writtenBy(createContract.decide(loaded(), input, context))[0]).toMatchObject({ currency: 'EUR', legalEntityId: id(5), customerId: id(2) });
    const poor = { customers: new Map([[id(2), customerRow({ id: id(2) })]]) };
    expect(outcomeOf(() => createContract.decide(loaded({}, poor), input, context))).toBe('VALIDATION_FAILED currency');
  });

  const draft = ['Contract DRAFT v2'];
  test.each([
    ['changes while it is DRAFT', {}, { name: 'Other' }, {}, [...draft, ...stated(2)]],
    ['keeps its version without a change', {}, { name: 'Contract' }, {}, []],
    ['moves on when only its terms change', {}, { paymentTermDays: 14 }, {}, [...draft, 'ContractVersion v2', ...stated(2)]],
    ['keeps a line that says the same', {}, { lines: [time] }, {}, []],
    ['changes a line in its place', {}, { lines: [{ ...time, kinds: ['TIME', 'EXPENSE'] }] }, {}, [...draft, 'ContractLineTerms v2', ...stated(2)]],
    ['takes a line away', {}, { lines: [] }, {}, [...draft, '- ContractLineTerms', '- ContractLine', ...stated(2)]],
    ['keeps a line that a milestone needs', {}, { lines: [] }, { billedLines: new Map([[id(11), false]]) }, 'GUARD_REFUSED lineHasMilestones'],
    ['adds a line', {}, { lines: [time, fee] }, {}, [...draft, 'new ContractLine v1', 'new ContractLineTerms v1', ...stated(2)]],
    ['starts on another day, and its version with it', {}, { startDate: '2026-02-01' }, {}, [...draft, 'ContractVersion v2', ...stated(2)]],
    ['gives its projects its legal entity', {}, legal, {}, [...draft, ...stated(2), '> every Project: legalEntityId']],
    ['stays in its engagement', {}, { engagementId: id(33) }, {}, 'VALIDATION_FAILED engagementId'],
    ['does not change once it is CONFIRMED', { status: 'CONFIRMED' }, { name: 'Other' }, {}, 'GUARD_REFUSED contentFrozen'],
    ['does not change its lines once it is CONFIRMED', { status: 'CONFIRMED' }, { lines: [] }, {}, 'GUARD_REFUSED contentFrozen'],
    ['changes its notes at any time', { status: 'CLOSED' }, { internalNotes: 'x' }, {}, ['Contract CLOSED v2', ...stated(2)]],
    ['is changed by who saw it last', {}, { expectedVersion: 3 }, {}, 'STALE_VERSION expectedVersion'],
  ] as const)('%s', (_, given, input, rest, then) => {
    expect(outcomeOf(() => updateContract.decide(loaded(given, rest), { id: id(4), ...input } as never, context))).toEqual(then);
  });

  const moved = (status: string, fact?: string) => [`Contract ${status} v2`, ...stated(2, fact)];
  test.each([
    ['submit', legal, {}, moved('IN_REVIEW')],
    ['submit', {}, {}, 'GUARD_REFUSED legalEntityKnown'],
    ['submit', { ...legal, currency: 'USD' }, {}, 'GUARD_REFUSED oneCurrency'],
    ['submit', legal, { customers: new Map() }, 'GUARD_REFUSED customerKnown'],
    ['confirm', { ...legal, status: 'IN_REVIEW' }, {}, moved('CONFIRMED', 'ContractConfirmed')],
    ['confirm', legal, {}, 'INVALID_TRANSITION status'],
    ['suspend', { status: 'CONFIRMED' }, {}, moved('SUSPENDED')],
    ['resume', { status: 'SUSPENDED' }, {}, moved('CONFIRMED')],
    ['complete', { status: 'CONFIRMED' }, {}, moved('COMPLETED')],
    ['close', { status: 'COMPLETED' }, {}, moved('CLOSED', 'ContractClosed')],
    ['lose', {}, {}, moved('LOST', 'ContractClosed')],
  ] as const)('%s of %o', (action, given, rest, then) => {
    expect(outcomeOf(() => contractAction(action).decide(loaded(given, rest), { id: id(4) }, context))).toEqual(then);
  });

  test('tells of its newest version', () => {
    expect(statedBy(contractAction('suspend').decide(loaded({ status: 'CONFIRMED' }), { id: id(4) }, context))).toMatchObject([
      { contractId: id(4), status: 'SUSPENDED', versionNumber: 1, effectiveFrom: '2026-01-01', endDate: null },
    ]);
  });
});

describe('a later version', () => {
  const confirmed = { ...legal, status: 'CONFIRMED' } as const;
  const added = (...content: string[]) => ['Contract CONFIRMED v2', 'ContractVersion v2', 'new ContractVersion v1', ...content, ...stated(2)];
  test.each([
    ['keeps what it does not say', confirmed, {}, {}, added('new ContractLineTerms v1')],
    ['brings lines of its own', confirmed, { lines: [time, fee] }, {}, added('new ContractLineTerms v1', 'new ContractLine v1', 'new ContractLineTerms v1')],
    ['lets a line go', confirmed, { lines: [] }, {}, added()],
    ['keeps a line that is yet to be billed', confirmed, { lines: [] }, { billedLines: new Map([[id(11), true]]) }, 'GUARD_REFUSED lineHasMilestones'],
    ['lets a line go that is billed already', confirmed, { lines: [] }, { billedLines: new Map([[id(11), false]]) }, added()],
    ['begins on the first day or after it', confirmed, { effectiveFrom: '2025-12-31' }, {}, 'GUARD_REFUSED versionsInOrder'],
    ['is for a contract in force', legal, {}, {}, 'INVALID_TRANSITION status'],
    ['does not end before it begins', confirmed, { endDate: '2026-02-28' }, {}, 'VALIDATION_FAILED endDate'],
  ] as const)('%s', (_, given, more, rest, then) => {
    const input = { id: id(4), effectiveFrom: '2026-03-01', ...more };
    expect(outcomeOf(() => addContractVersion.decide(loaded(given, rest), input as never, context))).toEqual(then);
  });

  test('ends the one before on the day before, and is what the fact is about', () => {
    const decision = addContractVersion.decide(loaded(confirmed), { id: id(4), effectiveFrom: '2026-03-01', reason: ' More work ' }, context);
    expect(writtenBy(decision).slice(1, 3)).toMatchObject([
      { number: 1, effectiveTo: '2026-02-28' },
      { number: 2, effectiveFrom: '2026-03-01', effectiveTo: null, reason: 'More work' },
    ]);
    expect(statedBy(decision)).toMatchObject([{ versionNumber: 2, effectiveFrom: '2026-03-01' }]);
  });
});

describe('an upsert of contracts', () => {
  const input = { engagementId: id(3), name: 'Contract', startDate: '2026-01-01' };
  test.each([
    ['drafts', {}, { externalRef: psa('7') }, [...made, ...stated(1), '= Contract psa 7']],
    [
      'confirms, each state a version',
      {},
      { externalRef: psa('7'), lines: [time], confirm: true },
      [...madeTime, ...stated(1), '= Contract psa 7', 'Contract IN_REVIEW v2', ...stated(2), 'Contract CONFIRMED v3', ...stated(3, 'ContractConfirmed')],
    ],
    ['leaves alone what says the same', {}, { externalRef: psa('4') }, ['= Contract psa 4']],
    [
      'confirms what was drafted',
      legal,
      { externalRef: psa('4'), confirm: true },
      ['= Contract psa 4', 'Contract IN_REVIEW v2', ...stated(2), 'Contract CONFIRMED v3', ...stated(3, 'ContractConfirmed')],
    ],
    ['does not confirm twice', { ...legal, status: 'CONFIRMED' }, { externalRef: psa('4'), confirm: true }, ['= Contract psa 4']],
    ['refuses the whole item where it cannot be confirmed', {}, { externalRef: psa('4'), confirm: true }, 'GUARD_REFUSED legalEntityKnown'],
  ] as const)('%s', (_, given, item, then) => {
    expect(outcomeOf(() => upsertContracts.decide(loaded(given), { ...input, ...item } as never, context))).toEqual(then);
  });

  test('takes one item on a contract a call, by whatever reference', () => {
    const given = loaded();
    given.byRef.set('psa also', id(4));
    const item = { ...input, externalRef: psa('4'), name: 'Other' };
    upsertContracts.absorb?.(given, upsertContracts.decide(given, item, context), item);
    expect(outcomeOf(() => upsertContracts.decide(given, { ...item, externalRef: psa('also') }, context))).toBe('VALIDATION_FAILED externalRef');
  });
});
