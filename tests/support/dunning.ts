import { serviceActor } from '#kernel/actor.ts';
import { dunning } from '#processes/dunning.ts';
import { type Firm, firmAt } from './firmAt.ts';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';

const fields = `id number status open { amount } dunning { level dunnedOn nextLevelOn hold { endDate reason } }
  dunningNotices { id level name feeText dunnedOn open { amount } status }`;

/** An invoice of one day's work, posted on 2026-03-31 and due on 2026-04-30. */
export async function postedInvoice(world: FlowWorld, firm: Firm, day = '2026-03-10'): Promise<string> {
  await firm.approved([day]);
  await world.settle();
  const wish = { cutOffDate: '2026-03-31', contractIds: [firm.contractId], invoiceDate: '2026-03-31' };
  const { results } = await world.graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { message } }' });
  const id: string = results[0].invoice.id;
  for (const action of ['validateInvoice', 'postInvoice']) await world.graph.done(action, { id });
  return id;
}

/** What whoever reminds does and sees: turns by hand on any day, and the invoice as it stands. */
export function dunningIn(world: FlowWorld) {
  const { graph, sql } = world;
  const overdue = async () => {
    const firm = await firmAt(graph);
    return { firm, id: await postedInvoice(world, firm) };
  };
  /** All turns of a day, up to the one that finds nothing; gives how many invoices they changed. */
  const turns = async (day: string): Promise<number> => {
    let changed = 0;
    for (let some = await turn(day); some > 0; some = await turn(day)) changed += some;
    return changed;
  };
  const turn = (day: string, then = (changed: number) => changed) =>
    world.db.transaction(async (tx) => {
      const now = new Date(`${day}T08:00:00Z`);
      return then(await dunning.run({ tx, actor: serviceActor(dunning.name), trace: { correlationId: dunning.name }, now }));
    });
  /** A turn that does all of its work and dies before it is committed. */
  const broken = (day: string) =>
    turn(day, () => {
      throw new Error('gone');
    });
  const read = async (id: string): Promise<Json> => (await graph.ok(`query ($id: ID!) { invoice(id: $id) { ${fields} } }`, { id })).invoice;
  const facts = async (id: string): Promise<string[]> => {
    await world.sequence();
    const rows =
      await sql`select type, payload->>'level' as level from log.fact where subject_id = ${id} and type ~ '^(InvoiceOverdue|InvoiceDunned|Dunning)' order by position`;
    return rows.map(({ type, level }) => (level ? `${type} ${level}` : String(type)));
  };
  const pay = async (firm: Firm, id: string, amount: string) => {
    const { customerId, legalEntityId } = firm;
    const money = { amount, currency: 'EUR' };
    const payment = await graph.made('recordPayment', 'payment', { customerId, legalEntityId, amount: money, receivedOn: '2026-05-08' });
    await graph.done('applyPayment', { id: payment, applications: [{ invoiceId: id, amount: money }], appliedOn: '2026-05-08' });
    return payment;
  };
  return { overdue, turns, broken, read, facts, pay };
}
