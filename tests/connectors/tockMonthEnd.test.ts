import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sumOfHours } from '#kernel/duration.ts';
import type { Json } from '../support/graph.ts';
import { untilTrue } from '../support/program.ts';
import { tinyTock, tockFolder } from '../support/tock.ts';
import { tockTotals } from '../support/tockTotals.ts';
import { tockFolderOf, tockWorld } from '../support/tockWorld.ts';

type World = Awaited<ReturnType<typeof tockWorld>>;

/** The operations that an import printed, in their order. */
const printedIn = (text: string): string[] => [...text.matchAll(/^ {3}((?:mutation|query)?[^\n]*\{.*)$/gm)].map(([, document = '']) => document);
const finance = { role: 'finance' };

/** Pastes what the import printed, one after the other, as a controller would; gives the answers by the field that was asked. */
async function paste(world: World, documents: readonly string[]): Promise<Record<string, Json>> {
  const answers: Record<string, Json> = {};
  for (const document of documents) {
    const ask = () => world.ok(document, { run: answers.runBilling?.billingRun?.id }, finance);
    let data = await ask();
    const again = async (done: (data: Json) => boolean, what: string) =>
      untilTrue(what, async () => {
        data = await ask();
        return done(data);
      });
    if (data.approvedNotPostedSummary) await again((each) => each.approvedNotPostedSummary.entries === 0, 'everything approved is in the ledger');
    if (data.billingRun) await again((each) => each.billingRun.state === 'COMPLETED', 'the run has come to its end');
    const [[field, answer]] = Object.entries(data as Record<string, Json>) as [[string, Json]];
    for (const { userErrors } of [answer, ...(answer.results ?? [])]) if (userErrors) expect(userErrors, field).toEqual([]);
    answers[answer.preview || /dryRun/.test(document) ? `look ${field}` : field] = answer;
  }
  return answers;
}

const totalsOf = `{ billed: actualSummary(groupBy: [], filter: { kinds: [UNBILLED_SALES], statuses: [BILLED] }) { hours }
  cost: actualSummary(groupBy: [], filter: { kinds: [COST] }) { hours }
  approved: timeSummary(groupBy: STATUS, filter: { statuses: [APPROVED, RECALL_REQUESTED] }) { hours }
  billable: timeSummary(groupBy: STATUS, filter: { statuses: [APPROVED, RECALL_REQUESTED], billable: true }) { hours }
  operations { exceptionSummary(groupBy: CODE) { hours } } }`;
const customersOf = `{ customers(first: 250) { nodes { name timeSummary { approvedBillableHours } invoices(first: 0, filter: { statuses: [POSTED] }) { totalCount } receivables { open { amount } } } } }`;

type Sums = { approved: string; billable: string; cost: string; billed: string; excepted: string };
async function sumsOf(world: World): Promise<Sums> {
  const { operations, ...rows } = await world.ok(totalsOf);
  const hours = (each: readonly { hours: string }[]) => sumOfHours(each.map((row) => row.hours));
  const { approved, billable, cost, billed } = rows;
  const sums = { approved: hours(approved), billable: hours(billable), cost: hours(cost), billed: hours(billed), excepted: hours(operations.exceptionSummary) };
  // Nothing approved is in neither place, before as after the repair.
  expect(sumOfHours([sums.cost, sums.excepted])).toBe(sums.approved);
  return sums;
}

const cents = (amounts: readonly string[]): bigint => amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);

/** What holds once everything is billed: hours, and what the customers owe. */
async function checkBilled(world: World, answers: Record<string, Json>): Promise<Sums & { receivables: string; invoices: number }> {
  const sums = await sumsOf(world);
  expect(sumOfHours([sums.billed, sums.excepted])).toBe(sums.billable);
  const { results, succeeded, failed } = answers.postBillingRun;
  expect([succeeded, failed]).toEqual([results.length, 0]);
  const posted = cents(results.map(({ invoice }: Json) => invoice.total.amount));
  const receivable = answers.trialBalance.accounts.find(({ account }: Json) => account === 'RECEIVABLE');
  expect(cents([receivable.balance.amount])).toBe(posted);
  const { nodes } = (await world.ok(customersOf)).customers;
  expect(cents(nodes.flatMap(({ receivables }: Json) => receivables.map(({ open }: Json) => open.amount)))).toBe(posted);
  const billable = nodes.filter(({ timeSummary }: Json) => timeSummary.approvedBillableHours !== '0.00');
  expect(billable.filter(({ invoices }: Json) => invoices.totalCount === 0)).toEqual([]);
  return { ...sums, receivables: receivable.balance.amount, invoices: results.length };
}

describe('what the import prints at its end', () => {
  test('brings a small firm to posted invoices, pasted as it stands', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    const { printed } = await world.import(folder.path);
    const answers = await paste(world, printedIn(printed));
    expect(answers['look nameLaborCategories']).toMatchObject({ entries: 1, exceptions: 1, hours: '7.33', unnamedEntries: 0 });
    expect(answers.billingRun).toMatchObject({ drafted: 1, skipped: 0 });
    // 10.05 h x 69.50, twice; 39.99 h x 80.63; and 7.33 h x 69.50 that lacked a category.
    expect(await checkBilled(world, answers)).toEqual({
      approved: '87.42',
      billable: '67.42',
      cost: '87.42',
      billed: '67.42',
      excepted: '0.00',
      receivables: '5130.79',
      invoices: 1,
    });
    // Imported again, nothing is missing: what stands behind the import begins with the run.
    expect(printedIn((await world.import(folder.path)).printed)[0]).toContain('dryRun: true');
  });

  test('names the customers, where others stand beside them', async () => {
    await using world = await tockWorld();
    await using folder = await tockFolderOf(tinyTock());
    await world.ok('mutation { createCustomer(input: { idempotencyKey: "beside", name: "Beside" }) { userErrors { message } } }');
    const { printed } = await world.import(folder.path);
    expect(printedIn(printed)[0]).toMatch(/rules: \[\{ customerIds: \["[0-9a-f-]{36}", "[0-9a-f-]{36}"\], inherited: true \}/);
    expect(printed).toContain('Next, to bill it (paste into GraphiQL');
  });
});

describe.skipIf(!existsSync(tockFolder))('the real firm (when its data is there)', () => {
  test('is billed by what its import printed: hours billed and hours excepted are hours approved, and receivables are what was posted', async () => {
    await using world = await tockWorld();
    const { printed, figures } = await world.import(tockFolder);
    expect(figures).toEqual(await tockTotals(tockFolder));
    const before = await sumsOf(world);
    const answers = await paste(world, printedIn(printed));
    const look = answers['look nameLaborCategories'];
    expect(look).toMatchObject({ entries: 3329, exceptions: 3329, unnamedEntries: 0, hours: before.excepted });
    expect(answers.nameLaborCategories).toMatchObject({ entries: 3329, hours: look.hours });
    const ahead = answers['look runBilling'].preview;
    const after = await checkBilled(world, answers);
    expect(ahead.totals).toMatchObject([{ invoices: after.invoices, gross: { amount: after.receivables } }]);
    expect(after).toMatchObject({ approved: before.approved, excepted: '0.00' });
    process.stdout.write(
      `Tock: ${after.approved} hours approved, ${after.billable} of them billable; before the repair ${before.excepted} in exceptions (${look.exceptions}); billed ${after.billed} + excepted ${after.excepted}; ${after.invoices} invoices posted, receivables USD ${after.receivables}\n`,
    );
  });
});
