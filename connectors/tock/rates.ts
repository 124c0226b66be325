import { parseDecimal } from '#kernel/decimal.ts';
import { demandNone, repeatable, singleKey, type UserError } from './bulk.ts';
import { ImportFailed } from './client.ts';
import { effectiveFrom, rateLines, sources } from './map.ts';
import * as operations from './operations.ts';
import type { Run } from './run.ts';

type Version = {
  id: string;
  status: 'DRAFT' | 'PUBLISHED' | 'SUPERSEDED';
  effectiveFrom: string;
  rateCard: { id: string };
  lines: { laborCategory: { id: string } | null; employee: { id: string } | null; rate: { amount: string } }[];
};

type Line = { laborCategoryId: string; rate: string };

/** Publishes the source's rates as a version of each card. What is published never changes, so it is compared, never sent again. */
export async function publishRates(run: Run): Promise<void> {
  const cards = (['SALES', 'COST'] as const).flatMap((kind) => {
    const id = run.ids.get(`RateCard ${sources.rateCard(kind)}`);
    return id ? [{ kind, id, lines: linesOf(run, kind) }] : [];
  });
  const ids = cards.map((card) => card.id);
  const { rateCardVersions } = await run.client.call<{ rateCardVersions: { nodes: Version[] } }>({ document: operations.rateCardVersions, variables: { ids } });
  for (const { kind, id, lines } of cards) {
    const own = rateCardVersions.nodes.filter((version) => version.rateCard.id === id && version.effectiveFrom === effectiveFrom);
    const published = own.find((version) => version.status !== 'DRAFT');
    if (published && !sameRates(published, lines)) {
      throw new ImportFailed(
        `The ${kind} rate card of ${effectiveFrom} is published with other rates than rate-card.csv has. What is published never changes: publish a version with a later date instead.`,
      );
    }
    if (!published) await publishOne(run, { id, lines, draft: own[0] });
  }
}

function linesOf(run: Run, kind: 'SALES' | 'COST'): Line[] {
  return rateLines(run.source.rates, kind, run.ids).map((piece) => {
    if ('lacks' in piece) throw new ImportFailed(`The rate card names ${piece.source}, which Accord refused.`);
    return piece.item;
  });
}

function sameRates(version: Version, lines: readonly Line[]): boolean {
  const there = new Map(version.lines.map((line) => [line.laborCategory?.id ?? `employee ${line.employee?.id}`, parseDecimal(line.rate.amount, 6)]));
  return there.size === lines.length && lines.every((line) => there.get(line.laborCategoryId) === parseDecimal(line.rate, 6));
}

type Answer = Readonly<Record<string, { rateCardVersion: { id: string } | null; userErrors: UserError[] }>>;

/** A draft that an interrupted run left behind is completed. */
async function publishOne(run: Run, { id, lines, draft }: { id: string; lines: readonly Line[]; draft: Version | undefined }): Promise<void> {
  const step = async (mutation: string, document: string, wanted: Readonly<Record<string, unknown>>) => {
    const input = { idempotencyKey: singleKey(mutation, wanted), ...wanted };
    const answer = await run.client.call<Answer>({ document, variables: { input }, again: (data) => repeatable(data[mutation]?.userErrors) });
    demandNone(mutation, answer[mutation]?.userErrors ?? []);
    return answer[mutation]?.rateCardVersion?.id ?? '';
  };
  run.acted = true;
  const versionId = draft?.id ?? (await step('createRateCardVersion', operations.createRateCardVersion, { rateCardId: id, effectiveFrom, lines }));
  if (draft && !sameRates(draft, lines)) await step('updateRateCardVersion', operations.updateRateCardVersion, { id: versionId, lines });
  await step('publishRateCardVersion', operations.publishRateCardVersion, { id: versionId });
}
