import type { SetExchangeRateItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { demandCome } from '#kernel/period.ts';
import { readerOf } from '#kernel/read.ts';
import { sql } from '#kernel/sql.ts';
import { keptText } from '#kernel/text.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { rateDigits, trimmed } from '../billing/exchange.ts';
import { exchangeRate } from '../entities.ts';
import { facts } from '../published.ts';
import { type ExchangeRateRow, exchangeRates } from '../tables.ts';

/** By pair, day and source. */
type Loaded = Map<string, ExchangeRateRow>;
type Key = Pick<ExchangeRateRow, 'baseCurrency' | 'quoteCurrency' | 'effectiveOn' | 'source'>;

/** Sets or corrects rates by pair, day and source; unchanged ones keep their version. */
export const setExchangeRates: Command<SetExchangeRateItem, Loaded> = {
  may: 'rate:write',
  entities: [exchangeRate],
  load,
  once: (item) => ({ field: 'effectiveOn', key: keyOf(item) }),
  decide: (loaded, item, context) => {
    demandWholeFirm(context.actor, 'What a currency is worth');
    const { baseCurrency, quoteCurrency, effectiveOn } = item;
    if (baseCurrency === quoteCurrency) throw refusal('quoteCurrency', `One ${baseCurrency} is worth one ${baseCurrency}. Name another currency.`);
    demandCome({ date: effectiveOn, field: 'effectiveOn' }, context.now);
    const rate = readRate(item.rate);
    const source = checkText('source', item.source, 40);
    const values = { baseCurrency, quoteCurrency, effectiveOn, source, rate };
    const before = loaded.get(keyOf(values));
    const draft = openDraft(context);
    const row = before ? draft.update(exchangeRate, before, { changes: { rate } }) : draft.insert(exchangeRate, values);
    if (row !== before) {
      const payload = { exchangeRateId: row.id, baseCurrency, quoteCurrency, rate: trimmed(rate), effectiveOn, source };
      draft.state(facts.ExchangeRateSet, { subject: row, keys: {}, payload });
    }
    return draft.done(row.id);
  },
  absorb: (loaded, decision) => {
    for (const { row } of rowsIn(decision, exchangeRate)) if (row) loaded.set(keyOf(row), row);
  },
  about: (loaded, item) => loaded.get(keyOf(item))?.id,
};

/** The rates that are there already, locked in the order of their ids. */
async function load(scope: Scope, items: readonly SetExchangeRateItem[]): Promise<Loaded> {
  const { columns, row } = readerOf(exchangeRates);
  const keys = items.map(({ baseCurrency, quoteCurrency, effectiveOn, source }) => ({ baseCurrency, quoteCurrency, effectiveOn, source: keptText(source) }));
  const found = await scope.tx.execute(sql`
    select ${columns} from ${exchangeRates} where (base_currency, quote_currency, effective_on, source) in (
      select "baseCurrency", "quoteCurrency", "effectiveOn", source
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given("baseCurrency" text, "quoteCurrency" text, "effectiveOn" date, source text))
    order by id for update`);
  return new Map(found.map(row).map((each) => [keyOf(each), each]));
}

function keyOf({ baseCurrency, quoteCurrency, effectiveOn, source }: Key): string {
  return `${baseCurrency}/${quoteCurrency} of ${effectiveOn} by ${keptText(source)}`;
}

const most = 10n ** BigInt(2 * rateDigits);

/** A rate as it is kept, with all of its digits. */
function readRate(text: string): string {
  const scaled = parseDecimal(text, rateDigits);
  if (scaled === undefined) throw refusal('rate', `rate ${text} has more than ${rateDigits} fraction digits.`);
  if (scaled <= 0n) throw refusal('rate', 'A rate is more than nothing.');
  if (scaled >= most) throw refusal('rate', `rate ${text} has more than ${rateDigits} digits before the point.`);
  return formatDecimal(scaled, rateDigits);
}

function refusal(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}
