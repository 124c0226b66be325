import { type SQL, sql } from '#kernel/sql.ts';
import { actuals, supplierInvoiceMatches, supplierInvoices } from '../tables.ts';

/**
 * Bought time in books up to a day that no invoice posted by then has taken, by line of an order: as the things of a close checklist, with what it costs.
 * Of an entry that an invoice takes a part of, the rest.
 */
export function uninvoiced(books: SQL, upTo: SQL): SQL {
  return sql`select open.subcontract_line_id, null::uuid, open.project_id, min(open.accounting_date), '',
      sum(round(open.amount_minor * open.left_over / open.seconds))::bigint, open.currency, sum(open.left_over)::bigint
    from (select own.subcontract_line_id, own.project_id, own.accounting_date, own.amount_minor, own.currency, own.seconds, own.seconds - coalesce(taken.seconds, 0) as left_over
      from ${actuals} as own left join lateral (select sum(match.seconds) as seconds from ${supplierInvoiceMatches} as match
          join ${supplierInvoices} as paper on paper.id = match.supplier_invoice_id and paper.status = 'POSTED' and paper.posted_on <= ${upTo}
        where match.subcontract_line_id = own.subcontract_line_id and match.source_id = own.source_id) as taken on true
      where own.legal_entity_id = ${books} and own.subcontract_line_id is not null and own.accounting_date <= ${upTo}
        and own.reverses_id is null and own.reversed_by_id is null) as open
    where open.left_over > 0 group by open.subcontract_line_id, open.project_id, open.currency`;
}
