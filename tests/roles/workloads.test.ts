import { describe, expect, test } from 'vitest';
import { defaultConnections, defaultStatementTimeouts, ownConnections } from '#kernel/workload.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { connectionFlags, connectionsOf, poolsAt, statementTimeoutsOf, timeoutFlags } from '../../roles/workloads.ts';

describe('connections and time-outs of kinds of work', () => {
  test('are the defaults where nothing is said, and say them in the help', () => {
    expect(connectionsOf({ flags: {}, env: {} }, ownConnections)).toEqual(ownConnections);
    expect(poolsAt('postgres://a/b', { flags: {}, env: {} })).toEqual({
      databaseUrl: 'postgres://a/b',
      connections: defaultConnections,
      statementTimeouts: defaultStatementTimeouts,
    });
    expect(connectionFlags(ownConnections).connections.help).toContain('interactive=6,analytical=2,bulk=2');
    expect(timeoutFlags['statement-timeouts'].help).toContain('interactive=15000,analytical=60000,bulk=60000');
  });

  test('are set one by one; a flag wins over the environment', () => {
    const env = { ACCORD_CONNECTIONS: 'bulk=1', ACCORD_STATEMENT_TIMEOUTS: ' analytical = 5000 , bulk=7' };
    expect(connectionsOf({ flags: {}, env }, ownConnections)).toEqual({ ...ownConnections, bulk: 1 });
    expect(connectionsOf({ flags: { connections: 'interactive=9' }, env }, ownConnections)).toEqual({ ...ownConnections, interactive: 9 });
    expect(statementTimeoutsOf({ flags: {}, env })).toEqual({ ...defaultStatementTimeouts, analytical: 5_000, bulk: 7 });
    expect(statementTimeoutsOf({ flags: { 'statement-timeouts': '' }, env })).toEqual(defaultStatementTimeouts);
  });

  test.each(['interactive', 'interactive=', 'interactive=0', 'interactive=-1', 'bulk=1.5', 'fast=3', 'toString=5', 'bulk=2,'])('are not %j', (text) => {
    for (const [flag, of] of [
      ['connections', (flags: Record<string, string>) => connectionsOf({ flags, env: {} }, ownConnections)],
      ['statement-timeouts', (flags: Record<string, string>) => statementTimeoutsOf({ flags, env: {} })],
    ] as const) {
      expect(() => of({ [flag]: text })).toThrow(CannotStart);
      expect(() => of({ [flag]: text })).toThrow(`does not fit --${flag}; write kinds of work (interactive, analytical, bulk) and whole numbers`);
    }
  });
});
