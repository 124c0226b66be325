import type { ActorKind, Grant, Permission } from '#kernel/actor.ts';

/** What a role may do. `area:*` is every action of an area, `*` all. */
export type Role = { description: string; kind: ActorKind; permissions: readonly Grant[] };

const delivery = ['customer', 'engagement', 'contract', 'project', 'task', 'milestone'] as const;
const staffing = ['employee', 'labor-category', 'assignment', 'absence', 'reference'] as const;
const work = ['timesheet', 'time', 'expense'] as const;
const money = ['rate', 'actual', 'invoice', 'payment', 'journal', 'revenue', 'period', 'cost'] as const;
/** What the firm buys of subcontractors; what they cost needs `cost:read` beside. */
const buying = ['subcontractor', 'subcontract', 'supplier-invoice'] as const;
const running = ['exception', 'delivery', 'proposal', 'webhook'] as const;

type Readable = Permission extends infer Each ? (Each extends `${infer Area}:read` ? Area : never) : never;
const reads = <const Areas extends readonly Readable[]>(...areas: Areas) => areas.map((area): `${Areas[number]}:read` => `${area}:read`);
const all = <const Areas extends readonly Readable[]>(...areas: Areas) => areas.map((area): `${Areas[number]}:*` => `${area}:*`);
/** May ask the graph to describe itself, and for what nobody has kept before: for those who build on it. */
const building = ['schema:read', 'operation:adhoc'] as const;

/** Roles by the name that stands in a token. docs/permissions.md is generated from it and from the machines. */
export const roles = {
  portal: {
    description: 'A client of the firm, confined to its own customers; sees no costs, and says what it holds against an invoice.',
    kind: 'CLIENT_PORTAL',
    // What a client holds against an invoice it says itself.
    permissions: [...reads(...delivery, 'assignment', 'employee', 'labor-category', 'time', 'expense', 'invoice', 'payment'), 'dispute:write'],
  },
  partner: {
    description: 'A firm that works for ours: sees the projects on which people whom it sends have work, and their work; no money.',
    kind: 'PARTNER',
    permissions: reads(...delivery, 'assignment', 'employee', 'labor-category', 'timesheet', 'time', 'expense'),
  },
  psa: {
    description: 'A professional-services automation system that keeps projects, people, time and expenses in step.',
    kind: 'INTEGRATION',
    permissions: [
      ...all(...delivery, ...staffing, 'resource-request', ...work),
      ...reads('opportunity', 'rate', 'actual', 'invoice', ...buying, ...running),
      'proposal:decide',
      'webhook:write',
      ...building,
    ],
  },
  migration: {
    description:
      'A system that brings a firm with its history: what psa may, and the rate cards and fiscal periods that price and take it, whoever owns it later.',
    kind: 'INTEGRATION',
    permissions: [
      ...all(...delivery, 'opportunity', ...staffing, 'resource-request', ...work, ...buying, 'rate', 'period'),
      ...reads('actual', 'invoice', 'cost', ...running),
      // The history was approved by the rules of where it comes from.
      'approval:override',
      'ownership:override',
      ...building,
    ],
  },
  crm: {
    description: 'A customer-relationship system that owns customers, their opportunities and engagements.',
    kind: 'INTEGRATION',
    permissions: [
      ...all('customer', 'opportunity', 'engagement'),
      ...reads('contract', 'project', 'reference', 'invoice', 'proposal'),
      'proposal:decide',
      'contract:acknowledge',
      ...building,
    ],
  },
  hr: {
    description: 'A human-resources system that owns employees, their labor categories, skills, working hours, time off and cost rates.',
    kind: 'INTEGRATION',
    permissions: [
      ...all('employee', 'labor-category', 'absence'),
      ...reads('assignment', 'resource-request', 'reference', 'cost', 'subcontractor', 'proposal'),
      'proposal:decide',
      ...building,
    ],
  },
  finance: {
    description: 'A controller: rates, actuals, invoices, payments, journals, periods, contracts.',
    kind: 'STAFF',
    permissions: [
      ...all(...money, ...buying, 'contract', 'milestone', 'reference', 'exception', 'proposal'),
      ...reads(...delivery, 'opportunity', ...staffing, 'resource-request', ...work, 'delivery'),
      'dispute:*',
      'dunning:*',
      'intercompany:*',
      'reconciliation:*',
      'expense:reimburse',
      'project:provision',
      'colleague:read',
      'time:repair',
      ...building,
    ],
  },
  manager: {
    description: 'An engagement manager: runs projects, staffs them, approves time and expenses of others.',
    kind: 'STAFF',
    permissions: [
      ...all('project', 'task', 'milestone', 'assignment', 'resource-request'),
      ...reads(...delivery, 'opportunity', ...staffing, ...work, ...buying, 'rate', 'actual', 'invoice', 'cost', 'exception'),
      'time:approve',
      'colleague:read',
      'expense:approve',
      ...building,
    ],
  },
  consultant: {
    description: 'An employee who records own time and expenses, and sees no others’.',
    kind: 'STAFF',
    permissions: [
      ...reads('customer', 'engagement', 'project', 'task', 'milestone', ...staffing, ...work),
      'timesheet:write',
      'time:write',
      'time:submit',
      'expense:write',
      'expense:submit',
      ...building,
    ],
  },
  analyst: {
    description: 'Reads everything, changes nothing.',
    kind: 'STAFF',
    permissions: [
      ...reads(...delivery, 'opportunity', ...staffing, 'resource-request', ...work, ...buying, ...money, ...running, 'reconciliation'),
      'colleague:read',
      ...building,
    ],
  },
  support: {
    description: 'An operator: works on exceptions and deliveries, reads what they are about.',
    kind: 'STAFF',
    permissions: [
      ...all(...running),
      ...reads(...delivery, 'opportunity', ...staffing, 'resource-request', ...work, ...buying, 'rate', 'actual', 'invoice', 'period', 'reconciliation'),
      'colleague:read',
      'time:repair',
      'reconciliation:run',
      'usage:read',
      'token:read',
      'token:revoke',
      ...building,
    ],
  },
  admin: { description: 'May do everything. For setting up and for emergencies.', kind: 'STAFF', permissions: ['*'] },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof roles;

/** The role of that name, if there is one. */
export function roleOf(name: string): Role | undefined {
  return Object.hasOwn(roles, name) ? roles[name as RoleName] : undefined;
}
