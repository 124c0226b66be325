import { references as finance } from '#finance/published.ts';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';
import type { Firm } from './firmAt.ts';
import type { Graph, Json } from './graph.ts';
import type { resourcesWorld } from './resources.ts';
import { aLegalEntity } from './siblings.ts';
import { allowed } from './subgraph.ts';

/** All that is required of a subcontractor, in force for some years. */
export const papers = ['MASTER_AGREEMENT', 'CONFIDENTIALITY', 'INSURANCE', 'TAX_FORM'].map((kind) => ({
  ...{ kind, reference: `${kind} 1`, effectiveFrom: '2025-01-01', effectiveTo: '2030-12-31' },
}));

/** Somebody else than who submits. */
export const approver = { ...allowed, id: 'approver' };
/** Who plans, and sees no cost. */
export const planner = { ...allowed, id: 'planner', kind: 'INTEGRATION' as const, permissions: roles.psa.permissions };

type World = Awaited<ReturnType<typeof resourcesWorld>>;

/** Short ways to firms that work for ours, and to their orders. */
export function subcontracting(world: World) {
  const { made } = world;
  const books = async (): Promise<string> => {
    const id = newId();
    await world.publish(finance.LegalEntity, [{ id, data: aLegalEntity() }]);
    return id;
  };
  const draftSeller = async (more: object = {}): Promise<string> => {
    const input = { name: 'Zeta Works', legalEntityId: await books(), currency: 'EUR', documents: papers, ...more };
    return (await made('createSubcontractor', { input })).id;
  };
  /** A subcontractor that may be ordered from. */
  const seller = async (more: object = {}): Promise<string> => {
    const id = await draftSeller(more);
    await made('submitSubcontractor', { input: { id } });
    await made('approveSubcontractor', { input: { id }, actor: approver });
    return id;
  };
  const personOf = (subcontractorId: string, name = 'Zoe', more: object = {}): Promise<{ id: string }> =>
    world.worker(name, { subcontractorId, workerType: 'CONTRACTOR', ...more });
  return { books, draftSeller, seller, personOf };
}

const rate = { amount: '80.00', currency: 'EUR' };

/** A line for a project over 2026. */
export const aLine = (projectId: string, more: object = {}) => ({
  ...{ number: 1, projectId, unitRate: rate, startDate: '2026-01-01', endDate: '2026-12-31', ...more },
});

type Order = { rate?: string; currency?: string; more?: object; confirm?: boolean; category?: boolean };

/** Through the graph alone: a subcontractor that was approved, a person of it, and an order for that person on the firm's project. */
export async function boughtBy(graph: Graph, firm: Firm, { rate: amount = '80.00', currency = 'EUR', more = {}, confirm = true, category }: Order = {}) {
  const { made, done } = graph;
  const { legalEntityId, projectId, categoryId } = firm;
  const subcontractorId = await made('createSubcontractor', 'subcontractor', { name: 'Zeta Works', legalEntityId, currency, documents: papers });
  await done('submitSubcontractor', { id: subcontractorId }, { wish: { role: 'finance' } });
  await done('approveSubcontractor', { id: subcontractorId });
  const person = async (name: string): Promise<string> => {
    const laborCategories = [{ laborCategoryId: categoryId, effectiveFrom: '2020-01-01' }];
    const hire = { name, hiredOn: '2020-01-01', legalEntityId, workerType: 'CONTRACTOR', subcontractorId, laborCategories };
    const id = await made('createEmployee', 'employee', hire);
    await done('activateEmployee', { id });
    return id;
  };
  const employeeId = await person('Zoe');
  const order = async (line: object = {}, name = 'Order 7'): Promise<{ subcontractId: string; lineId: string }> => {
    const whose = category ? { laborCategoryId: categoryId } : { employeeId };
    const lines = [aLine(projectId, { ...whose, unitRate: { amount, currency }, ...more, ...line })];
    const { subcontract } = await done('createSubcontract', { subcontractorId, name, lines }, { select: 'subcontract { id lines { id } }' });
    if (confirm) await done('confirmSubcontract', { id: subcontract.id });
    return { subcontractId: subcontract.id, lineId: subcontract.lines[0].id };
  };
  return { subcontractorId, employeeId, person, order, ...(await order()) };
}

type Asked = { hours: string; rate?: string; startDate?: string; endDate?: string; more?: object };

/** Invoices of a subcontractor, recorded by the controller and compared by whoever approves. */
export function invoicing({ done }: Pick<Graph, 'done'>, { subcontractorId, subcontractId }: { subcontractorId: string; subcontractId: string }) {
  const record = async (number: string, { hours, rate = '80.00', startDate = '2026-02-09', endDate = '2026-02-15', more }: Asked): Promise<string> => {
    const unitRate = { amount: rate, currency: 'EUR' };
    const lines = [{ subcontractId, lineNumber: 1, startDate, endDate, hours, unitRate, ...more }];
    const item = { subcontractorId, number, invoiceDate: '2026-02-28', lines };
    const options = { select: 'results { supplierInvoice { id } userErrors { message } }', wish: { role: 'finance' as const } };
    return (await done('recordSupplierInvoices', { items: [item] }, options)).results[0].supplierInvoice.id;
  };
  const lines = 'lines { position matchedHours differences { code message amount { amount } } }';
  const match = async (id: string): Promise<Json> =>
    (await done('matchSupplierInvoice', { id }, { select: `supplierInvoice { status total { amount } ${lines} } ` })).supplierInvoice;
  return { record, match, lines };
}
