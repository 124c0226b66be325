import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Command, commands, type Real } from '../support/billingCommands.ts';
import { expectedOf, type Model, newModel } from '../support/billingModel.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';
import { choices, seeds } from '../support/seeds.ts';

/** Walks of one seed, each through a contract of its own, and the commands of each. */
const walks = 4;
const length = 45;

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

// More often what takes work on, so that a walk gets somewhere.
const often = ['record', 'submit', 'approve', 'approve', 'draft', 'validate', 'validate', 'post', 'post', 'pay', 'reverse', 'retry', 'again'] as const;
const names: readonly (keyof typeof commands)[] = [...(Object.keys(commands) as (keyof typeof commands)[]), ...often];

/** The same things as the model knows, as the ledger, the papers and the time sheets have them. */
async function found({ firm }: Real) {
  const { sql } = world;
  const entries = await sql`select entry.id, entry.status, entry.posting_status, sale, coalesce(cost, 0)::int as cost, coalesce(minor, 0)::int as minor
    from time.timesheet_entry entry left join lateral (
      select string_agg(status, '+') filter (where kind = 'UNBILLED_SALES') as sale, sum(amount_minor) filter (where kind = 'UNBILLED_SALES') as minor,
        sum(amount_minor) filter (where kind = 'COST') as cost
      from finance.actual where source_id = entry.id and reverses_id is null and reversed_by_id is null) counting on true
    where project_id = ${firm.projectId}`;
  const invoices = await sql`select id, status, subtotal_minor::int as net, paid_minor::int as paid, credited_minor::int as credited from finance.invoice
    where contract_id = ${firm.contractId} and kind = 'INVOICE'`;
  const payments = await sql`select id, status from finance.payment where customer_id = ${firm.customerId}`;
  const [sums] = await sql`select
    (select coalesce(sum(amount_minor), 0)::int from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES'
      and status <> 'BILLED' and reverses_id is null and reversed_by_id is null) as wip,
    (select coalesce(sum(debit_minor - credit_minor), 0)::int from finance.journal_line line join finance.journal_entry entry on entry.id = journal_entry_id
      where account = 'RECEIVABLE' and entry.status = 'POSTED' and entry.legal_entity_id = ${firm.legalEntityId}) as open`;
  return {
    entries: Object.fromEntries(
      entries.map(({ id, status, posting_status, cost, sale, minor }) => [
        id,
        `${status} ${posting_status === 'EXCEPTION' ? 'waits' : 'stands'} ${cost} ${sale ?? 'NONE'} ${minor}`,
      ]),
    ),
    invoices: Object.fromEntries(invoices.map(({ id, status, net, paid, credited }) => [id, `${status} ${net} ${paid} ${credited}`])),
    payments: Object.fromEntries(payments.map(({ id, status }) => [id, status])),
    ...sums,
  };
}

async function walk(seed: number, counts: Map<string, number>): Promise<void> {
  const random = choices(seed);
  const real: Real = { world, firm: await firmAt(world.graph) };
  const model: Model = newModel();
  const steps: string[] = [];
  while (steps.length < length) {
    const name = random.one(names);
    const command: Command = commands[name];
    if (!(await command({ real, model, random }).catch((error: Error) => failed(error, [...steps, name])))) continue;
    steps.push(name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    await world.settle();
    expect(await found(real), `after ${steps.join(', ')}`).toEqual(expectedOf(model));
  }
}

function failed(error: Error, steps: readonly string[]): never {
  throw new Error(`${error.message}\nafter ${steps.join(', ')}`, { cause: error });
}

/** What must hold of the books whatever was done. */
async function books() {
  const [row] = await world.sql`select
    (select coalesce(sum(debit_minor - credit_minor), 0)::int from finance.journal_line) as balance,
    (select count(*)::int from (select kind from finance.invoice where number <> '' group by kind, legal_entity_id having count(*) <> max(number_sequence)) as series) as gaps,
    (select count(*)::int from (select source_id from finance.actual where kind in ('UNBILLED_SALES', 'COST') and reverses_id is null and reversed_by_id is null
      group by source_id, kind having count(*) <> 1) as sources) as doubles,
    (select coalesce(sum(credit_minor - debit_minor), 0)::int from finance.journal_line where account = 'REVENUE')
      - (select coalesce(sum(amount_minor), 0)::int from finance.revenue_event where status = 'RECOGNIZED') as unearned,
    (select count(*)::int from finance.actual where kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null
      and (status in ('ON_INVOICE', 'BILLED')) <> exists (select from finance.invoice where invoice.id = actual.invoice_id and (invoice.status not in ('CANCELLED', 'CREDITED')
        or exists (select from finance.invoice note where note.credits_id = invoice.id and note.concession)))) as astray,
    (select count(*)::int from finance.invoice own where kind = 'INVOICE' and number <> ''
      and (select coalesce(sum(amount_minor), 0) from finance.actual billed join finance.invoice paper on paper.id = billed.invoice_id
        where billed.kind = 'BILLED_SALES' and own.id in (paper.id, paper.credits_id))
      <> (select sum(subtotal_minor) from finance.invoice paper where own.id in (paper.id, paper.credits_id))) as misbilled`;
  return row;
}

// Seeds that failed once stand behind the new one.
test.each(seeds(20260302, 1900718278))('whatever is done in whatever order, ledger, papers and time agree with a pencil (seed %i)', async (seed) => {
  const counts = new Map<string, number>();
  for (let number = 0; number < walks; number += 1) await walk(seed + number, counts);
  expect(await books()).toEqual({ balance: 0, gaps: 0, doubles: 0, unearned: 0, astray: 0, misbilled: 0 });
  await checkHistory(world.sql);
  expect(counts.size).toBeGreaterThanOrEqual(12);
});
