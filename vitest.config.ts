import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import LongestFirst from './tests/support/longestFirst.ts';

export default defineConfig({
  // Node gives Apollo the CommonJS build of graphql; Vite would give our files the other one, and two graphqls refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './tests/support/closingLine.ts'],
    globalSetup: 'tests/support/globalSetup.ts',
    setupFiles: 'tests/support/mendedDriver.ts',
    // As main.ts sets it: nothing is reported to Apollo.
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
    pool: 'forks',
    // Files share what their imports hold: half of the time would go into reading the house anew for each. No test changes a module.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // One limit for all, and it ends only what hangs: how long a test takes is the machine's affair, and what is polled for comes when a busy one gets to it.
    testTimeout: 1_200_000,
    expect: { poll: { timeout: 1_180_000 } },
    hookTimeout: 1_200_000,
  },
});
