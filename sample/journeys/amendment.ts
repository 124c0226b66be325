import { errors, type Firm, type Money, ref, refs } from './firm.ts';
import type { Narrator } from './narrator.ts';
import type { Deal } from './sales.ts';
import { tellWork } from './work.ts';

type Amendment = { id: string; name: string; status: string; effectiveFrom: string };
type Rerate = { finishedAt: string | null; repriced: number; after: Money };
type Total = { outcome: string; entries: number; before: Money; after: Money };

const amendments = `{ amendments(${refs('indexed')}) { nodes { id name status effectiveFrom } } }`;
const preview =
  'query ($id: ID!) { previewRerate(input: { amendmentId: $id }) { totals { outcome entries before { amount currency } after { amount currency } } } }';
const rerates = 'query ($id: ID!) { rerate(amendmentId: $id) { finishedAt repriced after { amount currency } } }';
const changes = '{ rates: [{ laborCategoryId: $category, rate: { amount: "132.00", currency: "EUR" } }] }';
const creating = `mutation ($contract: ID!, $category: ID!) { createAmendment(input: { idempotencyKey: "demo-amend", contractId: $contract, name: "Indexation 2025", reason: "Agreed in the spring", effectiveFrom: "2025-04-01", externalRefs: [${ref('indexed')}], changes: ${changes} }) { ${errors} } }`;
const moving = (mutation: string, key: string, more = '') =>
  `mutation ($id: ID!) { ${mutation}(input: { idempotencyKey: "${key}", id: $id${more} }) { ${errors} } }`;

/** A contract amendment: the rate changes mid-project, from a day on. */
export async function tellAmendment(told: Narrator, firm: Firm, deal: Deal): Promise<void> {
  told.chapter('5. A contract amendment');
  await tellWork(told, firm, { ...deal, work: { key: 'april', days: ['2025-04-07'] } });
  const read = async () => (await told.rows<Amendment>('amendments', amendments))[0];
  const reached = async (...states: readonly string[]) => {
    const found = await read();
    return found && states.includes(found.status) ? found : undefined;
  };
  await told.step<Amendment>({
    says: 'From April an hour is 132.00: finance drafts it and hands it in.',
    look: () => reached('SUBMITTED', 'ACCEPTED', 'APPLIED'),
    act: async () => {
      if (!(await read())) await told.tell('createAmendment', creating, { contract: deal.contractId, category: firm.laborCategoryId });
      await told.tell('submitAmendment', moving('submitAmendment', 'demo-submit'), { id: (await read())?.id });
    },
    shows: ({ id, name, effectiveFrom }) => `amendment ${name} ${id}, from ${effectiveFrom}`,
  });
  await told.step<Amendment>({
    says: 'Somebody else sees what it would do, and accepts it.',
    look: () => reached('ACCEPTED', 'APPLIED'),
    act: async () => {
      const id = { id: (await read())?.id };
      const { totals } = await told.ask<{ totals: Total[] }>('previewRerate', preview, id);
      for (const { outcome, entries, before, after } of totals)
        told.note(`The preview: ${entries} ${outcome}, ${before.amount} becomes ${after.amount} ${after.currency}.`);
      await told.tellAsOther('acceptAmendment', moving('acceptAmendment', 'demo-accept', ', note: "Signed"'), id);
    },
    shows: ({ id }) => `previewRerate(input: { amendmentId: "${id}" }) { totals { outcome entries } }`,
  });
  await told.step<{ id: string; rerate: Rerate }>({
    says: 'It is applied: work since April is priced anew, and whoever has to know says so.',
    look: async () => {
      const found = await reached('APPLIED');
      const rerate = found && (await told.ask<Rerate | null>('rerate', rerates, { id: found.id }));
      return found && rerate?.finishedAt ? { id: found.id, rerate } : undefined;
    },
    act: async () => {
      const accepted = await reached('ACCEPTED');
      if (accepted) await told.tell('applyAmendment', moving('applyAmendment', 'demo-apply'), { id: accepted.id });
    },
    shows: ({ id, rerate }) => `amendment ${id}: ${rerate.repriced} priced anew, now ${rerate.after.amount} ${rerate.after.currency}`,
  });
}
