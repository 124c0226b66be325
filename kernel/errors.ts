/** The one vocabulary of refusals: the same names in `userErrors`, in `extensions.code` and in the runbook. */
export const errorCodes = {
  VALIDATION_FAILED: { retryable: false },
  NOT_FOUND: { retryable: false },
  FORBIDDEN: { retryable: false },
  UNAUTHENTICATED: { retryable: false },
  INVALID_TRANSITION: { retryable: false },
  GUARD_REFUSED: { retryable: false },
  OWNERSHIP_VIOLATION: { retryable: false },
  STALE_VERSION: { retryable: true },
  IDEMPOTENCY_KEY_REUSED: { retryable: false },
  IDEMPOTENCY_IN_PROGRESS: { retryable: true },
  DUPLICATE_EXTERNAL_REF: { retryable: false },
  STALE_SOURCE_VERSION: { retryable: false },
  RATE_NOT_FOUND: { retryable: true },
  LABOR_CATEGORY_MISSING: { retryable: true },
  PROJECT_NOT_BILLABLE: { retryable: false },
  PERIOD_CLOSED: { retryable: true },
  NOT_TO_EXCEED: { retryable: false },
  ACTUAL_REVERSED: { retryable: true },
  OVER_ALLOCATED: { retryable: true },
  TIME_AFTER_TERMINATION: { retryable: true },
  TAX_FAILED: { retryable: true },
  DISPUTE_UNRESOLVED: { retryable: false },
  PAYMENT_UNMATCHED: { retryable: false },
  CURRENCY_MISMATCH: { retryable: false },
  WEBHOOK_FAILING: { retryable: true },
  CURSOR_EXPIRED: { retryable: false },
  RATE_LIMITED: { retryable: true },
  COST_LIMIT: { retryable: false },
  BODY_TOO_LARGE: { retryable: false },
  TIMED_OUT: { retryable: true },
  UPSTREAM_UNAVAILABLE: { retryable: true },
  SUBGRAPH_FAILED: { retryable: false },
  INTERNAL: { retryable: true },
} as const satisfies Record<string, { retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

/** Where a refusal points: the input field, the guard that refused; what else stands against it, where all is named at once; and when it may be otherwise. */
export type RefusalDetail = {
  field?: string | undefined;
  guard?: string | undefined;
  also?: readonly Refused[] | undefined;
  retryAfterMs?: number | undefined;
};

/** An expected "no". It is data for the caller; every other thrown thing is a bug. */
export class Refused extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly guard: string | undefined;
  readonly also: readonly Refused[];
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.field = detail.field;
    this.guard = detail.guard;
    this.also = detail.also ?? [];
    this.retryAfterMs = detail.retryAfterMs;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** A refusal as the contract shows it (SDL type UserError). */
export type UserError = {
  code: ErrorCode;
  message: string;
  field: string | null;
  guard: string | null;
  retryable: boolean;
  correlationId: string;
  proposalId: string | null;
};

/** A refusal with all that stands against the same, in their order. */
export function toUserErrors(refused: Refused, correlationId: string, proposalId: string | null = null): UserError[] {
  return [refused, ...refused.also].map((each) => toUserError(each, correlationId, proposalId));
}

export function toUserError(refused: Refused, correlationId: string, proposalId: string | null = null): UserError {
  return {
    code: refused.code,
    message: refused.message,
    field: refused.field ?? null,
    guard: refused.guard ?? null,
    retryable: refused.retryable,
    correlationId,
    proposalId,
  };
}

/** PostgreSQL reports a broken constraint with SQLSTATE, the constraint's name and, where our triggers say so, the field. */
export type DatabaseError = Error & { code: string; constraint_name?: string; column_name?: string; table_name?: string };

/** Finds the driver's error inside drizzle's wrapper; undefined when it is something else. */
export function databaseError(thrown: unknown): DatabaseError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error as DatabaseError;
  }
  return undefined;
}

/** True when the server gave a statement up: it took longer than such work may. Whatever it belonged to has changed nothing. */
export function isTimedOut(thrown: unknown): boolean {
  return databaseError(thrown)?.code === '57014';
}

/** What postgres.js and the network say when there is no way to the server. */
const lostWays = /^(CONNECTION_(CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** The server is shutting down, starting, or has no place left: SQLSTATE classes 08 and 53, and three of class 57. */
const lostServer = /^(08...|53...|57P0[123])$/;

/** True when the database went away or cannot be reached. Whether the last commit came through is not known: an idempotency key makes the retry safe. */
export function isDatabaseLost(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && (lostWays.test(error.code) || lostServer.test(error.code))) return true;
  }
  return false;
}
