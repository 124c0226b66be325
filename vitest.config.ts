import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node gives Apollo the CommonJS build of graphql; Vite would give our files the other one, and two graphqls refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './tests/support/closingLine.ts'],
    // The one fault of the PostgreSQL driver that processes outlive: see docs/adr/0006-driver-fault.md.
    onUnhandledError: (error) =>
      !(error.name === 'TypeError' && /reading 'write'/.test(error.message) && /postgres[\\/]src[\\/]connection\.js/.test(error.stack ?? '')),
    globalSetup: 'tests/support/globalSetup.ts',
    // As main.ts sets it: nothing is reported to Apollo.
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
    pool: 'forks',
    // Files share what their imports hold: half of the time would go into reading the house anew for each. No test changes a module.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    // What is polled for comes when a busy machine gets to it; the test's own limit ends the wait.
    expect: { poll: { timeout: 25_000 } },
    hookTimeout: 60_000,
  },
});
