import type { CreateSubcontractInput, MoneyInput } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { DecisionContext, Draft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { begin, type Transition } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { dateOf } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { demandNamed, type Named, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { facts, references } from '../published.ts';
import { demandWholeFirm } from '../subcontractor/decide.ts';
import { missingOn } from '../subcontractor/documents.ts';
import { type SubcontractLineRow, type SubcontractorRow, type SubcontractRow, subcontract } from '../tables.ts';
import { clashesOf, type LineFields, type Order, type Ordering, readLines, replaceLines } from './lines.ts';
import type { LoadedSubcontracts } from './load.ts';
import { type SubcontractSubject, subcontractMachine } from './machine.ts';

/** What an order says beside its lines; the lines of an input with what they point to by id. */
export type Fields = Pick<Ordering<Meant<CreateSubcontractInput, 'subcontractor'>>, 'subcontractorId' | 'name' | 'tolerance' | 'lines'>;

/** A subcontractor from whom may be ordered, if its orders are the actor's to know. */
export function demandSeller(loaded: LoadedSubcontracts, id: string, { actor }: DecisionContext): SubcontractorRow {
  demandWholeFirm(actor);
  const seller = loaded.subcontractors.get(id);
  if (!seller || !sees(actor, seller)) throw notFound('Subcontractor', id, 'subcontractorId');
  if (seller.status !== 'ENDED') return seller;
  throw new Refused('VALIDATION_FAILED', `${seller.name} is ENDED; nothing is ordered from it.`, { field: 'subcontractorId' });
}

/** A draft with its lines. */
export function drafted(draft: Draft, loaded: LoadedSubcontracts, fields: Fields): SubcontractRow {
  const seller = demandSeller(loaded, fields.subcontractorId, draft.context);
  const { id: subcontractorId, legalEntityId, currency } = seller;
  const wanted = linesFor(loaded, { seller, currency, lines: fields.lines, context: draft.context });
  const values = { subcontractorId, legalEntityId, currency, closedOn: null, toleranceMinor: toleranceOf(fields.tolerance, currency) };
  const row = draft.insert(subcontract, { ...values, name: checkText('name', fields.name) }, begin(subcontractMachine));
  replaceLines(draft, row, { held: [], wanted });
  return row;
}

export function toleranceOf(given: MoneyInput | null | undefined, currency: string): bigint {
  if (!given) return 0n;
  const money = readMoney(given, 'tolerance');
  if (money.currency !== currency) throw new Refused('CURRENCY_MISMATCH', `The order is in ${currency}.`, { field: 'tolerance' });
  if (money.minor < 0n) throw new Refused('VALIDATION_FAILED', 'tolerance is zero or more.', { field: 'tolerance' });
  return money.minor;
}

type LinesFor = { seller: SubcontractorRow; currency: string; lines: Fields['lines']; context: DecisionContext };

/** Reads lines; refuses what points to nothing, and people who are not the subcontractor's. */
export function linesFor(loaded: LoadedSubcontracts, { seller, currency, lines, context }: LinesFor): LineFields[] {
  const wanted = readLines(lines ?? [], currency);
  for (const { number, projectId, employeeId, laborCategoryId } of wanted) {
    const project = loaded.projects.get(projectId);
    if (!project || !sees(context.actor, project)) throw notFound('Project', projectId, 'lines.projectId');
    const person = employeeId === null ? undefined : loaded.employees.get(employeeId);
    if (employeeId !== null && !person) throw notFound('Employee', employeeId, 'lines.employeeId');
    if (person && person.subcontractorId !== seller.id)
      throw new Refused('VALIDATION_FAILED', `Line ${number}: ${person.name} is no person of ${seller.name}.`, { field: 'lines.employeeId' });
    const category = laborCategoryId === null ? undefined : loaded.laborCategories.get(laborCategoryId);
    if (laborCategoryId !== null && !category) throw notFound('LaborCategory', laborCategoryId, 'lines.laborCategoryId');
  }
  return wanted;
}

/** A locked order that the actor may know of. */
export function demandSubcontract({ rows }: LoadedSubcontracts, { id, expectedVersion }: Named, { actor }: DecisionContext): SubcontractRow {
  demandWholeFirm(actor);
  return demandNamed(rows, { entity: subcontract.name, id, expectedVersion }, (row) => sees(actor, row));
}

type Around = { seller: SubcontractorRow | undefined; lines: readonly SubcontractLineRow[]; others: readonly Order[]; now: Date };

/** An order as its machine judges it. */
export function subjectOf(row: SubcontractRow, { seller, lines, others, now }: Around): SubcontractSubject {
  return {
    status: row.status,
    subcontractorStatus: seller?.status ?? 'UNKNOWN',
    missing: missingOn(seller?.documents ?? [], dateOf(now)),
    lineCount: lines.length,
    clashes: clashesOf({ name: row.name, closedOn: null, lines }, others),
  };
}

/** The same, from what was loaded. */
export function subjectIn(loaded: LoadedSubcontracts, row: SubcontractRow, now: Date): SubcontractSubject {
  const lines = loaded.lines.get(row.id) ?? [];
  return subjectOf(row, { seller: loaded.subcontractors.get(row.subcontractorId), lines, others: othersOf(row, loaded), now });
}

/** The orders of the same subcontractor that pay work already. */
export function othersOf(
  { id, subcontractorId }: SubcontractRow,
  { standing, lines }: { standing: ReadonlyMap<string, SubcontractRow>; lines: ReadonlyMap<string, readonly SubcontractLineRow[]> },
): Order[] {
  const own = [...standing.values()].filter((row) => row.subcontractorId === subcontractorId && row.id !== id);
  return own.map((row) => ({ name: row.name, closedOn: row.closedOn, lines: lines.get(row.id) ?? [] }));
}

type SubcontractFact = 'SubcontractConfirmed' | 'SubcontractClosed' | 'SubcontractChanged';
type Stated = { row: SubcontractRow; by: Transition<SubcontractRow['status'], SubcontractFact>; lines: readonly SubcontractLineRow[] };

/** States facts about an order, and publishes its lines once they pay work. */
export function stateSubcontract(draft: Draft, { row, by, lines }: Stated): void {
  const { id: subcontractId, version, name, status, subcontractorId, legalEntityId, closedOn } = row;
  if (status === 'CONFIRMED' || status === 'CLOSED')
    for (const line of lines) draft.publish(published(references.SubcontractLine, { id: line.id, version, data: referenceOf(row, line) }));
  const projectIds = [...new Set(lines.map(({ projectId }) => projectId))];
  const payload = { subcontractId, subcontractorId, name, status, projectIds, closedOn };
  for (const fact of by.emits) draft.state(facts[fact], { subject: row, keys: { legalEntityId, projectId: projectIds }, payload });
}

/** What the siblings may know of a line that pays work. */
function referenceOf({ id: subcontractId, name, subcontractorId, legalEntityId, closedOn, toleranceMinor }: SubcontractRow, line: SubcontractLineRow) {
  const { number, projectId, employeeId, laborCategoryId, unitRateMinor, currency, startDate, endDate, limitSeconds, limitMinor } = line;
  return {
    ...{ subcontractId, name, subcontractorId, legalEntityId, number, projectId, employeeId, laborCategoryId, currency, startDate, endDate, closedOn },
    rateMinor: unitRateMinor.toString(),
    limitSeconds: limitSeconds?.toString() ?? null,
    limitMinor: limitMinor?.toString() ?? null,
    toleranceMinor: toleranceMinor.toString(),
  };
}
