import { expect, test } from 'vitest';
import { isDriverFault } from '#kernel/driver.ts';

const fault = (message: string, at: string, of: typeof Error = TypeError) =>
  Object.assign(new of(message), { stack: `${of.name}: ${message}\n    at ${at}\n    at next (file:///a.js:1:1)` });
const driver = 'file:///house/node_modules/postgres/src/connection.js:261:18';

test.each([
  ['the stray write', fault("Cannot read properties of null (reading 'write')", `nextWrite (${driver})`), true],
  ['another one of the driver', fault("Cannot read properties of null (reading 'reserve')", `closed (${driver})`), true],
  ['from its other form', fault('x is null', 'nextWrite (/house/node_modules/postgres/cjs/src/connection.js:1:1)'), true],
  ['what a caller of the driver does', fault('x is null', 'ask (file:///house/kernel/session.ts:1:1)'), false],
  ['what is no fault of a program', fault('no', `closed (${driver})`, Error), false],
  ['no error at all', 'lost', false],
])('a fault inside the driver: %s', (_, error, is) => {
  expect(isDriverFault(error)).toBe(is);
});
