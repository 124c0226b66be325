import type { AcknowledgeAmendmentInput } from '#generated/engagements.ts';
import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { demandOwnReference } from '#kernel/ownership.ts';
import type { Referred } from '#kernel/referred.ts';
import { demandNamed, lockTargets, ownedBy } from '../locked.ts';
import { type AmendmentReceiptRow, type AmendmentRow, amendment, amendmentReceipt } from '../tables.ts';
import { receiptsOf } from './load.ts';

type Loaded = Referred<AmendmentRow> & { receipts: ReadonlyMap<string, readonly AmendmentReceiptRow[]> };

/** Notes that a system knows of an applied amendment. Whoever says so again changes nothing. */
export const acknowledgeAmendment: Command<AcknowledgeAmendmentInput, Loaded> = {
  entities: [amendmentReceipt],
  // Each system tells of itself, whoever owns the amendment.
  consequences: [amendmentReceipt],
  may: 'contract:acknowledge',
  load: async (scope, items) => {
    const ids = items.map(({ id }) => id.toLowerCase());
    const locked = await lockTargets(scope, amendment, { ids });
    return { ...locked, receipts: await receiptsOf(scope, [...locked.rows.keys()]) };
  },
  decide: (loaded, { id, system: given, note: said }, context) => {
    const { actor, now } = context;
    const row = demandNamed(loaded, { entity: 'Amendment', id }, ownedBy(actor));
    const [system, note] = [checkText('system', given), said ? checkLines('note', said, 1000) : null];
    demandOwnReference(actor, system);
    if (row.status !== 'APPLIED')
      throw new Refused('INVALID_TRANSITION', `Amendment is ${row.status}; it is acknowledged once it is APPLIED.`, { field: 'status' });
    const before = loaded.receipts.get(row.id)?.find((each) => each.system === system);
    if (before?.kind === 'PROCESS' && actor.kind !== 'SERVICE')
      throw new Refused('VALIDATION_FAILED', `${system} is Accord's own part; it is acknowledged once it is done.`, { field: 'system' });
    const draft = openDraft(context);
    const acknowledged = { acknowledgedAt: now, acknowledgedBy: actor.id, note };
    const { contractId, customerId } = row;
    if (!before) draft.insert(amendmentReceipt, { amendmentId: row.id, contractId, customerId, system, kind: 'SYSTEM', ...acknowledged });
    else if (!before.acknowledgedAt) draft.update(amendmentReceipt, before, { changes: acknowledged });
    return draft.done(row.id);
  },
};

/** The same for processes, who have done their parts. */
export async function acknowledgeAmendments(scope: Scope, items: readonly AcknowledgeAmendmentInput[]): Promise<void> {
  if (items.length > 0) await executeAll(scope, acknowledgeAmendment, items);
}
