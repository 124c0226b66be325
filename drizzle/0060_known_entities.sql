-- With the entities that came since.
CREATE OR REPLACE VIEW log.known_entity WITH (security_invoker = true) AS
  SELECT id, 'Customer'::text AS type, false AS cost, NULL::uuid AS person FROM engagements.customer
  UNION ALL SELECT id, 'Engagement', false, NULL FROM engagements.engagement
  UNION ALL SELECT id, 'Contract', false, NULL FROM engagements.contract
  UNION ALL SELECT id, 'ContractVersion', false, NULL FROM engagements.contract_version
  UNION ALL SELECT id, NULL, false, NULL FROM engagements.contract_line
  UNION ALL SELECT id, 'Project', false, NULL FROM engagements.project
  UNION ALL SELECT id, 'Task', false, NULL FROM engagements.task
  UNION ALL SELECT id, 'Milestone', false, NULL FROM engagements.milestone
  UNION ALL SELECT id, 'LaborCategory', false, NULL FROM resources.labor_category
  UNION ALL SELECT id, NULL, false, NULL FROM resources.person
  UNION ALL SELECT id, 'Employee', false, NULL FROM resources.employee
  UNION ALL SELECT id, 'Assignment', false, NULL FROM resources.assignment
  UNION ALL SELECT id, 'Timesheet', false, employee_id FROM "time".timesheet
  UNION ALL SELECT id, 'TimesheetEntry', false, employee_id FROM "time".timesheet_entry
  UNION ALL SELECT id, 'ExpenseItem', false, employee_id FROM "time".expense_item
  UNION ALL SELECT id, 'LegalEntity', false, NULL FROM finance.legal_entity
  UNION ALL SELECT id, 'TaxProfile', false, NULL FROM finance.tax_profile
  UNION ALL SELECT id, 'CostCenter', false, NULL FROM finance.cost_center
  UNION ALL SELECT id, 'FiscalPeriod', false, NULL FROM finance.fiscal_period
  UNION ALL SELECT id, 'RateCard', kind <> 'SALES', NULL FROM finance.rate_card
  UNION ALL SELECT id, 'RateCardVersion', kind <> 'SALES', NULL FROM finance.rate_card_version
  UNION ALL SELECT id, 'Actual', kind IN ('COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES'), NULL FROM finance.actual
  UNION ALL SELECT id, 'Invoice', false, NULL FROM finance.invoice
  UNION ALL SELECT id, 'InvoiceLine', false, NULL FROM finance.invoice_line
  UNION ALL SELECT id, 'Payment', false, NULL FROM finance.payment
  UNION ALL SELECT id, 'PaymentApplication', false, NULL FROM finance.payment_application
  UNION ALL SELECT id, 'JournalEntry', false, NULL FROM finance.journal_entry
  UNION ALL SELECT id, 'JournalLine', false, NULL FROM finance.journal_line
  UNION ALL SELECT id, 'RevenueEvent', false, NULL FROM finance.revenue_event
  UNION ALL SELECT id, 'ProcessException', false, NULL FROM operations.exception
  UNION ALL SELECT id, 'Opportunity', false, NULL FROM engagements.opportunity
  UNION ALL SELECT id, 'Provisioning', false, NULL FROM engagements.provisioning
  UNION ALL SELECT id, 'Amendment', false, NULL FROM engagements.amendment
  UNION ALL SELECT id, NULL, false, NULL FROM finance.rate_card_line
  UNION ALL SELECT id, 'PaymentRefund', false, NULL FROM finance.payment_refund
  UNION ALL SELECT id, 'InvoiceDocument', false, NULL FROM finance.invoice_document
  UNION ALL SELECT id, NULL, false, NULL FROM finance.rerate
  UNION ALL SELECT id, 'RerateProposal', false, NULL FROM finance.rerate_proposal
  UNION ALL SELECT id, 'DunningNotice', false, NULL FROM finance.dunning_notice
  UNION ALL SELECT id, 'Dispute', false, NULL FROM finance.dispute
  UNION ALL SELECT id, 'BillingRun', false, NULL FROM finance.billing_run
  UNION ALL SELECT id, NULL, false, NULL FROM finance.billing_run_contract
  UNION ALL SELECT id, 'ResourceRequest', false, NULL FROM resources.resource_request
  UNION ALL SELECT id, 'Absence', false, employee_id FROM resources.absence
  UNION ALL SELECT id, 'Holiday', false, NULL FROM resources.holiday
  UNION ALL SELECT id, NULL, false, NULL FROM resources.employee_skill
  UNION ALL SELECT id, NULL, false, NULL FROM resources.employee_work_week
  UNION ALL SELECT id, 'ExchangeRate', false, NULL FROM finance.exchange_rate
  UNION ALL SELECT id, 'IntercompanyTerms', true, NULL FROM finance.intercompany_terms
  UNION ALL SELECT id, 'IntercompanyCharge', true, NULL FROM finance.intercompany_charge
  UNION ALL SELECT id, 'Subcontractor', false, NULL FROM resources.subcontractor
  UNION ALL SELECT id, 'Subcontract', false, NULL FROM resources.subcontract
  UNION ALL SELECT id, 'SubcontractLine', false, NULL FROM resources.subcontract_line
  UNION ALL SELECT id, 'SupplierInvoice', true, NULL FROM finance.supplier_invoice
  UNION ALL SELECT id, 'ReconciliationRun', false, NULL FROM operations.reconciliation_run
  UNION ALL SELECT id, 'ReconciliationBreak', false, NULL FROM operations.reconciliation_break;
--> statement-breakpoint
-- What operations lets its siblings read of exceptions: of whom, and what became of it. A view, so that it is never late; whoever reads it is bound
-- by the policy of the table behind it.
CREATE VIEW log.exception_state WITH (security_invoker = true) AS
  SELECT id, subject_id, last_seen_at, status, code, amount_minor, currency FROM operations.exception;
