import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { databaseError, errorCodes, isDatabaseLost, isTimedOut, Refused, toUserError } from '#kernel/errors.ts';
import { asRefused, attempt } from '#kernel/outcome.ts';
import { extensionsOf, faultError, isErrorCode, publicError, refusedError } from '#kernel/publicError.ts';
import type { Logger } from '#kernel/telemetry.ts';

const trace = { correlationId: 'c-1', traceparent: '00-1' };
/** A logger that keeps what it is told. */
function keeping() {
  const told: unknown[][] = [];
  return { told, log: { error: (...words: unknown[]) => void told.push(words) } as unknown as Logger };
}
const failing = (code: string, more: object = {}) => Object.assign(new Error(`the database says ${code}`), { code, ...more });
/** As the query builder hands on what the driver threw. */
const wrapped = (cause: unknown) => new Error('Failed query: select 1', { cause });

describe('what the database refuses', () => {
  test.each([
    ['AC001', {}, 'PERIOD_CLOSED', undefined],
    ['AC002', { constraint_name: 'actual_frozen' }, 'GUARD_REFUSED', 'actual_frozen'],
    ['23505', { constraint_name: 'external_ref_pkey' }, 'DUPLICATE_EXTERNAL_REF', undefined],
    ['23505', { constraint_name: 'legal_entity_code' }, 'VALIDATION_FAILED', 'legal_entity_code'],
    ['23505', {}, 'VALIDATION_FAILED', undefined],
    ['23514', { constraint_name: 'payment_amount' }, 'VALIDATION_FAILED', 'payment_amount'],
    ['23P01', { constraint_name: 'timesheet_period' }, 'VALIDATION_FAILED', 'timesheet_period'],
    ['23503', { constraint_name: 'line_invoice' }, 'VALIDATION_FAILED', 'line_invoice'],
    ['23502', {}, 'VALIDATION_FAILED', undefined],
    ['22021', {}, 'VALIDATION_FAILED', undefined],
    ['22P05', {}, 'VALIDATION_FAILED', undefined],
  ])('by %s %o is %s', (code, more, expected, guard) => {
    for (const thrown of [failing(code, more), wrapped(failing(code, more)), wrapped(wrapped(failing(code, more)))]) {
      expect(asRefused(thrown)).toMatchObject({ name: 'Refused', code: expected, guard });
    }
  });

  test.each([
    [
      '23505',
      { constraint_name: 'rate_card_version_number', table_name: 'rate_card_version' },
      'Another rate card version is there in its place, and only one may be (number).',
    ],
    ['23P01', { constraint_name: 'timesheet_no_overlap', table_name: 'timesheet' }, 'It would overlap another timesheet (no overlap).'],
    ['23514', { constraint_name: 'cost_center_dates', table_name: 'cost_center' }, 'The values of the cost center do not fit together (dates).'],
    ['23503', { table_name: 'journal_line' }, 'The journal line names something that is not there, or something that stays names it.'],
    ['23505', {}, 'Another row is there in its place, and only one may be.'],
  ])('by %s %o is told in words, by no name of the database', (code, more, sentence) => {
    expect(asRefused(failing(code, more)).message).toBe(sentence);
    expect(sentence).not.toContain('_');
  });

  test('in words of its own, is told in these words: periods and frozen rows', () => {
    expect(asRefused(failing('AC001')).message).toBe('the database says AC001');
    expect(asRefused(wrapped(failing('AC002'))).message).toBe('the database says AC002');
  });

  test.each(['40P01', '40001', '55P03', '57014', '42P01', '08006', 'XX000'])('by %s is no refusal, and goes on up as it is', (code) => {
    const thrown = wrapped(failing(code));
    expect(() => asRefused(thrown)).toThrow(thrown);
    expect(() =>
      attempt(() => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });

  test.each([
    ['a bug', new TypeError('x is undefined')],
    ['no error at all', 'thrown text'],
    ['nothing', undefined],
  ])('%s is not taken for one', (_, thrown) => {
    expect(databaseError(thrown)).toBeUndefined();
    expect(isDatabaseLost(thrown)).toBe(false);
    let caught: unknown = 'none';
    try {
      asRefused(thrown);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });
});

describe('an attempt', () => {
  test('gives what came out, or the refusal as a value', () => {
    const refused = new Refused('NOT_FOUND', 'There is none.', { field: 'id' });
    expect(attempt(() => 7)).toBe(7);
    expect(
      attempt(() => {
        throw refused;
      }),
    ).toBe(refused);
  });
});

describe('a lost database', () => {
  test.each(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'])(
    'is known by %s, however deep',
    (code) => {
      expect(isDatabaseLost(wrapped(wrapped(failing(code))))).toBe(true);
    },
  );
  test.each(['08000', '08006', '53300', '57P01', '57P02', '57P03'])('is known by SQLSTATE %s', (code) => expect(isDatabaseLost(failing(code))).toBe(true));
  test.each(['57014', '40P01', '23505', '42601', 'ENOENT', 'CONNECTION_CLOSED_BY_ME'])('is not what %s says', (code) =>
    expect(isDatabaseLost(failing(code))).toBe(false),
  );
});

describe('a refusal', () => {
  test.each(Object.entries(errorCodes))('%s is %o for the caller, in every shape that it has', (name, { retryable }) => {
    if (!isErrorCode(name)) throw new Error(name);
    const refused = new Refused(name, 'No.', { field: 'amount', guard: 'neverOverPaid' });
    const detail = { code: name, field: 'amount', guard: 'neverOverPaid', retryable, correlationId: 'c-1' };
    expect(toUserError(refused, 'c-1')).toEqual({ ...detail, message: 'No.', proposalId: null });
    expect(refusedError(refused, trace)).toEqual({ message: 'No.', extensions: detail });
  });

  test('that points nowhere says so: null in the payload, absent in the extensions', () => {
    const refused = new Refused('FORBIDDEN', 'No.');
    expect(toUserError(refused, 'c-1')).toMatchObject({ field: null, guard: null });
    expect(extensionsOf('FORBIDDEN', trace, refused)).toEqual({ code: 'FORBIDDEN', retryable: false, correlationId: 'c-1' });
    // Nothing that came from elsewhere is taken for a field.
    expect(extensionsOf('FORBIDDEN', trace, { field: 7, guard: { name: 'x' } })).toEqual({ code: 'FORBIDDEN', retryable: false, correlationId: 'c-1' });
  });

  test.each(['toString', 'constructor', '__proto__', 'not_found', '', 7, null, undefined])('has no code %j', (code) => expect(isErrorCode(code)).toBe(false));
});

describe('an error of a resolver', () => {
  const path = ['invoice', 'total'];
  const thrown = (originalError: Error) => new GraphQLError('wrapped', { originalError, path });

  test('that is a refusal is told with its code and its place', () => {
    const { log, told } = keeping();
    const refused = new Refused('NOT_FOUND', 'No such invoice.', { field: 'id' });
    for (const error of [thrown(refused), new GraphQLError('outer', { originalError: thrown(refused), path })]) {
      expect(publicError(error, { trace, log })).toEqual({
        message: 'No such invoice.',
        path,
        extensions: { code: 'NOT_FOUND', retryable: false, correlationId: 'c-1', field: 'id' },
      });
    }
    expect(told).toEqual([]);
  });

  test('that has a code of ours keeps it, but nobody hands on INTERNAL with a sentence', () => {
    const { log, told } = keeping();
    const coded = (code: string) => publicError(new GraphQLError('From below.', { path, extensions: { code, field: 'first' } }), { trace, log });
    expect(coded('VALIDATION_FAILED')).toMatchObject({ message: 'From below.', extensions: { code: 'VALIDATION_FAILED', field: 'first' } });
    expect(told).toEqual([]);
    for (const code of ['INTERNAL', 'GRAPHQL_VALIDATION_FAILED']) {
      expect(coded(code)).toEqual({
        message: 'Accord failed here. Quote the correlation id to support.',
        path,
        extensions: { code: 'INTERNAL', retryable: true, correlationId: 'c-1' },
      });
    }
    expect(told).toHaveLength(2);
  });

  test('before anything ran is about the text of the request', () => {
    const { log, told } = keeping();
    expect(publicError(new GraphQLError('Cannot query field "x".'), { trace, log })).toEqual({
      message: 'Cannot query field "x".',
      extensions: { code: 'VALIDATION_FAILED', retryable: false, correlationId: 'c-1' },
    });
    expect(told).toEqual([]);
  });

  test('that is a bug is masked, and the log has it with the correlation', () => {
    const { log, told } = keeping();
    const bug = new TypeError('password is hunter2');
    for (const error of [thrown(bug), new GraphQLError('password is hunter2', { originalError: bug })]) {
      const shown = publicError(error, { trace, log });
      expect(JSON.stringify(shown)).not.toContain('hunter2');
      expect(shown.extensions).toMatchObject({ code: 'INTERNAL', correlationId: 'c-1' });
    }
    expect(told.map(([detail]) => detail)).toMatchObject([
      { err: bug, correlationId: 'c-1', path },
      { err: bug, correlationId: 'c-1' },
    ]);
  });

  test.each(['22021', '22P05'])('of text that the database cannot hold (%s) is the caller’s', (code) => {
    const { log, told } = keeping();
    expect(publicError(thrown(wrapped(failing(code))), { trace, log })).toMatchObject({ path, extensions: { code: 'VALIDATION_FAILED' } });
    expect(told).toEqual([]);
  });

  test('of a lost database is worth a retry, and is logged', () => {
    const { log, told } = keeping();
    expect(publicError(thrown(wrapped(failing('57P01'))), { trace, log })).toMatchObject({
      message: "Accord's database does not answer. Retry.",
      extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
    });
    expect(told).toHaveLength(1);
  });

  test('that the database gave up for its length is nobody’s fault: it may be asked for in smaller pieces, and nobody is called', () => {
    const lines: string[] = [];
    const log = { ...keeping().log, warn: (_: unknown, said: string) => void lines.push(said) } as ReturnType<typeof keeping>['log'];
    expect(publicError(thrown(wrapped(failing('57014'))), { trace, log })).toMatchObject({ path, extensions: { code: 'TIMED_OUT', retryable: true } });
    expect(lines).toEqual(['a statement took longer than it may']);
    expect([isTimedOut(wrapped(failing('57014'))), isTimedOut(failing('57P01')), isTimedOut(undefined)]).toEqual([true, false, false]);
  });

  test('outside of any resolver is masked the same way', () => {
    expect(faultError(wrapped(failing('ECONNREFUSED')), trace).extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(faultError(new Error('secret'), trace)).toEqual({
      message: 'Accord failed here. Quote the correlation id to support.',
      extensions: { code: 'INTERNAL', retryable: true, correlationId: 'c-1' },
    });
  });
});
