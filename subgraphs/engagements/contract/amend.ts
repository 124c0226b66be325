import type { AddContractVersionInput } from '#generated/engagements.ts';
import type { Scope } from '#kernel/context.ts';
import { checkText } from '#kernel/input.ts';
import { addDays } from '#kernel/period.ts';
import { checkDates, said } from '../fields.ts';
import { act, newborn, type Plan, planned, wholeRow } from '../plan.ts';
import { type ContractRow, contractVersions } from '../tables.ts';
import { contentChange, contentFor, draftContent } from './content.ts';
import { checkContent, checkRemoved, checkSiblings, checkTerms, type Ground, subjectOn } from './ground.ts';
import { contractMachine } from './machine.ts';
import { noContent } from './rows.ts';

export type VersionFields = Omit<AddContractVersionInput, 'id' | 'expectedVersion' | 'idempotencyKey'>;

/** A later version of a contract in force: it ends the newest one the day before. What is not given stays as the newest has it. */
export function planVersion(scope: Scope, ground: Ground, { before, fields }: { before: ContractRow; fields: VersionFields }): Plan<ContractRow> {
  const { lines, rates, effectiveFrom, reason, ...terms } = fields;
  const versions = ground.versions.get(before.id) ?? [];
  const newest = versions.at(-1);
  if (!newest) throw new Error(`the contract ${before.id} has no version`);
  checkTerms(terms);
  checkSiblings(ground, terms, before.customerId);
  checkContent(ground, before, { lines, rates });
  const why = reason ? checkText('reason', reason, 1000) : null;
  const successor = { ...newborn(scope), number: newest.row.number + 1, effectiveFrom, effectiveTo: null, reason: why };
  const row = wholeRow(contractVersions, { ...newest.row, ...said(terms), ...successor });
  const lineIds = ground.lineIds.get(before.id) ?? new Map();
  const drafted = draftContent(scope, { contract: before, version: row, lineIds }, { before: newest.content, input: { lines, rates } });
  checkRemoved(contentChange(newest.content, drafted), (lineId) => ground.billedLines.get(lineId) === true);
  const content = contentFor(scope, row.id, drafted);
  const subject = (contract: ContractRow) => ({ ...subjectOn(ground)(contract), ...content, next: row });
  const plan = act(scope, planned(scope, { before, row: before }), { machine: contractMachine, action: 'amend', subject });
  checkDates({ startDate: effectiveFrom, endDate: row.endDate });
  const ended = { ...newest.row, effectiveTo: addDays(effectiveFrom, -1), version: newest.row.version + 1, updatedAt: scope.now };
  ground.versions.set(before.id, [...versions.slice(0, -1), { ...newest, row: ended }, { row, content }]);
  ground.changes.push({ versions: [ended, row], content: contentChange(noContent, content), lineIds });
  return plan;
}
