import { z } from 'zod';
import { Refused } from '#kernel/errors.ts';
import { isMap } from '../params.ts';
import type { Change } from './confirmation.ts';
import { type Answer, type Desk, type ToldError, toldError } from './desk.ts';
import { changeOf, exceptions, exceptionsById, type Question, rerateProposals } from './questions.ts';
import { answered, id, type Told, type Tool, told, toolOf } from './tool.ts';

type Mutation = Parameters<typeof changeOf>[0];

/** Things that one repair takes: each has to be looked at by a person. */
const itemLimit = 10;

/** What is repaired, and how: `needs` of the arguments beside items; `action`, what has to be possible in the state that the thing is in. */
type Repair = { mutation: Mutation; of: 'exceptions' | 'rerateProposal'; most: number; needs: readonly ('owner' | 'reason')[]; action?: string; does: string };

const names = ['RETRY_EXCEPTIONS', 'ASSIGN_EXCEPTION', 'DISMISS_EXCEPTION', 'ACCEPT_RERATE_PROPOSAL', 'DISMISS_RERATE_PROPOSAL'] as const;
type RepairName = (typeof names)[number];

const repairs: Readonly<Record<RepairName, Repair>> = {
  RETRY_EXCEPTIONS: {
    mutation: 'retryExceptions',
    of: 'exceptions',
    most: itemLimit,
    needs: [],
    action: 'retryException',
    does: 'tries again what these exceptions stopped, once its cause is mended',
  },
  ASSIGN_EXCEPTION: { mutation: 'assignException', of: 'exceptions', most: 1, needs: ['owner'], does: 'says who has to act on an exception' },
  DISMISS_EXCEPTION: {
    mutation: 'dismissException',
    of: 'exceptions',
    most: 1,
    needs: ['reason'],
    action: 'dismissException',
    does: 'gives up what the exception stopped, for a reason',
  },
  ACCEPT_RERATE_PROPOSAL: {
    mutation: 'acceptRerateProposal',
    of: 'rerateProposal',
    most: 1,
    needs: [],
    action: 'acceptRerateProposal',
    does: 'credits what was invoiced at the old price and bills it anew',
  },
  DISMISS_RERATE_PROPOSAL: {
    mutation: 'dismissRerateProposal',
    of: 'rerateProposal',
    most: 1,
    needs: ['reason'],
    action: 'dismissRerateProposal',
    does: 'leaves invoices as they are, for a reason',
  },
};

const words = {
  repair: z.enum(names).describe(`${names.map((each) => `${each} ${repairs[each].does}`).join('; ')}.`),
  owner: z.string().min(1).max(255).optional().describe('With ASSIGN_EXCEPTION: who has to act.'),
  reason: z.string().min(1).max(1_000).optional().describe('With DISMISS_…: why, for those who read it later.'),
};
const item = z.strictObject({ id, version: z.int().describe('As it was previewed.') });
const confirming = z.strictObject({
  ...words,
  items: z.array(item).min(1).max(itemLimit),
  confirmation: z.string().max(200).describe('What propose_repair gave for exactly these arguments.'),
});

type Wanted = { repair: RepairName; owner?: string | undefined; reason?: string | undefined; items: readonly z.output<typeof item>[] };

const questionOf = ({ of }: Repair): Question => (of === 'exceptions' ? exceptionsById : rerateProposals);

/** Who may see what is repaired, and may call the mutation. */
function mayRepair(desk: Desk, repair: Repair): boolean {
  return desk.offers(changeOf(repair.mutation)) && desk.offers(repair.of === 'exceptions' ? exceptions : rerateProposals);
}

function demandRepair(desk: Desk, { repair: name, owner, reason, items }: Wanted): Repair {
  const repair = repairs[name];
  if (!mayRepair(desk, repair)) throw new Refused('FORBIDDEN', `${name} needs a permission that this token does not hold.`, { field: 'repair' });
  if (new Set(items.map((each) => each.id)).size > repair.most || items.length > repair.most)
    throw new Refused('VALIDATION_FAILED', `${name} takes ${repair.most} at a time at most.`, { field: 'ids' });
  for (const [field, given] of [
    ['owner', owner],
    ['reason', reason],
  ] as const)
    if (repair.needs.includes(field) !== (given !== undefined))
      throw new Refused('VALIDATION_FAILED', `${name} ${repair.needs.includes(field) ? 'needs' : 'takes no'} ${field}.`, { field });
  return repair;
}

/** The mutation as it would run: on what was seen, in the version that was seen. */
function changeFor({ mutation }: Repair, { items, owner, reason }: Wanted): Change {
  const versioned = items.map((each) => ({ id: each.id, expectedVersion: each.version }));
  if (mutation === 'retryExceptions') return { mutation, input: { items: versioned } };
  return { mutation, input: { ...versioned[0], ...(owner === undefined ? {} : { owner }), ...(reason === undefined ? {} : { reason }) } };
}

/** What is to be repaired, as it is now. */
async function presentOf(desk: Desk, repair: Repair, ids: readonly string[]): Promise<{ answer: Answer; things: Record<string, unknown>[] }> {
  const variables = repair.of === 'exceptions' ? { ids } : { id: ids[0] };
  const answer = await desk.ask({ text: questionOf(repair).text, variables });
  const found = [repair.of === 'exceptions' ? answer.data.nodes : answer.data.rerateProposal].flat();
  const things = found.filter((each): each is Record<string, unknown> => isMap(each) && typeof each.version === 'number');
  if (things.length < ids.length) throw new Refused('NOT_FOUND', 'Not all of these are there, or you may not know of them.', { field: 'ids' });
  return { answer, things };
}

/** Refuses what the state of a thing does not allow: a confirmation of it would be refused as well. */
function demandPossible({ action }: Repair, things: readonly Record<string, unknown>[]): void {
  if (action === undefined) return;
  for (const { id: of, status, availableActions } of things) {
    const found = [availableActions].flat().find((each) => isMap(each) && each.mutation === action);
    const against = isMap(found) && Array.isArray(found.refusals) ? found.refusals : [];
    if (!found) throw new Refused('INVALID_TRANSITION', `${action} is not possible on ${String(of)}, which is ${String(status)}.`, { field: 'ids' });
    if (against.length > 0) throw new Refused('GUARD_REFUSED', `${action} is refused on ${String(of)}: ${against.join('; ')}.`, { field: 'ids' });
  }
}

const proposeRepair = toolOf({
  name: 'propose_repair',
  title: 'Propose a repair',
  description:
    'Shows what a repair would be done to, as it is now, and changes nothing. It answers the arguments for confirm_repair, good for five minutes. Show them to the person you work for before you confirm.',
  input: z.strictObject({ ...words, ids: z.array(id).min(1).max(itemLimit).describe('What is repaired: exceptions, or one rerate proposal.') }),
  output: z.object({
    preview: z.array(z.record(z.string(), z.unknown())).describe('What is repaired, as it is now.'),
    does: z.string(),
    confirm: confirming.describe('Send this to confirm_repair as it is.'),
    expiresAt: z.string(),
  }),
  isOffered: (desk) => names.some((name) => mayRepair(desk, repairs[name])),
  run: async (desk, { ids, ...given }) => {
    const unique = [...new Set(ids)];
    const repair = demandRepair(desk, { ...given, items: unique.map((each) => ({ id: each, version: 0 })) });
    const { things } = await presentOf(desk, repair, unique);
    demandPossible(repair, things);
    const wanted = { ...given, items: things.map((each) => ({ id: String(each.id), version: Number(each.version) })) };
    const { confirmation, expiresAt } = desk.confirmations.give(desk.actor, changeFor(repair, wanted));
    return {
      says: `Nothing has changed yet. ${given.repair} ${repair.does}; confirm_repair does it.`,
      structured: { preview: things, does: repair.does, confirm: { ...wanted, confirmation }, expiresAt },
    };
  },
});

/** What a mutation refused, its items' refusals among it. */
function refusedIn(payload: unknown): ToldError[] {
  if (!isMap(payload)) return [];
  const { userErrors, results } = payload;
  const own = Array.isArray(userErrors) ? userErrors.map((each) => toldError(isMap(each) ? { message: each.message, extensions: each } : undefined)) : [];
  return [...own, ...(Array.isArray(results) ? results.flatMap(refusedIn) : [])];
}

const confirmRepair = toolOf({
  name: 'confirm_repair',
  title: 'Carry out a repair',
  description:
    'Carries out what propose_repair showed, once: sent again it answers the same and does nothing more. It changes the books of the firm, so a person should have agreed.',
  changes: true,
  input: confirming,
  output: answered.extend({ replayed: z.boolean().describe('True when it had been done before.') }),
  isOffered: proposeRepair.isOffered,
  run: async (desk, { confirmation, ...wanted }): Promise<Told> => {
    const repair = demandRepair(desk, wanted);
    const change = changeFor(repair, wanted);
    const idempotencyKey = desk.confirmations.demand(confirmation, desk.actor, change);
    const { text } = changeOf(repair.mutation);
    const answer = await desk.change({ text, variables: { input: { ...change.input, idempotencyKey } }, tool: 'confirm_repair' });
    const payload = answer.data[repair.mutation];
    const errors = [...answer.errors, ...refusedIn(payload)];
    const replayed = isMap(payload) && payload.replayed === true;
    const { says, structured, refusals } = told(errors.length > 0 ? 'Not all of it was done: see errors.' : 'Done.', { data: answer.data, errors });
    return { says: replayed ? `It had been done before. ${says}` : says, structured: { ...structured, replayed }, refusals: refusals ?? [] };
  },
});

export const repairTools: readonly Tool[] = [proposeRepair, confirmRepair];
