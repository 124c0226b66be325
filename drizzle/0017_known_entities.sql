-- Entities that inputs name, whichever subgraph owns them. Whoever reads it is bound by the policies of the tables behind it: an id that is not in it is
-- nobody's, or not the reader's to know.
CREATE VIEW log.known_entity WITH (security_invoker = true) AS
  SELECT id FROM engagements.customer
  UNION ALL SELECT id FROM engagements.engagement
  UNION ALL SELECT id FROM engagements.contract
  UNION ALL SELECT id FROM engagements.contract_version
  UNION ALL SELECT id FROM engagements.contract_line
  UNION ALL SELECT id FROM engagements.project
  UNION ALL SELECT id FROM engagements.task
  UNION ALL SELECT id FROM engagements.milestone
  UNION ALL SELECT id FROM resources.labor_category
  UNION ALL SELECT id FROM resources.person
  UNION ALL SELECT id FROM resources.employee
  UNION ALL SELECT id FROM resources.assignment
  UNION ALL SELECT id FROM "time".timesheet
  UNION ALL SELECT id FROM "time".timesheet_entry
  UNION ALL SELECT id FROM "time".expense_item
  UNION ALL SELECT id FROM finance.legal_entity
  UNION ALL SELECT id FROM finance.tax_profile
  UNION ALL SELECT id FROM finance.cost_center
  UNION ALL SELECT id FROM finance.fiscal_period
  UNION ALL SELECT id FROM finance.rate_card
  UNION ALL SELECT id FROM finance.rate_card_version
  UNION ALL SELECT id FROM finance.actual
  UNION ALL SELECT id FROM finance.invoice
  UNION ALL SELECT id FROM finance.invoice_line
  UNION ALL SELECT id FROM finance.payment
  UNION ALL SELECT id FROM finance.payment_application
  UNION ALL SELECT id FROM finance.journal_entry
  UNION ALL SELECT id FROM finance.journal_line
  UNION ALL SELECT id FROM finance.revenue_event
  UNION ALL SELECT id FROM operations.exception;
