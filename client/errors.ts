import { isRecord } from './document.ts';

/** An error as GraphQL answers tell it. */
export type Fault = { message: string; path?: readonly (string | number)[]; extensions: Readonly<Record<string, unknown>> };

/** A refusal in a mutation's payload: as much of it as the document selected. */
export type UserError = { code: string; message: string; field?: string | null; guard?: string | null; retryable?: boolean; correlationId?: string };

type Detail = {
  retryable?: boolean;
  errors?: readonly Fault[];
  data?: unknown;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
};

/**
 * What went wrong, by its code: one of Accord's (docs/runbook.md), `NETWORK` where nobody answered as a gateway does, `PROTOCOL` where the answer makes no
 * sense, `BUFFER` or `GAP` of live events.
 */
export class AccordError extends Error {
  override name = 'AccordError';
  readonly code: string;
  /** True when the same call may succeed later. */
  readonly retryable: boolean;
  /** Milliseconds after which the server would have it again. */
  readonly retryAfterMs: number | undefined;
  /** All errors of the answer; empty when there was none. */
  readonly errors: readonly Fault[];
  /** What the answer had beside its errors. */
  readonly data: unknown;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** How often the call was made. */
  attempts = 1;

  constructor(code: string, message: string, { retryable = false, errors = [], data, status, retryAfterMs, cause }: Detail = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable;
    this.errors = errors;
    this.data = data;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Quote it when you ask for help. */
  get correlationId(): string | undefined {
    return this.#told('correlationId');
  }

  /** The input field that was refused. */
  get field(): string | undefined {
    return this.#told('field');
  }

  /** The guard of the lifecycle that refused. */
  get guard(): string | undefined {
    return this.#told('guard');
  }

  /** Where in the answer it happened. */
  get path(): readonly (string | number)[] | undefined {
    return this.#first?.path;
  }

  get #first(): Fault | undefined {
    return this.errors.find(({ extensions }) => extensions.code === this.code) ?? this.errors[0];
  }

  #told(name: string): string | undefined {
    const value = this.#first?.extensions[name];
    return typeof value === 'string' ? value : undefined;
  }
}

/** The errors of an answer as one: what no repetition cures decides. */
export function errorOf(errors: readonly Fault[], { data, status, retryAfterMs }: Pick<Detail, 'data' | 'status' | 'retryAfterMs'> = {}): AccordError {
  const told = errors.find(({ extensions }) => extensions.retryable !== true) ?? errors[0];
  const later = errors.map(({ extensions }) => extensions.retryAfterMs).find((each) => typeof each === 'number');
  return new AccordError(
    typeof told?.extensions.code === 'string' ? told.extensions.code : 'PROTOCOL',
    told?.message ?? 'The answer has no error and no data.',
    {
      retryable: errors.length > 0 && errors.every(({ extensions }) => extensions.retryable === true),
      errors,
      data,
      status,
      retryAfterMs: later ?? retryAfterMs,
    },
  );
}

/** The errors in an answer, whoever wrote it. */
export function faultsIn(errors: unknown): Fault[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map(({ message, path, extensions }) => ({
    message: typeof message === 'string' ? message : 'An error without a message.',
    ...(Array.isArray(path) ? { path } : {}),
    extensions: isRecord(extensions) ? extensions : {},
  }));
}

/** Gives the payload, or throws its first refusal. */
export function orThrow<Payload extends { readonly userErrors: readonly UserError[] }>(payload: Payload): Payload {
  const [error] = payload.userErrors;
  if (error) throw refusalOf(payload.userErrors, payload);
  return payload;
}

export function refusalOf(userErrors: readonly UserError[], data?: unknown): AccordError {
  return errorOf(
    userErrors.map(({ message, ...extensions }) => ({ message, extensions })),
    { data },
  );
}

/** Refusals of a moment: the same call, with the same key, may be carried out at once. The other retryable ones wait for a repair. */
const passing = new Set(['IDEMPOTENCY_IN_PROGRESS', 'UPSTREAM_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);

export function isPassing({ code, retryable }: Pick<UserError, 'code' | 'retryable'>): boolean {
  return retryable !== false && passing.has(code);
}
