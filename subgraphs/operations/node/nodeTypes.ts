import type { Actor, ActorKind, Permission } from '#kernel/actor.ts';

/** What is read by its id, and by which permission: the same that its own subgraph asks for. A legal entity is no secret to whoever sees its row. */
export const nodeTypes = {
  Absence: 'absence:read',
  Actual: 'actual:read',
  Amendment: 'contract:read',
  Assignment: 'assignment:read',
  BillingRun: 'invoice:read',
  Contract: 'contract:read',
  ContractVersion: 'contract:read',
  CostCenter: 'reference:read',
  Customer: 'customer:read',
  Dispute: 'invoice:read',
  DunningNotice: 'invoice:read',
  Employee: 'employee:read',
  Engagement: 'engagement:read',
  ExchangeRate: 'rate:read',
  ExpenseItem: 'expense:read',
  FiscalPeriod: 'period:read',
  Holiday: 'employee:read',
  IntercompanyCharge: 'cost:read',
  IntercompanyTerms: 'cost:read',
  Invoice: 'invoice:read',
  InvoiceDocument: 'invoice:read',
  InvoiceLine: 'invoice:read',
  JournalEntry: 'journal:read',
  JournalLine: 'journal:read',
  LaborCategory: 'labor-category:read',
  LegalEntity: null,
  Milestone: 'milestone:read',
  Opportunity: 'opportunity:read',
  Payment: 'payment:read',
  PaymentApplication: 'payment:read',
  PaymentRefund: 'payment:read',
  ProcessException: 'exception:read',
  Project: 'project:read',
  Provisioning: 'project:read',
  RateCard: 'rate:read',
  RateCardVersion: 'rate:read',
  ReconciliationBreak: 'reconciliation:read',
  ReconciliationRun: 'reconciliation:read',
  RerateProposal: 'invoice:read',
  ResourceRequest: 'resource-request:read',
  RevenueEvent: 'revenue:read',
  Subcontract: 'subcontract:read',
  SubcontractLine: 'subcontract:read',
  Subcontractor: 'subcontractor:read',
  SupplierInvoice: 'supplier-invoice:read',
  Task: 'task:read',
  TaxProfile: 'reference:read',
  Timesheet: 'timesheet:read',
  TimesheetEntry: 'time:read',
} as const satisfies Record<string, Permission | null>;

export type NodeType = keyof typeof nodeTypes;

/** Who stands outside the firm works on a contract of their own. */
export const outsideContracts: Partial<Record<ActorKind, 'portal' | 'partner'>> = { CLIENT_PORTAL: 'portal', PARTNER: 'partner' };

/** What a contract shows, where that is not all. */
export const nodesShown: Readonly<Record<string, readonly NodeType[]>> = {
  portal: [
    ...(['Amendment', 'Assignment', 'Contract', 'ContractVersion', 'Customer', 'Dispute', 'DunningNotice', 'Employee', 'Engagement', 'ExpenseItem'] as const),
    ...(['Invoice', 'InvoiceDocument', 'InvoiceLine', 'LaborCategory', 'LegalEntity', 'Milestone', 'Payment', 'PaymentApplication'] as const),
    ...(['PaymentRefund', 'Project', 'Task', 'TimesheetEntry'] as const),
  ],
  partner: [
    ...(['Assignment', 'Contract', 'ContractVersion', 'Customer', 'Employee', 'Engagement', 'LaborCategory', 'LegalEntity', 'Milestone'] as const),
    ...(['Project', 'Task', 'Timesheet', 'TimesheetEntry'] as const),
  ],
};

/** Whether the contract that an actor works on shows a type. */
export function showsNode({ kind, contract }: Actor, type: NodeType): boolean {
  const shown = nodesShown[outsideContracts[kind] ?? contract ?? ''];
  return shown === undefined || shown.includes(type);
}
