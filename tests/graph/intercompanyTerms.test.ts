import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { publishedCard, type World } from '../support/books.ts';
import { type Lending, lendingFirm, setTerms } from '../support/lending.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
let f: Lending;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
  f = await lendingFirm(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const item = (more: object = {}) => ({
  lenderId: f.lenderId,
  borrowerId: f.borrowerId,
  effectiveFrom: '2026-01-01',
  method: 'COST_PLUS',
  markUpPercent: '25',
  ...more,
});
const setting =
  'mutation ($input: SetIntercompanyTermsInput!) { setIntercompanyTerms(input: $input) { results { intercompanyTerms { id version } userErrors { code field } } succeeded userErrors { code } replayed } }';
const listing = `query ($filter: IntercompanyTermsFilter, $first: Int, $after: Cursor) { intercompanyTerms(filter: $filter, first: $first, after: $after, orderBy: { field: EFFECTIVE_FROM, direction: ASC }) {
  nodes { version effectiveFrom method markUpPercent expenseMarkUpPercent rateCard { kind } lender { id } borrower { id } } totalCount pageInfo { endCursor hasNextPage } } }`;

describe('terms between legal entities', () => {
  test('are set by pair and day, corrected by the same, and keep their version when nothing changes', async () => {
    const first = await setTerms(world, item());
    expect(first).toMatchObject({ intercompanyTerms: { version: 1 }, userErrors: [] });
    expect(await setTerms(world, item())).toEqual(first);
    expect(await setTerms(world, item({ markUpPercent: '30' }))).toMatchObject({ intercompanyTerms: { id: first.intercompanyTerms.id, version: 2 } });
    const next = await setTerms(world, item({ effectiveFrom: '2026-02-01', expenseMarkUpPercent: '2.5' }));
    expect(next.intercompanyTerms.id).not.toBe(first.intercompanyTerms.id);
    const stated = (await world.facts()).filter((type) => type === 'IntercompanyTermsSet');
    expect(stated).toHaveLength(3);
    const { intercompanyTerms } = await world.ok(listing, { variables: { filter: { lenderIds: [f.lenderId] } } });
    expect(intercompanyTerms.nodes).toMatchObject([
      {
        version: 2,
        effectiveFrom: '2026-01-01',
        method: 'COST_PLUS',
        markUpPercent: '30.00',
        expenseMarkUpPercent: '0.00',
        rateCard: null,
        lender: { id: f.lenderId },
      },
      { version: 1, effectiveFrom: '2026-02-01', markUpPercent: '25.00', expenseMarkUpPercent: '2.50', borrower: { id: f.borrowerId } },
    ]);
  });

  test('are set once per key', async () => {
    const input = { idempotencyKey: newId(), items: [item({ effectiveFrom: '2026-03-01' })] };
    const one = (await world.ok(setting, { variables: { input } })).setIntercompanyTerms;
    const again = (await world.ok(setting, { variables: { input } })).setIntercompanyTerms;
    expect(again).toEqual({ ...one, replayed: true });
  });

  test('are paged', async () => {
    const variables = { filter: { lenderIds: [f.lenderId], borrowerIds: [f.borrowerId], methods: ['COST_PLUS'] }, first: 2 };
    const { intercompanyTerms: one } = await world.ok(listing, { variables });
    const { intercompanyTerms: two } = await world.ok(listing, { variables: { ...variables, after: one.pageInfo.endCursor } });
    expect([one.nodes.length, one.totalCount, one.pageInfo.hasNextPage, two.nodes.length, two.pageInfo.hasNextPage]).toEqual([2, 3, true, 1, false]);
  });

  test.each([
    ['a lender who is none', () => ({ lenderId: newId() }), 'NOT_FOUND', 'lenderId'],
    ['a borrower who is none', () => ({ borrowerId: newId() }), 'NOT_FOUND', 'borrowerId'],
    ['a lender that is no id', () => ({ lenderId: 'nobody' }), 'NOT_FOUND', 'lenderId'],
    ['somebody who lends to itself', () => ({ borrowerId: f.lenderId }), 'VALIDATION_FAILED', 'borrowerId'],
    ['a mark-up below zero', () => ({ markUpPercent: '-1' }), 'VALIDATION_FAILED', 'markUpPercent'],
    ['a mark-up above 1000 per cent', () => ({ markUpPercent: '1000.01' }), 'VALIDATION_FAILED', 'markUpPercent'],
    ['a mark-up with three fraction digits', () => ({ expenseMarkUpPercent: '1.005' }), 'VALIDATION_FAILED', 'expenseMarkUpPercent'],
    ['a mark-up of a rate card', () => ({ method: 'RATE_CARD' }), 'VALIDATION_FAILED', 'markUpPercent'],
    ['a mark-up of nothing', () => ({ method: 'NONE', markUpPercent: null, expenseMarkUpPercent: '5' }), 'VALIDATION_FAILED', 'expenseMarkUpPercent'],
    ['no rate card where one is needed', () => ({ method: 'RATE_CARD', markUpPercent: null }), 'VALIDATION_FAILED', 'rateCardId'],
    ['a rate card that is none', () => ({ method: 'RATE_CARD', markUpPercent: null, rateCardId: newId() }), 'NOT_FOUND', 'rateCardId'],
    ['a rate card where none is needed', () => ({ rateCardId: newId() }), 'VALIDATION_FAILED', 'rateCardId'],
  ])('are refused: %s', async (_, more, code, field) => {
    expect(await setTerms(world, item(more()))).toMatchObject({ userErrors: [{ code, field }] });
  });

  test('take a TRANSFER card of the lender in its own currency, and no other', async () => {
    const lines = [{ laborCategoryId: f.senior, rate: '65.00' }];
    const card = async (more: object) =>
      (await publishedCard(world, { kind: 'TRANSFER', scope: 'NAMED', currency: 'GBP', legalEntityId: f.lenderId, lines, ...more })).cardId;
    const by = (rateCardId: string) => setTerms(world, item({ effectiveFrom: '2026-04-01', method: 'RATE_CARD', markUpPercent: null, rateCardId }));
    for (const wrong of [{ kind: 'SALES' }, { currency: 'EUR' }, { legalEntityId: f.borrowerId }])
      expect(await by(await card(wrong))).toMatchObject({ userErrors: [{ code: 'VALIDATION_FAILED', field: 'rateCardId' }] });
    expect(await by(await card({}))).toMatchObject({ userErrors: [] });
    const { intercompanyTerms } = await world.ok(listing, { variables: { filter: { methods: ['RATE_CARD'] } } });
    expect(intercompanyTerms.nodes).toMatchObject([{ rateCard: { kind: 'TRANSFER' } }]);
    await expect(card({ scope: 'STANDARD' })).rejects.toThrow('A TRANSFER card is NAMED by the terms');
    await expect(card({ legalEntityId: undefined })).rejects.toThrow('A TRANSFER card is NAMED by the terms');
  });

  test('are seen by both sides and by nobody else, and set by the whole firm', async () => {
    const stranger = await lendingFirm(world);
    const count = async (actor: object): Promise<number | undefined> => {
      const { data } = await world.run(listing, { variables: { filter: { lenderIds: [f.lenderId] } }, actor: { ...allowed, ...actor } });
      return (data as never as { intercompanyTerms: { nodes: unknown[] } | null } | null)?.intercompanyTerms?.nodes.length;
    };
    const all = await count({});
    expect(all).toBeGreaterThan(3);
    expect(await count({ legalEntityIds: [f.lenderId] })).toBe(all);
    expect(await count({ legalEntityIds: [f.borrowerId] })).toBe(all);
    expect(await count({ legalEntityIds: [stranger.lenderId] })).toBe(0);
    expect(await count({ customerIds: [f.customerId] })).toBe(0);
    expect(await count({ permissions: ['rate:read'] })).toBeUndefined();
    expect((await count({ ...portalOf(f.customerId), permissions: ['*'] })) ?? 0).toBe(0);
    const call = async (actor: object) =>
      (await world.ok(setting, { variables: { input: { idempotencyKey: newId(), items: [item()] } }, actor: { ...allowed, ...actor } })).setIntercompanyTerms;
    expect(await call({ permissions: ['rate:write'] })).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    expect((await call({ legalEntityIds: [f.lenderId, f.borrowerId] })).results).toMatchObject([{ userErrors: [{ code: 'FORBIDDEN' }] }]);
  });

  test('cards of transfer prices are behind cost:read, and no client sees them', async () => {
    const text = 'query { rateCards(filter: { kinds: [TRANSFER] }) { nodes { id } } }';
    const seen = async (actor: object) => ((await world.ok(text, { actor: { ...allowed, ...actor } })).rateCards.nodes as unknown[]).length;
    expect(await seen({})).toBeGreaterThan(0);
    expect(await seen({ permissions: ['rate:read'] })).toBe(0);
    expect(await seen({ ...portalOf(f.customerId), permissions: ['*'] })).toBe(0);
  });
});
