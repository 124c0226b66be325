import { references as engagements } from '#engagements/published.ts';
import type { RecordActualItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Scope } from '#kernel/context.ts';
import { missingTime, readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs, linkExternalRefs, takenVersions } from '#kernel/external.ts';
import { isId, newId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { type Money, readMoney } from '#kernel/money.ts';
import { attempt, type Outcome } from '#kernel/outcome.ts';
import { demandOwnerOf, demandOwnReference } from '#kernel/ownership.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { demandNotOlder } from '#kernel/sourceVersion.ts';
import { sees } from '#kernel/visibility.ts';
import { references as resources } from '#resources/published.ts';
import { unbounded } from '../billing/caps.ts';
import { capsOn, explainAmount, termsOn, type Under, underOf } from '../billing/price.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type ActualRow, actuals, externalRefs } from '../tables.ts';
import { seesCost } from '../visibility.ts';
import { demandInTerm, demandOpenProject, demandSelling } from './assess.ts';
import { accepted } from './decide.ts';
import { type ActualDraft, enterAll } from './ledger.ts';
import { holdLimits } from './limits.ts';
import { type Pricing, readPricing } from './pricing.ts';

/** An item, whoever named what it points to. */
type RecordItem = Meant<RecordActualItem, 'project', 'task' | 'employee' | 'laborCategory'>;

/** Adds lines of another system to the ledger. The same external reference with the same content gives its actual again. */
export async function recordActuals(scope: Scope, items: readonly RecordItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'actual:write');
  const loaded = await load(scope, items);
  const plans = items.map((item) => attempt(() => owned(scope, plan(scope, item, loaded))));
  const fresh = accepted(plans).filter((each) => 'draft' in each);
  const bounds = fresh.map(({ draft: { kind, contractId, contractLineId, workDate } }) =>
    kind === 'UNBILLED_SALES' ? { caps: capsOn(loaded.pricing.contract(contractId), { contractId, lineId: contractLineId, date: workDate }) } : unbounded,
  );
  const limits = await holdLimits(scope, bounds);
  const drafts = fresh.map(({ draft }, index) => {
    // What another system recorded is one thing to it: it waits whole.
    const { hold } = limits(bounds[index] ?? unbounded, { minor: draft.amountMinor, currency: draft.currency }, { whole: true });
    return hold ? { ...draft, status: 'NOT_READY' as const, holdCode: hold.code, holdReason: hold.reason } : draft;
  });
  await enterAll(scope, { drafts });
  const links = accepted(plans).map((each) => ({ entityId: 'draft' in each ? each.draft.id : each.id, refs: [each.item.externalRef], delivered: true }));
  await linkExternalRefs(scope, externalRefs, { entityType: 'Actual', links });
  return plans.map((each) => (each instanceof Refused ? { refused: each } : { id: 'draft' in each ? each.draft.id : each.id }));
}

type Loaded = {
  pricing: Pricing;
  periods: PeriodJudge;
  /** Actuals by external reference. */
  recorded: ReadonlyMap<string, ActualRow>;
  ids: Readonly<Record<'Task' | 'Employee' | 'LaborCategory', ReadonlyMap<string, unknown>>>;
  /** The source's version of what was recorded, by external reference. */
  versions: ReadonlyMap<string, string | null>;
  /** External references that the call brought so far. */
  seen: Set<string>;
};

async function load(scope: Scope, items: readonly RecordItem[]): Promise<Loaded> {
  const present = (ids: readonly (string | null | undefined)[]) => ids.filter(isId);
  const ids = await findByExternalRefs(scope, externalRefs, { entityType: 'Actual', refs: items.map((item) => item.externalRef) });
  const rows = await rowsById(scope.tx, actuals, [...ids.values()]);
  const work = items
    .filter((item) => isId(item.projectId))
    .map(({ projectId, workDate }) => ({ projectId, workDate, employeeId: null, laborCategoryId: null }));
  const pricing = await readPricing(scope.tx, work);
  const days = items.flatMap((item) => {
    const project = pricing.project(item.projectId);
    const books = project && pricing.legalEntity(project);
    return books ? [{ legalEntityId: books.id, date: item.accountingDate ?? item.workDate }] : [];
  });
  return {
    pricing,
    periods: await holdPeriods(scope, days),
    recorded: new Map(
      [...ids].flatMap(([key, id]): [string, ActualRow][] => {
        const row = rows.get(id);
        return row ? [[key, row]] : [];
      }),
    ),
    ids: {
      Task: await references(scope.tx, engagements.Task, present(items.map((item) => item.taskId))),
      Employee: await references(scope.tx, resources.Employee, present(items.map((item) => item.employeeId))),
      LaborCategory: await references(scope.tx, resources.LaborCategory, present(items.map((item) => item.laborCategoryId))),
    },
    versions: await takenVersions(scope, externalRefs, { entityType: 'Actual', given: items.map((item) => item.externalRef) }),
    seen: new Set(),
  };
}

/** The ledger is written past the commands: here its owner is asked for. */
function owned(scope: Scope, made: Plan): Plan {
  demandOwnReference(scope.actor, made.item.externalRef.system);
  if ('draft' in made) demandOwnerOf(scope, 'Actual');
  return made;
}

type Plan = { id: string; item: RecordItem } | { draft: ActualDraft; item: RecordItem };

function plan(scope: Scope, item: RecordItem, loaded: Loaded): Plan {
  const key = externalKey(item.externalRef);
  if (loaded.seen.has(key)) throw new Refused('VALIDATION_FAILED', `${key} stands in the call twice.`, { field: 'externalRef' });
  loaded.seen.add(key);
  const draft = draftOf(scope, item, loaded);
  const before = loaded.recorded.get(key);
  if (!before) return { draft, item };
  demandNotOlder(item.externalRef, loaded.versions.get(key));
  const other = contentFields.find((field) => (before[field] ?? null) !== (draft[field] ?? null));
  if (other) {
    throw new Refused('GUARD_REFUSED', `${key} was recorded with another ${other}. Reverse it, then record it with a reference of its own.`, {
      field: other,
      guard: 'sameContent',
    });
  }
  return { id: before.id, item };
}

/** What makes two recordings of one external reference the same. */
const contentFields = [
  'kind',
  'transactionClass',
  'projectId',
  'contractLineId',
  'taskId',
  'employeeId',
  'laborCategoryId',
  'workDate',
  'accountingDate',
  'seconds',
  'amountMinor',
  'currency',
  'description',
] as const;

function draftOf(scope: Scope, item: RecordItem, { pricing, periods, recorded, ids }: Loaded): ActualDraft {
  const { kind, transactionClass, projectId, workDate } = item;
  if (kind === 'BILLED_SALES') throw new Refused('VALIDATION_FAILED', 'BILLED_SALES comes from invoices.', { field: 'kind' });
  if (kind === 'RESOURCING_COST' || kind === 'INTERCOMPANY_SALES')
    throw new Refused('VALIDATION_FAILED', `${kind} comes from posting the work of an employee whom another legal entity lends.`, { field: 'kind' });
  if (kind === 'COST' && !seesCost(scope.actor)) throw new Refused('FORBIDDEN', 'Recording COST needs the permission cost:read.');
  const project = pricing.project(projectId);
  if (!project || !sees(scope.actor, project)) throw notFound('Project', projectId, 'projectId');
  const legalEntity = demandOpenProject(project, pricing);
  for (const [type, id, field] of [
    ['Task', item.taskId, 'taskId'],
    ['Employee', item.employeeId, 'employeeId'],
    ['LaborCategory', item.laborCategoryId, 'laborCategoryId'],
  ] as const) {
    if (id && !ids[type].has(id)) throw notFound(type, id, field);
  }
  const amount = readMoney(item.amount, 'amount');
  if (amount.minor < 0n) throw new Refused('VALIDATION_FAILED', 'amount must be 0 or more; take an actual back by reverseActuals.', { field: 'amount' });
  const accountingDate = item.accountingDate ?? workDate;
  const closed = recorded.has(externalKey(item.externalRef)) ? undefined : periods({ legalEntityId: legalEntity.id, date: accountingDate }, 'accountingDate');
  if (closed) throw closed;
  const { sale, under } = saleOf(item, amount, { pricing, contractId: project.contractId });
  const id = newId(scope.now.getTime());
  return {
    id,
    kind,
    transactionClass,
    status: 'READY',
    sourceType: 'EXTERNAL',
    sourceId: id,
    sourceVersion: 1,
    billable: kind === 'UNBILLED_SALES',
    legalEntityId: legalEntity.id,
    customerId: project.customerId,
    engagementId: project.engagementId,
    ...sale,
    projectId,
    taskId: item.taskId ?? null,
    employeeId: item.employeeId ?? null,
    laborCategoryId: item.laborCategoryId ?? null,
    workDate,
    accountingDate,
    seconds: secondsOf(item),
    amountMinor: amount.minor,
    currency: amount.currency,
    description: item.description ? checkLines('description', item.description, 1000) : null,
    priceExplanation: explainAmount('GIVEN_AMOUNT', amount.currency, under && { under, contractLineId: sale.contractLineId }),
  };
}

function secondsOf(item: RecordItem): bigint | null {
  const seconds = readSeconds(item);
  if (item.transactionClass !== 'TIME') {
    if (seconds !== undefined) throw new Refused('VALIDATION_FAILED', 'Only TIME has hours.', { field: timeField(item) });
    return null;
  }
  if (seconds === undefined) throw missingTime();
  if (seconds <= 0n) throw new Refused('VALIDATION_FAILED', 'TIME must be more than 0.', { field: timeField(item) });
  return seconds;
}

type Sale = { sale: { contractId: string | null; contractLineId: string | null }; under: Under | undefined };

/** The contract and its line; what is sold needs one that is in force, in the contract's currency. */
function saleOf(item: RecordItem, amount: Money, { pricing, contractId }: { pricing: Pricing; contractId: string | null }): Sale {
  const { contractLineId } = item;
  if (!contractLineId) {
    if (item.kind === 'UNBILLED_SALES')
      throw new Refused('VALIDATION_FAILED', 'UNBILLED_SALES needs the contract line that bills it.', { field: 'contractLineId' });
    return { sale: { contractId: null, contractLineId: null }, under: undefined };
  }
  const contract = pricing.contract(contractId);
  const terms = contract && termsOn(contract, item.workDate);
  if (!contract || !contractId || !terms?.lines.some((line) => line.id === contractLineId)) throw notFound('ContractLine', contractLineId, 'contractLineId');
  const found = { sale: { contractId, contractLineId }, under: underOf({ contractId, contract: terms }) };
  if (item.kind !== 'UNBILLED_SALES') return found;
  demandSelling(contract);
  demandInTerm(contract, terms, item.workDate);
  if (amount.currency !== contract.currency)
    throw new Refused('CURRENCY_MISMATCH', `The contract ${contract.name} is in ${contract.currency}, not in ${amount.currency}.`, { field: 'amount' });
  return found;
}
