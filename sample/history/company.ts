import { facts } from '#finance/published.ts';
import { at } from '../calendar.ts';
import type { Firm } from '../firm.ts';
import type { Random } from '../random.ts';
import { type Moment, type Stated, stated, system } from './stated.ts';

/** Taxes were set, price lists were published, months were opened and closed. */
export function* ofCompany(random: Random, { company, book }: Pick<Firm, 'company' | 'book'>): Iterable<Stated> {
  const cards = new Map(book.cards.map((card) => [card.id, card]));
  for (const version of book.versions) {
    const card = cards.get(version.rateCardId);
    if (!card) continue;
    const { id, effectiveFrom } = version;
    const { name, kind, currency, customerId, legalEntityId } = card;
    const moment: Moment = { at: version.publishedAt ?? version.createdAt, by: system('erp'), correlationId: card.id };
    const payload = { rateCardId: card.id, rateCardVersionId: id, name, kind, currency, effectiveFrom };
    yield stated(
      facts.RateCardPublished,
      { id: random.id(moment.at.getTime()), subject: { id, version: 2 }, keys: { customerId, legalEntityId }, payload },
      moment,
    );
  }
  for (const { id, legalEntityId, code, createdAt } of company.taxProfiles) {
    const moment: Moment = { at: createdAt, by: system('erp'), correlationId: id };
    const payload = { taxProfileId: id, legalEntityId, code };
    yield stated(facts.TaxProfileChanged, { id: random.id(moment.at.getTime()), subject: { id, version: 1 }, keys: { legalEntityId }, payload }, moment);
  }
  for (const { id, legalEntityId, name, startDate, endDate, createdAt } of company.periods) {
    const moment: Moment = { at: createdAt, by: system('erp'), correlationId: id };
    const payload = { fiscalPeriodId: id, legalEntityId, name, startDate, endDate, status: 'OPEN' as const };
    yield stated(facts.PeriodOpened, { id: random.id(moment.at.getTime()), subject: { id, version: 1 }, keys: { legalEntityId }, payload }, moment);
  }
  for (const { id, version, legalEntityId, name, startDate, endDate, status, closedAt } of company.periods) {
    if (status !== 'CLOSED') continue;
    const moment: Moment = { at: closedAt ?? at(endDate), by: system('erp'), correlationId: id };
    const payload = { fiscalPeriodId: id, legalEntityId, name, startDate, endDate, status, reason: null, openWork: 0 };
    yield stated(facts.PeriodClosed, { id: random.id(moment.at.getTime()), subject: { id, version }, keys: { legalEntityId }, payload }, moment);
  }
}
