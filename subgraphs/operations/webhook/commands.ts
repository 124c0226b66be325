import type {
  CreateWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EnableWebhookEndpointInput,
  ReplayWebhookDeliveriesInput,
  RotateWebhookSecretInput,
  UpdateWebhookEndpointInput,
  WebhookEndpointActionInput,
} from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { type Command, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { type EventFilter, readFilter } from '#kernel/event.ts';
import { logBounds } from '#kernel/facts.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists, checkText } from '#kernel/input.ts';
import { readLogCursor } from '#kernel/logCursor.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { faultOfUrl } from '#kernel/outbound.ts';
import { demandNamed, lockMaking, lockRows, type Named } from '#kernel/rows.ts';
import { ne, sql } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import {
  addKey,
  cancelDeliveries,
  holdReader,
  queuePing,
  queueReplay,
  type ReplayRange,
  removeKeys,
  repeatDeliveries,
  setActive,
} from '#kernel/webhookQueue.ts';
import type { MadeKey } from '#kernel/webhookSignature.ts';
import { resolveExceptions } from '../exception/commands.ts';
import { facts } from '../published.ts';
import { type StopReason, type WebhookEndpointRow, webhookEndpoint, webhookEndpoints } from '../tables.ts';
import { webhookEndpointMachine } from './machine.ts';
import { demandConfined, permissionsFor, readIds } from './scope.ts';

/** Endpoints that are not retired at most: each has a call of its own under way, whatever the others do. */
export const endpointLimit = 1_000;

type Endpoints = Map<string, WebhookEndpointRow>;
type Change = 'CREATED' | 'UPDATED' | 'KEY_ROTATED' | 'ENABLED' | 'DISABLED' | 'RETIRED';

const base = {
  entities: [webhookEndpoint],
  load: (scope: Scope, items: readonly Named[]): Promise<Endpoints> =>
    lockRows(
      scope,
      webhookEndpoints,
      items.map(({ id }) => id),
    ),
};

function demandWriter({ actor }: Scope): void {
  demand(actor, 'webhook:write');
  demandWholeFirm(actor, 'An endpoint of webhooks');
}

/** The endpoint that is named; one that is retired takes no change. */
function demandStanding(rows: Endpoints, { id, expectedVersion }: Named): WebhookEndpointRow {
  const row = demandNamed(rows, { entity: webhookEndpoint.name, id, expectedVersion }, () => true);
  if (row.status === 'RETIRED') throw new Refused('INVALID_TRANSITION', 'The endpoint is RETIRED; make another one.', { field: 'status' });
  return row;
}

function stated(row: WebhookEndpointRow, change: Change) {
  const reason = change === 'DISABLED' ? row.stopReason : null;
  return { subject: row, payload: { endpointId: row.id, change, status: row.status, reason } };
}

function checkUrl(text: string): string {
  const url = checkText('url', text, 2000);
  const fault = faultOfUrl(url);
  if (fault) throw new Refused('VALIDATION_FAILED', `url ${fault}`, { field: 'url' });
  return url;
}

/** An endpoint whose first key is `made`; it is told of what happens from now on. */
export async function createEndpoint(scope: Scope, input: CreateWebhookEndpointInput, made: MadeKey): Promise<{ id: string }> {
  demandWriter(scope);
  // Whatever is put into queues behind its end is judged by this endpoint, too.
  await holdReader(scope.tx);
  const { head } = await logBounds(scope.tx);
  const command: Command<CreateWebhookEndpointInput, number> = {
    entities: [webhookEndpoint],
    load: async ({ tx }) => {
      await lockMaking(scope, [{ kind: 'webhook endpoint', id: 'any' }]);
      const [row] = await tx.select({ n: sql<number>`count(*)::integer` }).from(webhookEndpoints).where(ne(webhookEndpoints.status, 'RETIRED'));
      return row?.n ?? 0;
    },
    decide: (count, item, context) => {
      if (count >= endpointLimit) throw new Refused('VALIDATION_FAILED', `There are ${endpointLimit} endpoints; retire one before you make another.`);
      const draft = openDraft(context);
      const values = {
        ...readScope(item, context),
        startPosition: head,
        stoppedPosition: null,
        stoppedAt: null,
        stopReason: null,
        createdBy: context.actor.id,
      };
      const row = draft.insert(
        webhookEndpoint,
        { url: checkUrl(item.url), description: readDescription(item.description), ...values },
        begin(webhookEndpointMachine),
      );
      draft.state(facts.WebhookEndpointChanged, stated(row, 'CREATED'));
      return draft.done(row.id);
    },
  };
  const done = await executeOne(scope, command, input);
  await setActive(scope.tx, { endpointId: done.id, active: true });
  await addKey(scope.tx, { endpointId: done.id, made, now: scope.now, until: scope.now });
  return done;
}

function readDescription(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : checkText('description', text);
}

type ScopeInput = Pick<CreateWebhookEndpointInput, 'contract' | 'customerIds' | 'legalEntityIds' | 'employeeIds'> & { filter?: EventFilter | null | undefined };

/** What an endpoint may see and asks for, with what its maker may pass on. */
function readScope({ contract = null, filter, ...ids }: ScopeInput, { actor }: DecisionContext) {
  const own = {
    contract,
    customerIds: readIds('customerIds', ids.customerIds),
    legalEntityIds: readIds('legalEntityIds', ids.legalEntityIds),
    employeeIds: readIds('employeeIds', ids.employeeIds),
  };
  demandConfined(own);
  const asked = readFilter(filter ?? {});
  return { ...own, filter: asked, permissions: permissionsFor(actor, { ...own, types: asked.types }) };
}

/** Where it calls, what of, and for whom. What waits is judged by it as well. */
export async function updateEndpoint(scope: Scope, input: UpdateWebhookEndpointInput): Promise<{ id: string }> {
  demandWriter(scope);
  const command: Command<UpdateWebhookEndpointInput, Endpoints> = {
    ...base,
    decide: (rows, item, context) => {
      const before = demandStanding(rows, item);
      const draft = openDraft(context);
      const { url, description } = item;
      const changes = {
        url: url === null || url === undefined ? undefined : checkUrl(url),
        description: description === undefined ? undefined : readDescription(description),
        ...(movesScope(item) ? readScope({ ...before, ...givenScope(item) }, context) : {}),
      };
      const row = draft.update(webhookEndpoint, before, { changes });
      if (row !== before) draft.state(facts.WebhookEndpointChanged, stated(row, 'UPDATED'));
      return draft.done(row.id);
    },
  };
  return executeOne(scope, command, input);
}

const scopeFields = ['contract', 'customerIds', 'legalEntityIds', 'employeeIds', 'filter'] as const;

function movesScope(item: UpdateWebhookEndpointInput): boolean {
  return scopeFields.some((field) => item[field] !== undefined);
}

function givenScope(item: UpdateWebhookEndpointInput): ScopeInput {
  return Object.fromEntries(scopeFields.flatMap((field) => (item[field] === undefined ? [] : [[field, item[field]]])));
}

type Stepped = { action: ActionName<typeof webhookEndpointMachine>; change: Change; stop?: { reason: StopReason; position: bigint } };

/** One action of the machine on a locked endpoint. */
function decideStep(before: WebhookEndpointRow, { action, change, stop }: Stepped, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const by = step(webhookEndpointMachine, { subject: before, action, actor: context.actor });
  const stopped = stop && { stopReason: stop.reason, stoppedPosition: stop.position, stoppedAt: context.now };
  const row = draft.update(webhookEndpoint, before, { changes: stopped ?? { stopReason: null, stoppedPosition: null, stoppedAt: null }, by });
  draft.state(facts.WebhookEndpointChanged, stated(row, change));
  return draft.done(row.id);
}

function stepping(stepped: Stepped): Command<Named, Endpoints> {
  return {
    ...base,
    decide: (rows, item, context) =>
      decideStep(
        demandNamed(rows, { entity: webhookEndpoint.name, ...item }, () => true),
        stepped,
        context,
      ),
  };
}

/** Nothing is sent any more, and nothing new is put into its queue; what waits there stays. */
export async function disableEndpoint(scope: Scope, input: DisableWebhookEndpointInput, reason: StopReason = 'ASKED'): Promise<{ id: string }> {
  demandWriter(scope);
  const position = await holdReader(scope.tx);
  const done = await executeOne(scope, stepping({ action: 'disable', change: 'DISABLED', stop: { reason, position } }), input);
  await setActive(scope.tx, { endpointId: done.id, active: false });
  return done;
}

/** It is told again: of what waits, of what happens from now on, and of what happened meanwhile if that is wanted. */
export async function enableEndpoint(scope: Scope, input: EnableWebhookEndpointInput): Promise<{ id: string }> {
  demandWriter(scope);
  const upTo = await holdReader(scope.tx);
  const [before] = (await lockRows(scope, webhookEndpoints, [input.id])).values();
  const done = await executeOne(scope, stepping({ action: 'enable', change: 'ENABLED' }), input);
  await setActive(scope.tx, { endpointId: done.id, active: true });
  const after = before?.stoppedPosition ?? upTo;
  if (input.sendMissed && after < upTo) await askReplay(scope, { endpointId: done.id, kind: 'RANGE', after, upTo });
  await resolveFailure(scope, done.id);
  return done;
}

type Asked = ({ kind: 'RANGE'; after: bigint; upTo: bigint } | { kind: 'FAILED' }) & { endpointId: string };

function askReplay({ tx, actor, now }: Scope, asked: Asked): Promise<void> {
  return queueReplay(tx, { ...asked, requestedBy: actor.id, now } satisfies ReplayRange);
}

/** The process whose exceptions tell of endpoints that were disabled. */
export const webhookProcess = 'webhooks';

/** Somebody asked the operations desk to try again: those that are still disabled are told again, of what they missed as well. */
export async function enableStopped(scope: Scope, ids: readonly string[]): Promise<void> {
  await holdReader(scope.tx);
  const rows = await lockRows(scope, webhookEndpoints, ids);
  for (const id of ids) {
    if (rows.get(id)?.status === 'DISABLED') await enableEndpoint(scope, { id, sendMissed: true });
    else await resolveFailure(scope, id);
  }
}

/** Who may see to endpoints ends the exception with it. */
function resolveFailure(scope: Scope, endpointId: string): Promise<unknown> {
  return resolveExceptions({ ...scope, actor: { ...scope.actor, permissions: ['exception:resolve'] } }, { process: webhookProcess, subjectIds: [endpointId] });
}

/** For good: its keys are gone, and what waits goes to nobody. Its ledger stays as long as the others'. */
export async function retireEndpoint(scope: Scope, input: WebhookEndpointActionInput): Promise<{ id: string }> {
  demandWriter(scope);
  await holdReader(scope.tx);
  const done = await executeOne(scope, stepping({ action: 'retire', change: 'RETIRED' }), input);
  await setActive(scope.tx, { endpointId: done.id, active: false });
  await cancelDeliveries(scope.tx, done.id, scope.now);
  await removeKeys(scope.tx, done.id);
  await resolveFailure(scope, done.id);
  return done;
}

const day = 86_400_000;
/** Milliseconds that the former key goes on signing unless somebody says otherwise, and at most. */
const usualOverlap = day;
const longestOverlap = 30 * day;

/** From now on `made` signs; the former key beside it for some hours, so that receivers can go over. */
export async function rotateSecret(scope: Scope, input: RotateWebhookSecretInput, made: MadeKey): Promise<{ id: string }> {
  demandWriter(scope);
  const until = input.formerEndsAt ?? new Date(scope.now.getTime() + usualOverlap);
  if (until.getTime() > scope.now.getTime() + longestOverlap)
    throw new Refused('VALIDATION_FAILED', 'formerEndsAt lies more than 30 days ahead; two keys are for going over.', { field: 'formerEndsAt' });
  const command: Command<RotateWebhookSecretInput, Endpoints> = {
    ...base,
    decide: (rows, item, context) => {
      const draft = openDraft(context);
      const row = draft.update(webhookEndpoint, demandStanding(rows, item), { touch: true });
      draft.state(facts.WebhookEndpointChanged, stated(row, 'KEY_ROTATED'));
      return draft.done(row.id);
    },
  };
  const done = await executeOne(scope, command, input);
  await addKey(scope.tx, { endpointId: done.id, made, now: scope.now, until });
  return done;
}

/** Sends a message that tells of nothing, also to a disabled endpoint; gives the delivery. */
export async function pingEndpoint(scope: Scope, input: WebhookEndpointActionInput): Promise<{ id: string }> {
  demandWriter(scope);
  const row = demandStanding(await base.load(scope, [input]), input);
  return { id: await queuePing(scope.tx, { endpointId: row.id, now: scope.now }) };
}

/** Sends once more: a range of the log, what failed, or named deliveries. */
export async function replayDeliveries(scope: Scope, input: ReplayWebhookDeliveriesInput): Promise<{ id: string }> {
  demandWriter(scope);
  checkLists('', input);
  const row = demandStanding(await base.load(scope, [input]), input);
  const { after, upTo, failed, deliveryIds } = input;
  const ways = [typeof after === 'string', failed === true, Array.isArray(deliveryIds)].filter(Boolean);
  if (ways.length !== 1) throw new Refused('VALIDATION_FAILED', 'Give after, failed or deliveryIds: exactly one of them.', { field: 'after' });
  if (upTo && !after) throw new Refused('VALIDATION_FAILED', 'upTo ends a range that begins with after.', { field: 'upTo' });
  if (deliveryIds) await repeatNamed(scope, row.id, deliveryIds);
  else if (after) await askReplay(scope, { endpointId: row.id, kind: 'RANGE', ...(await rangeOf(scope, { after, upTo })) });
  else await askReplay(scope, { endpointId: row.id, kind: 'FAILED' });
  return { id: row.id };
}

async function repeatNamed({ tx, now }: Scope, endpointId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || !ids.every(isId)) throw new Refused('VALIDATION_FAILED', 'deliveryIds must hold ids of deliveries.', { field: 'deliveryIds' });
  await repeatDeliveries(tx, { endpointId, ids, now });
}

async function rangeOf({ tx }: Scope, { after, upTo }: { after: string; upTo: string | null | undefined }): Promise<{ after: bigint; upTo: bigint }> {
  const { head, tail } = await logBounds(tx);
  const from = readLogCursor(after);
  const to = upTo ? readLogCursor(upTo) : head;
  if (from + 1n < tail)
    throw new Refused('CURSOR_EXPIRED', 'The log no longer keeps what followed this cursor. Begin with its oldest one.', { field: 'after' });
  if (to > head || from > to) throw new Refused('VALIDATION_FAILED', 'upTo must lie behind after, and not beyond the end of the log.', { field: 'upTo' });
  return { after: from, upTo: to };
}
