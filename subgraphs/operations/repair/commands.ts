import { type Command, execute, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import type { ErrorCode } from '#kernel/errors.ts';
import { wordIn } from '#kernel/read.ts';
import { and, asc, eq, inArray, isNull, lt, lte, or, type SQL, sql } from '#kernel/sql.ts';
import { retryException } from '../exception/commands.ts';
import { exceptions, type RepairRow, repair, repairs } from '../tables.ts';

/** Which exceptions somebody mended the cause of: by code, and by ids where the mend is not the whole firm's. */
export type Mended = {
  code: ErrorCode;
  customerId?: string | undefined;
  projectId?: string | undefined;
  /** Of these books, and of none that are known. */
  legalEntityId?: string | undefined;
  fact: { id: string; occurredAt: Date; correlationId: string; traceparent: string | null };
};

/** Milliseconds in which a transaction may still end that did not see the mend. */
const unseen = 60_000;

/** Exceptions that one turn asks to try again at most. */
const turnSize = 200;

/** Asks for a new attempt at what stands open of these subjects with this code; what nobody is stuck with is passed over. */
export async function retrySubjects(scope: Scope, code: ErrorCode, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  const open = await scope.tx
    .select({ id: exceptions.id })
    .from(exceptions)
    .where(and(eq(exceptions.code, code), wordIn(exceptions.status, ['OPEN']), inArray(exceptions.subjectId, [...subjectIds])))
    .orderBy(asc(exceptions.id));
  await execute(scope, retryException, open);
}

/** Keeps in mind which exceptions are to be tried again, as far as there are any. How many there are does not matter: turns work on them. */
export async function noteRepairs(scope: Scope, mended: readonly Mended[]): Promise<void> {
  const unique = new Map(mended.map((each) => [[each.code, each.customerId, each.projectId, each.legalEntityId].join(), each]));
  const waited = await waitedFor(scope, [...unique.values()]);
  const command: Command<Mended, null> = {
    entities: [repair],
    load: async () => null,
    decide: (_, { code, customerId = null, projectId = null, legalEntityId = null, fact }, context) => {
      const draft = openDraft(context);
      const { id: factId, correlationId, traceparent } = fact;
      const due = { mendedAt: fact.occurredAt, dueAt: context.now, last: false };
      const row = draft.insert(repair, { code, customerId, projectId, legalEntityId, ...due, afterId: null, correlationId, factId, traceparent });
      return draft.done(row.id);
    },
  };
  await executeAll(scope, command, waited);
}

/** Those of the mends that some open exception waits for, and those of the whole firm that some attempt may not have seen: one statement. */
async function waitedFor(scope: Scope, mended: readonly Mended[]): Promise<Mended[]> {
  if (mended.length === 0) return [];
  const given = mended.map(({ fact, ...of }, place) => ({ place, ...of, mendedAt: fact.occurredAt, factId: fact.id }));
  const rows = await scope.tx.execute(sql`
    select place, exists (select from ${exceptions} where status = 'OPEN' and exception.code = given.code and last_seen_at < given."mendedAt"
      and (given."customerId" is null or customer_id = given."customerId") and (given."projectId" is null or project_id = given."projectId")
      and (given."legalEntityId" is null or legal_entity_id is null or legal_entity_id = given."legalEntityId")) as waits
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(place int, code text, "customerId" uuid, "projectId" uuid, "legalEntityId" uuid, "mendedAt" timestamptz, "factId" uuid)
    where not exists (select from ${repairs} where fact_id = given."factId" and code = given.code)`);
  const isYoung = ({ customerId, projectId, fact }: Mended) => !customerId && !projectId && scope.now.getTime() - fact.occurredAt.getTime() < unseen;
  return rows.flatMap(({ place, waits }) => {
    const each = mended[Number(place)];
    return each && (waits === true || isYoung(each)) ? [each] : [];
  });
}

/** One turn at the mend that is due first: asks for a new attempt at the next exceptions. Gives how many, and one more for the turn itself. */
export async function retryRepaired(scope: Scope): Promise<number> {
  const [standing] = await scope.tx
    .select()
    .from(repairs)
    .where(lte(repairs.dueAt, scope.now))
    .orderBy(asc(repairs.dueAt), asc(repairs.id))
    .limit(1)
    .for('update', { skipLocked: true });
  if (!standing) return 0;
  const due = await scope.tx
    .select({ id: exceptions.id })
    .from(exceptions)
    .where(and(...concerned(standing)))
    .orderBy(asc(exceptions.id))
    .limit(turnSize);
  const { correlationId, factId: causationId, traceparent } = standing;
  const trace = { correlationId, causationId, traceparent: traceparent ?? undefined };
  await execute({ ...scope, trace }, retryException, due);
  const last = due.length < turnSize ? undefined : due.at(-1);
  await executeAll(scope, goOn, [{ standing, afterId: last?.id }]);
  return due.length + 1;
}

function concerned({ code, customerId, projectId, legalEntityId, mendedAt, last, afterId }: RepairRow): (SQL | undefined)[] {
  return [
    eq(exceptions.code, code),
    wordIn(exceptions.status, ['OPEN']),
    lt(exceptions.lastSeenAt, last ? new Date(mendedAt.getTime() + unseen) : mendedAt),
    customerId ? eq(exceptions.customerId, customerId) : undefined,
    projectId ? eq(exceptions.projectId, projectId) : undefined,
    legalEntityId ? or(isNull(exceptions.legalEntityId), eq(exceptions.legalEntityId, legalEntityId)) : undefined,
    afterId ? sql`${exceptions.id} > ${afterId}::uuid` : undefined,
  ];
}

/** Where the next turn goes on. Once all was asked for there is a last look, when whoever did not see the mend has ended; then it is done. */
const goOn: Command<{ standing: RepairRow; afterId: string | undefined }, null> = {
  entities: [repair],
  load: async () => null,
  decide: (_, { standing, afterId }, context) => {
    const draft = openDraft(context);
    if (afterId) draft.update(repair, standing, { changes: { afterId } });
    else if (standing.last) draft.remove(repair, standing);
    else draft.update(repair, standing, { changes: { afterId: null, last: true, dueAt: new Date(context.now.getTime() + unseen) } });
    return draft.done(standing.id);
  },
};
