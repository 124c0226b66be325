import type { Firm } from './firmAt.ts';
import { untilTrue } from './program.ts';
import type { Telling } from './wholeStory.ts';

const results = 'results { userErrors { code field message } }';

/** A project asks for somebody, and gets the person who fits: one assignment, however often it is accepted. */
export async function staffed({ graph, rest }: Telling, firm: Firm): Promise<{ employeeId: string; assignmentId: string }> {
  const employeeId = await firm.person('Candidate', true);
  const asked = { projectId: firm.projectId, name: 'A builder', laborCategoryId: firm.categoryId, weeklyHours: '24' };
  const id = await graph.made('createResourceRequest', 'resourceRequest', { ...asked, startDate: '2027-02-01', endDate: '2027-02-26' });
  await graph.done('submitResourceRequest', { id });
  await graph.ok('query ($id: ID!) { candidates(requestId: $id, first: 5) { nodes { score } } }', { id });
  await graph.done('proposeResources', { id, proposals: [{ employeeId }] });
  await graph.done('acceptResourceProposal', { id });
  await rest();
  const text = 'query ($id: ID!) { resourceRequest(id: $id) { status proposals { assignment { id } } } }';
  const { resourceRequest } = await graph.ok(text, { id });
  return { employeeId, assignmentId: resourceRequest.proposals[0].assignment.id };
}

/** Time off that leaves too little for what is confirmed is seen, and is no trouble any more once it is taken back. */
export async function overbooked({ graph, sql, rest }: Telling, { employeeId }: { employeeId: string }): Promise<void> {
  const externalRef = { system: 'hr', externalId: `vacation of ${employeeId}` };
  const off = { externalRef, employeeId, startDate: '2027-02-01', endDate: '2027-02-05', kind: 'VACATION' };
  await graph.done('upsertAbsences', { items: [off] }, { select: results });
  const open = () => sql`select id from operations.exception where code = 'OVER_ALLOCATED' and status in ('OPEN', 'RETRYING')`;
  await untilTrue('too much is confirmed', async () => (await open()).length > 0);
  await rest();
  const { absences } = (await graph.ok('query ($id: ID!) { employee(id: $id) { absences { nodes { id } } } }', { id: employeeId })).employee;
  await graph.done('cancelAbsence', { id: absences.nodes[0].id });
  await untilTrue('it fits again', async () => (await open()).length === 0);
  await rest();
}
