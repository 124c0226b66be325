import { newId } from '#kernel/ids.ts';
import { addDays, dateOf, mondayOf } from '#kernel/period.ts';
import type { Firm } from './firmAt.ts';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';

/** The Monday so many weeks ahead: what is over-allocated shows in weeks to come. */
export function mondayAhead(weeks: number): string {
  return addDays(mondayOf(dateOf(new Date())), 7 * weeks);
}

/** People as HR brings them, and requests for them as a project does. */
export function staffing(world: FlowWorld, firm: Firm) {
  const { graph } = world;
  const [startDate, endDate] = [mondayAhead(4), addDays(mondayAhead(8), -3)];
  /** Somebody at work, as the HR system delivers them. */
  const employee = async (name: string, more: Record<string, unknown> = {}): Promise<string> => {
    const laborCategories = [{ laborCategoryId: firm.categoryId, effectiveFrom: '2020-01-01' }];
    const item = { externalRef: { system: 'hr', externalId: newId() }, name, hiredOn: '2020-01-01', status: 'ACTIVE', laborCategories, ...more };
    const [id = ''] = await bulk('upsertEmployees', [item], 'employee');
    return id;
  };
  const bulk = async (name: string, items: readonly Record<string, unknown>[], entity: string, wish = { role: 'hr', subject: 'hr' }): Promise<string[]> => {
    const { results } = await graph.done(name, { items }, { select: `results { ${entity} { id } userErrors { code message field } }`, wish });
    return results.map((result: Json) => result[entity].id);
  };
  const skill = (name: string, level: number) => ({ name, level, effectiveFrom: '2020-01-01', source: 'review' });
  const wanted = (more: Record<string, unknown> = {}) => ({
    ...{ projectId: firm.projectId, name: 'Build the portal', laborCategoryId: firm.categoryId, percent: 100, startDate, endDate },
    ...{ skills: [{ name: 'TypeScript', level: 4 }], ...more },
  });
  /** A request, submitted. */
  const requested = async (more: Record<string, unknown> = {}): Promise<string> => {
    const id = await graph.made('createResourceRequest', 'resourceRequest', wanted(more));
    await graph.done('submitResourceRequest', { id });
    return id;
  };
  const read = async (id: string): Promise<Json> => {
    const proposals = 'proposals { employee { id } weeklyHours mismatches reason assignment { id status startDate endDate weeklyHours } }';
    return (await graph.ok(`query ($id: ID!) { resourceRequest(id: $id) { status version decisionNote ${proposals} } }`, { id })).resourceRequest;
  };
  const candidates = async (requestId: string, args = 'first: 10'): Promise<Json> => {
    const reasons =
      'reasons { concern fits points most message } weeks { startDate capacityHours holidayHours absenceHours bookedHours tentativeHours freeHours }';
    const nodes = `pageInfo { hasNextPage endCursor } totalCount nodes { score fits employee { id name } ${reasons} }`;
    return (await graph.ok(`query ($id: ID!) { candidates(requestId: $id, ${args}) { ${nodes} } }`, { id: requestId })).candidates;
  };
  const refusal = async (name: string, input: Record<string, unknown>, wish?: { role: string; subject?: string }): Promise<Json> =>
    (await graph.mutate(name, { idempotencyKey: newId(), ...input }, wish ? { wish } : {})).userErrors[0];
  const absence = (employeeId: string, more: Record<string, unknown> = {}, externalId: string = newId()) =>
    bulk('upsertAbsences', [{ externalRef: { system: 'hr', externalId }, employeeId, startDate, endDate: startDate, ...more }], 'absence');
  /** What stands against an employee, oldest first, with its ways out. */
  const stuck = async (employeeId: string): Promise<Json[]> => {
    const text = 'query ($id: ID!) { operations { stuck(filter: { subjectIds: [$id] }) { nodes { code message owner cures { mutation } } } } }';
    return (await graph.ok(text, { id: employeeId })).operations.stuck.nodes;
  };
  return { startDate, endDate, employee, bulk, skill, wanted, requested, read, candidates, refusal, absence, stuck };
}
