import assert from 'node:assert/strict';
import type { Json } from '../graph.ts';
import type { Choices } from '../seeds.ts';
import type { Seen } from './look.ts';
import type { Model } from './model.ts';
import type { Office, Said } from './office.ts';

/** What a sequence works with. */
export type Terms = {
  legalEntityId: string;
  customerId: string;
  contractId: string;
  projectId: string;
  employeeId: string;
  approverId: string;
  categoryId: string;
  /** The month of its work, where it may close it: no other sequence keeps books there. */
  periodId?: string | undefined;
  currency: string;
};

/** One sequence: all that it does, it does to a contract of its own. */
export type Lane = { terms: Terms; model: Model; office: Office; seen: Seen; last?: Said | undefined };

export type Step = { lane: Lane; model: Model; random: Choices };

/** One command; false when there is nothing that it could be done to, or it was refused as it had to be. */
export type Command = (step: Step) => Promise<boolean>;

/** The day that papers and payments have. */
export const after = '2026-03-31';
/** The day before, on which nothing of what follows may be dated. */
export const before = '2026-03-30';

export const money = ({ terms }: Lane, minor: number) => ({ amount: (minor / 100).toFixed(2), currency: terms.currency });

export const codesOf = ({ userErrors }: Json): string[] => userErrors.map(({ code }: Json) => code);

/** Asks for what may be refused: the payload. */
export async function ask(lane: Lane, name: string, { select = '', ...input }: Record<string, unknown> & { select?: string }): Promise<Json> {
  const said = await lane.office.ask(name, input, select);
  if (said.payload.userErrors.length === 0) lane.last = said;
  return said.payload;
}

/** Asks for what must succeed. */
export async function send(lane: Lane, name: string, input: Record<string, unknown> & { select?: string }): Promise<Json> {
  const payload = await ask(lane, name, input);
  assert.deepEqual(payload.userErrors, [], `${name} is refused`);
  return payload;
}

/** Refused for its date, whatever else is the case: the model stays as it is. */
export async function refusedEarly(lane: Lane, name: string, { field, ...input }: Record<string, unknown> & { field: string }): Promise<void> {
  const { userErrors } = await ask(lane, name, input);
  assert.deepEqual(
    userErrors.map(({ code, field: where }: Json) => `${code} ${where}`),
    [`VALIDATION_FAILED ${field}`],
  );
}
