import type { SetIntercompanyTermsItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { parseDecimal } from '#kernel/decimal.ts';
import { openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { readerOf } from '#kernel/read.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { intercompanyTerms as entity } from '../entities.ts';
import { facts } from '../published.ts';
import { type IntercompanyTermsRow, intercompanyTerms, type LegalEntityRow, legalEntities, type RateCardRow, rateCards } from '../tables.ts';

export { chargeIntercompany } from './charge.ts';

type Loaded = {
  /** By lender, borrower and day. */
  rows: Map<string, IntercompanyTermsRow>;
  books: ReadonlyMap<string, LegalEntityRow>;
  cards: ReadonlyMap<string, RateCardRow>;
};
type Key = Pick<IntercompanyTermsRow, 'lenderId' | 'borrowerId' | 'effectiveFrom'>;

/** Sets or corrects terms by lender, borrower and first day; unchanged ones keep their version. What was priced keeps its price until it is priced anew. */
export const setIntercompanyTerms: Command<SetIntercompanyTermsItem, Loaded> = {
  may: 'intercompany:write',
  entities: [entity],
  load,
  once: (item) => ({ field: 'effectiveFrom', key: keyOf(item) }),
  decide: (loaded, item, context) => {
    demandWholeFirm(context.actor, 'What legal entities ask each other');
    const { lenderId, borrowerId, effectiveFrom } = item;
    const values = { lenderId, borrowerId, effectiveFrom, ...readTerms(loaded, item) };
    const before = loaded.rows.get(keyOf(item));
    const draft = openDraft(context);
    const row = before ? draft.update(entity, before, { changes: values }) : draft.insert(entity, values);
    if (row !== before) {
      const payload = { intercompanyTermsId: row.id, lenderId, borrowerId, effectiveFrom, method: row.method };
      draft.state(facts.IntercompanyTermsSet, { subject: row, keys: { legalEntityId: [lenderId, borrowerId] }, payload });
    }
    return draft.done(row.id);
  },
  absorb: ({ rows }, decision) => {
    for (const { row } of rowsIn(decision, entity)) if (row) rows.set(keyOf(row), row);
  },
  about: ({ rows }, item) => rows.get(keyOf(item))?.id,
};

/** The terms that are there already, locked in the order of their ids, with whose they are. */
async function load(scope: Scope, items: readonly SetIntercompanyTermsItem[]): Promise<Loaded> {
  const { columns, row } = readerOf(intercompanyTerms);
  const keys = items
    .filter(({ lenderId, borrowerId }) => isId(lenderId) && isId(borrowerId))
    .map(({ lenderId, borrowerId, effectiveFrom }) => ({ lenderId, borrowerId, effectiveFrom }));
  const found = await scope.tx.execute(sql`
    select ${columns} from ${intercompanyTerms} where (lender_id, borrower_id, effective_from) in (
      select "lenderId", "borrowerId", "effectiveFrom" from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given("lenderId" uuid, "borrowerId" uuid, "effectiveFrom" date))
    order by id for update`);
  const named = items.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId]).filter(isId);
  return {
    rows: new Map(found.map(row).map((each) => [keyOf(each), each])),
    books: await rowsById(scope.tx, legalEntities, named),
    cards: await rowsById(scope.tx, rateCards, items.map(({ rateCardId }) => rateCardId).filter(isId)),
  };
}

function keyOf({ lenderId, borrowerId, effectiveFrom }: Key): string {
  return `${lenderId.toLowerCase()} to ${borrowerId.toLowerCase()} from ${effectiveFrom}`;
}

type Terms = Pick<IntercompanyTermsRow, 'method' | 'markUpBasisPoints' | 'expenseMarkUpBasisPoints' | 'rateCardId'>;

function readTerms({ books, cards }: Loaded, item: SetIntercompanyTermsItem): Terms {
  const { lenderId, borrowerId, method, rateCardId } = item;
  const lender = books.get(lenderId);
  if (!lender) throw notFound('LegalEntity', lenderId, 'lenderId');
  if (!books.has(borrowerId)) throw notFound('LegalEntity', borrowerId, 'borrowerId');
  if (lenderId === borrowerId) throw refusal('borrowerId', 'A legal entity lends nothing to itself. Name another borrower.');
  const markUpBasisPoints = readMarkUp('markUpPercent', item.markUpPercent);
  const expenseMarkUpBasisPoints = readMarkUp('expenseMarkUpPercent', item.expenseMarkUpPercent);
  if (markUpBasisPoints > 0 && method !== 'COST_PLUS')
    throw refusal('markUpPercent', `${method} has no mark-up on hours. Leave markUpPercent out, or say COST_PLUS.`);
  if (expenseMarkUpBasisPoints > 0 && method === 'NONE') throw refusal('expenseMarkUpPercent', 'NONE asks for nothing. Leave expenseMarkUpPercent out.');
  const marked = { markUpBasisPoints, expenseMarkUpBasisPoints };
  if (method !== 'RATE_CARD') {
    if (rateCardId) throw refusal('rateCardId', `${method} needs no rate card. Leave rateCardId out, or say RATE_CARD.`);
    return { method, ...marked, rateCardId: null };
  }
  const card = cards.get(rateCardId ?? '');
  if (!rateCardId) throw refusal('rateCardId', 'RATE_CARD needs the card by which the lender lends.');
  if (!card) throw notFound('RateCard', rateCardId, 'rateCardId');
  if (card.kind !== 'TRANSFER' || card.legalEntityId !== lenderId || card.currency !== lender.currency)
    throw refusal('rateCardId', `${card.name} is no TRANSFER card of ${lender.name} in ${lender.currency}. Create one, and publish its rates.`);
  return { method, ...marked, rateCardId: card.id };
}

const most = 100_000n;

function readMarkUp(field: string, text: string | null | undefined): number {
  const markUp = parseDecimal(text ?? '0', 2);
  if (markUp === undefined || markUp < 0n || markUp > most) throw refusal(field, 'A mark-up is 0 to 1000 per cent, with at most two fraction digits.');
  return Number(markUp);
}

function refusal(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}
