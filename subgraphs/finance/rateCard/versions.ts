import type { CreateRateCardVersionInput, RateCardLineInput, RateCardVersionActionInput, UpdateRateCardVersionInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { begin, step } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { addDays, within } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { demandVersion, lockRows, notFound, rowsById } from '#kernel/rows.ts';
import { asc, inArray } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import * as resources from '#resources/published.ts';
import { rateCardLine, rateCardVersion } from '../entities.ts';
import { facts } from '../published.ts';
import { type RateCardLineRow, type RateCardRow, type RateCardVersionRow, rateCardLines, rateCards, rateCardVersions } from '../tables.ts';
import { demandCard } from './commands.ts';
import { rateCardVersionMachine } from './machine.ts';

/** Lines that a version holds at most. */
const lineLimit = 5000;

/** Cards with all of their versions, locked: one change of a card's versions at a time. The card is locked before them, everywhere. */
type Loaded = {
  cards: Map<string, RateCardRow>;
  /** By card, by first day. */
  versions: ReadonlyMap<string, RateCardVersionRow[]>;
  /** By version; of the versions that are written. */
  lines: ReadonlyMap<string, RateCardLineRow[]>;
  priced: { LaborCategory: ReadonlySet<string>; Employee: ReadonlySet<string> };
};

/** Creates a version of a card as DRAFT, with its lines. */
export const createRateCardVersion: Command<CreateRateCardVersionInput, Loaded> = {
  may: 'rate:write',
  entities: [rateCardVersion, rateCardLine],
  load: (scope, items) =>
    load(scope, {
      cardIds: items.map((item) => item.rateCardId),
      lines: items.flatMap((item) => item.lines),
    }),
  decide: (loaded, { rateCardId, effectiveFrom, lines }, context) => {
    const card = demandCard(loaded.cards, { id: rateCardId, field: 'rateCardId' }, context.actor);
    const { kind, customerId } = card;
    const number = Math.max(0, ...(loaded.versions.get(card.id) ?? []).map((version) => version.number)) + 1;
    const draft = openDraft(context);
    const fields = { rateCardId: card.id, kind, customerId, number, effectiveFrom, effectiveTo: null, publishedAt: null };
    const version = draft.insert(rateCardVersion, fields, begin(rateCardVersionMachine));
    addLines(draft, loaded, { card, versionId: version.id, lines });
    return draft.done(version.id);
  },
};

/** Changes a version while it is DRAFT; lines replace all former ones. */
export const updateRateCardVersion: Command<UpdateRateCardVersionInput, Loaded> = {
  may: 'rate:write',
  entities: [rateCardVersion, rateCardLine],
  load: (scope, items) => load(scope, { versionIds: items.map((item) => item.id), lines: items.flatMap((item) => item.lines ?? []) }),
  decide: (loaded, input, context) => {
    const { card, version: before } = demandVersionOf(loaded, input, context.actor);
    if (before.status !== 'DRAFT')
      throw new Refused('INVALID_TRANSITION', `RateCardVersion is ${before.status}; only a DRAFT changes. Create another version.`, { field: 'status' });
    const draft = openDraft(context);
    const { lines, effectiveFrom } = input;
    if (lines) {
      for (const line of loaded.lines.get(before.id) ?? []) draft.remove(rateCardLine, line);
      addLines(draft, loaded, { card, versionId: before.id, lines });
    }
    draft.update(rateCardVersion, before, { changes: effectiveFrom ? { effectiveFrom } : {}, touch: Boolean(lines) });
    return draft.done(before.id);
  },
};

/**
 * DRAFT to PUBLISHED: its days run to the next published version; the one before it ends on the day before. One from the same day on corrects that one,
 * which prices nothing any more: what it priced stays as it is until it is priced anew.
 */
export const publishRateCardVersion: Command<RateCardVersionActionInput, Loaded> = {
  may: rateCardVersionMachine.actions.publish.may,
  entities: [rateCardVersion],
  load: (scope, items) => load(scope, { versionIds: items.map((item) => item.id) }),
  decide: (loaded, input, context) => {
    const { card, version: before } = demandVersionOf(loaded, input, context.actor);
    const subject = { ...before, lineCount: loaded.lines.get(before.id)?.length ?? 0 };
    const by = step(rateCardVersionMachine, { subject, action: 'publish', actor: context.actor });
    const others = (loaded.versions.get(card.id) ?? []).filter((each) => each.status !== 'DRAFT' && each.id !== before.id);
    const former = others.find((each) => within(before.effectiveFrom, { from: each.effectiveFrom, to: each.effectiveTo }));
    const next = others.find((each) => each.effectiveFrom > before.effectiveFrom && !replacedWhole(each));
    const draft = openDraft(context);
    if (former) {
      const changes = { effectiveTo: addDays(before.effectiveFrom, -1) };
      const superseded = { subject: { ...former, lineCount: 1 }, action: 'supersede', actor: context.actor } as const;
      draft.update(rateCardVersion, former, former.status === 'PUBLISHED' ? { changes, by: step(rateCardVersionMachine, superseded) } : { changes });
    }
    const changes = { effectiveTo: next ? addDays(next.effectiveFrom, -1) : null, publishedAt: context.now };
    const version = draft.update(rateCardVersion, before, { changes, by });
    draft.state(facts.RateCardPublished, {
      subject: version,
      keys: { customerId: card.customerId, legalEntityId: card.legalEntityId },
      payload: {
        ...{ rateCardId: card.id, rateCardVersionId: version.id, name: card.name, kind: card.kind },
        ...{ currency: card.currency, effectiveFrom: version.effectiveFrom },
      },
    });
    return draft.done(version.id);
  },
};

/** A version that another one corrected for its own first day: no day is left to it. */
function replacedWhole({ effectiveFrom, effectiveTo }: RateCardVersionRow): boolean {
  return effectiveTo !== null && effectiveTo < effectiveFrom;
}

type Wanted = { cardIds?: readonly string[]; versionIds?: readonly string[]; lines?: readonly RateCardLineInput[] };

async function load(scope: Scope, { cardIds = [], versionIds = [], lines: given = [] }: Wanted): Promise<Loaded> {
  const meant = await rowsById(scope.tx, rateCardVersions, versionIds);
  const cards = await lockRows(scope, rateCards, [...cardIds, ...[...meant.values()].map((version) => version.rateCardId)]);
  const versions = await scope.tx
    .select()
    .from(rateCardVersions)
    .where(inArray(rateCardVersions.rateCardId, [...cards.keys(), ...none]))
    .orderBy(asc(rateCardVersions.effectiveFrom), asc(rateCardVersions.id))
    .for('update');
  const lines = await scope.tx
    .select()
    .from(rateCardLines)
    .where(inArray(rateCardLines.rateCardVersionId, [...meant.keys(), ...none]));
  const known = async (document: typeof resources.references.Employee | typeof resources.references.LaborCategory, ids: (string | null | undefined)[]) =>
    new Set((await references<unknown>(scope.tx, document, ids.filter(isId))).keys());
  return {
    cards,
    versions: Map.groupBy(versions, (version) => version.rateCardId),
    lines: Map.groupBy(lines, (line) => line.rateCardVersionId),
    priced: {
      LaborCategory: await known(
        resources.references.LaborCategory,
        given.map((line) => line.laborCategoryId),
      ),
      Employee: await known(
        resources.references.Employee,
        given.map((line) => line.employeeId),
      ),
    },
  };
}

/** An id that no row has: a list for `in` is never empty. */
const none = ['00000000-0000-0000-0000-000000000000'];

type Asked = { id: string; expectedVersion?: number | null | undefined };

function demandVersionOf(
  loaded: Loaded,
  { id, expectedVersion }: Asked,
  actor: Parameters<typeof demandCard>[2],
): { card: RateCardRow; version: RateCardVersionRow } {
  const version = [...loaded.versions.values()].flat().find((each) => each.id === id);
  const card = version && loaded.cards.get(version.rateCardId);
  if (!version || !card || !sees(actor, card)) throw notFound(rateCardVersion.name, id);
  demandVersion(rateCardVersion.name, version, expectedVersion);
  return { card, version };
}

type Priced = { card: RateCardRow; versionId: string; lines: readonly RateCardLineInput[] };

function addLines(draft: Draft, { priced }: Loaded, { card, versionId, lines }: Priced): void {
  if (lines.length > lineLimit) throw refusal(`A version holds at most ${lineLimit} lines; these are ${lines.length}.`);
  const seen = new Set<string>();
  for (const line of lines) {
    const laborCategoryId = line.laborCategoryId ?? null;
    const employeeId = line.employeeId ?? null;
    const key = laborCategoryId ?? employeeId;
    if (!key || (laborCategoryId && employeeId)) throw refusal('A line is for a labor category or for an employee, not for both or none.');
    if (seen.has(key)) throw refusal(`${key} has more than one line.`);
    seen.add(key);
    const type = laborCategoryId ? 'LaborCategory' : 'Employee';
    if (!priced[type].has(key)) throw notFound(type, key, laborCategoryId ? 'lines.laborCategoryId' : 'lines.employeeId');
    const { currency } = card;
    draft.insert(rateCardLine, { rateCardVersionId: versionId, laborCategoryId, employeeId, rateMinor: readRate(line.rate, currency), currency });
  }
}

function readRate(rate: string, currency: string): bigint {
  const { minor } = readMoney({ amount: rate, currency }, 'lines');
  if (minor < 0n) throw refusal(`${rate} is no rate of ${currency}: it must be 0 or more.`);
  return minor;
}

function refusal(message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field: 'lines' });
}
